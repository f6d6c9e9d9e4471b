"""Members of staff who sign in like people do, and what they read."""

import base64
import hashlib
import hmac
import re
import struct
import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client

from bot.console.accounts import create_invitation
from bot.inbox.delivery import claim_turn, complete_turn, receive_text, start_conversation
from bot.inbox.messages import Bubble, TurnOutcome, Understanding

EMAIL = "front.desk@example.org"
PASSWORD = "seven quiet herons at dawn"


def totp(secret: str, at: float | None = None) -> str:
    """The code of RFC 6238 that an authenticator app shows."""
    counter = struct.pack(">Q", int((at or time.time()) // 30))
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def invited(email: str = EMAIL) -> None:
    secret = create_invitation()
    form = {"email": email, "password": PASSWORD, "repeated": PASSWORD}
    answer = Client().post(f"/staff/invitation/{secret}/", form)
    assert answer.status_code == 302, answer.content


def signed_in_without_second_factor() -> Client:
    invited()
    client = Client()
    answer = client.post("/staff/account/login/", {"login": EMAIL, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def signed_in() -> Client:
    client = signed_in_without_second_factor()
    page = client.get("/staff/account/second-factor/totp/activate/")
    secret = re.search(rb'value="([A-Z2-7]{16,})"', page.content)
    assert secret
    answer = client.post("/staff/account/second-factor/totp/activate/", {"code": totp(secret[1].decode())})
    assert answer.status_code == 302, answer.content
    return client


def secret_of(email: str) -> str:
    """The secret of that account's authenticator app."""
    kept = Authenticator.objects.get(user__email=email, type=Authenticator.Type.TOTP).data["secret"]
    return str(get_adapter().decrypt(kept))


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def conversation(text: str = "my heel is sore") -> str:
    conversation_id, _ = start_conversation()
    receive_text(conversation_id, "key-00000001", text)
    while turn := claim_turn("test"):
        understanding = Understanding(intent="describe_symptoms", confidence=0.9, urgency="routine")
        complete_turn(turn, TurnOutcome([Bubble("Where is it?")], [], understanding))
    return conversation_id
