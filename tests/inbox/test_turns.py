import datetime as dt
import random
import subprocess
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import F

from bot.errors import TurnLostError
from bot.inbox import delivery
from bot.inbox.models import Conversation, Entry, Message, RasaEvent, Understood
from tests.inbox.conftest import answer, environment, in_threads
from tests.waiting import wait_until

WORKER = Path(__file__).with_name("turn_worker.py")


def bot_texts(conversation):
    return [event.text for event in delivery.events_after(conversation, 0) if event.author == "bot"]


def test_a_new_conversation_owes_its_hidden_opening_first(transactional_db):
    conversation, _ = delivery.start_conversation()
    delivery.receive_text(conversation, "key-0001", "my heel hurts")

    turn = delivery.claim_turn("one")
    assert (turn.seq, turn.text, turn.payloads, turn.tries) == (0, "", ("/start_conversation",), 1)
    delivery.complete_turn(turn, answer("Hello, I am a program."))
    assert [event.text for event in delivery.events_after(conversation, 0)] == [
        "my heel hurts",
        "Hello, I am a program.",
    ]
    assert delivery.claim_turn("one").text == "my heel hurts"


def test_a_second_message_waits_while_the_first_is_worked_on(conversation):
    delivery.receive_text(conversation, "key-0001", "one")
    delivery.receive_text(conversation, "key-0002", "two")

    first = delivery.claim_turn("a")
    assert delivery.claim_turn("b") is None
    delivery.complete_turn(first, answer("answer"))
    assert delivery.claim_turn("b").text == "two"


def test_many_workers_at_once_claim_each_turn_once(transactional_db):
    waiting = {delivery.start_conversation()[0] for _ in range(12)}

    turns = in_threads(24, lambda n: delivery.claim_turn(f"worker{n}"))
    claimed = Counter(turn.conversation_id for turn in turns if turn is not None)
    rest = Counter(iter(lambda: getattr(delivery.claim_turn("last"), "conversation_id", None), None))
    assert claimed + rest == Counter(waiting)


def test_a_dead_workers_turn_is_claimed_again_when_its_lease_ends(conversation):
    delivery.receive_text(conversation, "key-0001", "hello")
    assert delivery.claim_turn("dead") is not None

    assert delivery.claim_turn("alive") is None
    Conversation.objects.update(lease_until=F("lease_until") - dt.timedelta(seconds=30))
    assert delivery.claim_turn("alive").tries == 2


def test_who_lost_the_lease_can_write_nothing(conversation):
    delivery.receive_text(conversation, "key-0001", "hello")
    late = delivery.claim_turn("same name", lease_seconds=0.0)
    time.sleep(0.01)
    now = delivery.claim_turn("same name")

    for attempt in (
        lambda: delivery.complete_turn(late, answer("late", events=[{"event": "late"}])),
        lambda: delivery.fail_turn(late, "sorry"),
    ):
        with pytest.raises(TurnLostError):
            attempt()
    delivery.complete_turn(now, answer("in time", events=[{"event": "in time"}]))
    assert bot_texts(conversation) == ["hello", "in time"]
    assert delivery.rasa_events(conversation) == ({"event": "in time"},)


def test_a_lease_that_ended_without_a_new_owner_still_completes(conversation):
    delivery.receive_text(conversation, "key-0001", "hello")
    turn = delivery.claim_turn("slow", lease_seconds=0.0)
    delivery.complete_turn(turn, answer("done"))
    assert bot_texts(conversation)[-1] == "done"


def test_a_turn_is_completed_once(conversation):
    delivery.receive_text(conversation, "key-0001", "hello")
    turn = delivery.claim_turn("one")

    results = in_threads(8, lambda _: delivery.complete_turn(turn, answer("done")))
    assert sum(result is None for result in results) == 1
    assert bot_texts(conversation).count("done") == 1


def test_what_the_caller_rolls_back_leaves_nothing_of_the_turn(conversation):
    delivery.receive_text(conversation, "key-0001", "hello")
    turn = delivery.claim_turn("one")

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        delivery.complete_turn(turn, answer("done", events=[{"event": "x"}]))
        raise ZeroDivisionError
    assert delivery.turn_pending(conversation)
    assert bot_texts(conversation) == ["hello"]
    assert delivery.rasa_version(conversation) == 0


def test_rasas_events_are_numbered_on(conversation):
    for number in range(3):
        delivery.receive_text(conversation, f"key-{number:04}", "hello")
        turn = delivery.claim_turn("one")
        delivery.complete_turn(turn, answer("hi", events=[{"n": 2 * number}, {"n": 2 * number + 1}]))

    assert delivery.rasa_events(conversation) == tuple({"n": n} for n in range(6))
    assert delivery.rasa_version(conversation) == 6


def test_a_failed_turn_is_tried_three_times_and_then_answered_with_the_apology(conversation):
    delivery.receive_text(conversation, "key-0001", "hello")
    for attempt in (1, 2, 3):
        turn = delivery.claim_turn("one")
        assert turn.tries == attempt
        delivery.fail_turn(turn, "Please call us.")

    assert delivery.claim_turn("one") is None
    assert bot_texts(conversation)[-1] == "Please call us."
    assert Conversation.objects.get(pk=conversation).outcome == "failed"


def test_leases_of_dead_owners_end_at_once_and_those_of_others_stay(transactional_db):
    delivery.start_conversation()
    delivery.start_conversation()
    delivery.claim_turn("dead"), delivery.claim_turn("alive")

    assert delivery.release_leases(lambda owner: owner == "dead") == 1
    assert delivery.claim_turn("next") is not None
    assert delivery.claim_turn("next") is None


def test_a_conversation_forgotten_during_its_turn_stays_forgotten(conversation):
    delivery.receive_text(conversation, "key-0001", "hello")
    turn = delivery.claim_turn("one")
    delivery.forget_conversation(conversation)

    with pytest.raises(TurnLostError):
        delivery.complete_turn(turn, answer("done"))
    for model in (Entry, Message, RasaEvent, Understood):
        assert not model.objects.filter(conversation_id=conversation).exists()


def answers_in(conversations):
    return sum(map(len, map(bot_texts, conversations)))


def has_more_answers(conversations, than):
    return answers_in(conversations) > than


def test_workers_that_are_killed_in_the_middle_lose_nothing_and_double_nothing(transactional_db):
    conversations = [delivery.start_conversation()[0] for _ in range(4)]
    for conversation in conversations:
        for number in range(5):
            delivery.receive_text(conversation, f"key-{number:04}", "hello")

    for life in range(4):
        with subprocess.Popen([sys.executable, WORKER, f"mortal{life}", "0.1"], env=environment()) as worker:
            wait_until(partial(has_more_answers, conversations, than=answers_in(conversations) + 1))
            time.sleep(random.uniform(0, 0.1))
            worker.kill()
    with subprocess.Popen([sys.executable, WORKER, "last", "0"], env=environment()) as worker:
        wait_until(lambda: not any(map(delivery.turn_pending, conversations)))
        worker.kill()

    for conversation in conversations:
        assert bot_texts(conversation) == [f"answer to {seq}" for seq in range(6)]
        assert [event.seq for event in delivery.events_after(conversation, 0)] == list(range(1, 12))
        assert delivery.rasa_version(conversation) == 6
