import uuid

import httpx
import pytest

from bot.api.storage import close_connections
from bot.inbox import delivery
from bot.inbox.messages import Bubble, OfferedChoice, TurnOutcome, Understanding
from bot.web.asgi import application

YES_NO = (OfferedChoice("yes", "Yes", "/affirm"), OfferedChoice("no", "No", "/deny"))


@pytest.fixture(scope="session", autouse=True)
def _threads_end_before_the_database(django_db_setup):
    yield
    close_connections()


@pytest.fixture
async def client(transactional_db):
    transport = httpx.ASGITransport(application, raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


class Visitor:
    """A visitor with a conversation, as the widget talks for one."""

    def __init__(self, client, started):
        self.client, self.id, self.token = client, started["id"], started["token"]
        self.url = f"/api/v1/conversations/{self.id}"
        self.headers = {"Authorization": f"Bearer {self.token}"}

    async def send(self, body, key=None, **headers):
        headers = {"Idempotency-Key": key or uuid.uuid4().hex, **self.headers, **headers}
        content = {"content": body} if isinstance(body, bytes) else {"json": body}
        if isinstance(body, bytes):
            headers.setdefault("Content-Type", "application/json")
        return await self.client.post(f"{self.url}/messages", headers=headers, **content)

    async def events(self, after=0, **headers):
        return await self.client.get(f"{self.url}/events?after={after}", headers={**self.headers, **headers})


@pytest.fixture
async def visitor(client):
    """A visitor whom the bot has greeted."""
    visitor = Visitor(client, (await client.post("/api/v1/conversations")).json())
    await in_thread(answer_next, "Hello, I am a program.")
    return visitor


async def in_thread(function, *args, **kwargs):
    from bot.api.storage import in_database

    return await in_database(function, *args, **kwargs)


def answer_next(*texts, choices=(), many=False):
    """Answer the oldest waiting message, as the brain would."""
    turn = delivery.claim_turn("test")
    bubbles = [Bubble(text) for text in texts[:-1]] + [Bubble(texts[-1], tuple(choices), many)]
    delivery.complete_turn(turn, TurnOutcome(bubbles, (), Understanding("greet", 1.0)))
