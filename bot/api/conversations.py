"""Start a conversation, send a message, forget everything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from bot.api.bodies import bearer_token, read_message, read_page
from bot.api.network import network_address
from bot.api.problems import ProblemError
from bot.api.retention import forget_everything
from bot.api.storage import in_database
from bot.errors import ConversationLimitError, InputError
from bot.inbox.delivery import (
    is_key,
    open_conversation,
    receive_choices,
    receive_text,
    start_conversation,
)
from bot.inbox.messages import Receipt


async def start(request: HttpRequest) -> HttpResponse:
    """Store a new conversation; the bot's greeting follows as its first event."""
    page = read_page(request)
    try:
        identifier, token = await in_database(start_conversation, page, address=network_address(request))
    except ConversationLimitError as error:
        raise ProblemError("too_many_conversations", {"Retry-After": str(error.retry_after)}) from None
    return JsonResponse({"id": identifier, "token": token, "events": []}, status=201)


async def send(request: HttpRequest, conversation_id: str) -> HttpResponse:
    """Store a message of the visitor and say under which number."""
    token = bearer_token(request)
    await in_database(open_conversation, conversation_id, token)
    key = request.headers.get("Idempotency-Key", "")
    if not is_key(key):
        raise ProblemError("invalid_key")
    message = read_message(request)
    try:
        receipt = await in_database(_receive, conversation_id, key, message)
    except InputError:
        raise ProblemError("invalid_text" if isinstance(message, str) else "unknown_choice") from None
    except ConversationLimitError as error:
        if not error.retry_after:
            raise ProblemError("conversation_full") from None
        raise ProblemError("too_many_messages", {"Retry-After": str(error.retry_after)}) from None
    return JsonResponse({"seq": receipt.seq, "duplicate": receipt.duplicate}, status=202)


async def forget(request: HttpRequest, conversation_id: str) -> HttpResponse:
    """Delete everything that was said and booked in the conversation."""
    token = bearer_token(request)
    await in_database(forget_everything, conversation_id, token)
    return HttpResponse(status=204)


def _receive(conversation_id: str, key: str, message: str | list[str]) -> Receipt:
    if isinstance(message, str):
        return receive_text(conversation_id, key, message)
    return receive_choices(conversation_id, key, message)
