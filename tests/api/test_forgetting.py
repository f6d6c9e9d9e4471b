"""Forgetting everything, also while a turn of the conversation is being worked on."""

import asyncio
import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from bot.booking.appointments import appointments_of, book_visit, hold_visit, request_call_back
from bot.booking.staff_queue import staff_queue
from bot.booking.visits import Contact, Visit, VisitRequest
from bot.errors import TurnLostError
from bot.inbox import delivery
from bot.inbox.messages import Bubble, TurnOutcome, Understanding
from bot.inbox.models import Conversation, Entry
from tests.api.conftest import in_thread

ANN = Contact("Ann", "+13015550187")
OUTCOME = TurnOutcome([Bubble("Booked.")], (), Understanding("affirm", 1.0), "booked")


def tomorrow(conversation, key="key"):
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
    visit = Visit(start, start + dt.timedelta(minutes=30), "ann", "first")
    return VisitRequest(key, conversation, visit, ANN)


class BookingTurn:
    """A turn that books and then waits before it commits, as a slow one does."""

    def __init__(self, turn, completed):
        self.turn, self.completed = turn, completed
        self.waits, self.goes_on = threading.Event(), threading.Event()

    def work(self):
        try:
            with transaction.atomic():
                book_visit(tomorrow(self.turn.conversation_id))
                request_call_back(self.turn.conversation_id, ANN, "", "key")
                if self.completed:
                    delivery.complete_turn(self.turn, OUTCOME)
                self.waits.set()
                self.goes_on.wait(1.0)
                if not self.completed:
                    delivery.complete_turn(self.turn, OUTCOME)
        except TurnLostError:
            return
        finally:
            connection.close()


@pytest.mark.parametrize("held", [False, True], ids=["a new visit", "what was held"])
@pytest.mark.parametrize("completed", [False, True], ids=["that has only booked", "that is being committed"])
async def test_deleting_during_a_turn_leaves_nothing(visitor, completed, held):
    await visitor.send({"text": "yes, book it"})
    if held:
        await in_thread(hold_visit, tomorrow(visitor.id), now=timezone.now())
    turn = BookingTurn(await in_thread(delivery.claim_turn, "slow"), completed)
    working = asyncio.create_task(asyncio.to_thread(turn.work))
    await asyncio.to_thread(turn.waits.wait, 5)

    deleted = await visitor.client.delete(visitor.url, headers=visitor.headers)
    turn.goes_on.set()
    await working
    assert deleted.status_code == 204
    assert await in_thread(appointments_of, visitor.id) == ()
    assert (await in_thread(staff_queue)).call_backs == ()
    assert await in_thread(Entry.objects.count) == await in_thread(Conversation.objects.count) == 0


async def test_an_expired_token_still_deletes(visitor):
    await in_thread(Conversation.objects.update, last_at="2020-01-01T00:00:00Z")
    assert (await visitor.events()).status_code == 404

    wrong = await visitor.client.delete(visitor.url, headers={"Authorization": "Bearer " + "x" * 43})
    deleted = await visitor.client.delete(visitor.url, headers=visitor.headers)
    assert (wrong.status_code, deleted.status_code) == (404, 204)
    assert await in_thread(Conversation.objects.count) == 0
