import datetime as dt
import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from bot.errors import ConversationLimitError, ConversationNotFoundError
from bot.inbox import delivery
from bot.inbox.models import Conversation, Entry, Message, RasaEvent, Understood, Visitor
from bot.inbox.transcripts import list_conversations, read_transcript
from bot.settings import settings
from tests.inbox.conftest import answer, in_threads


def test_the_token_opens_its_conversation_and_is_stored_only_as_a_hash(transactional_db):
    conversation, token = delivery.start_conversation()

    delivery.open_conversation(conversation, token)
    assert len(token) == 43
    assert token not in str(Conversation.objects.values().get())


def test_unknown_foreign_and_expired_conversations_are_refused_alike(transactional_db):
    mine, token = delivery.start_conversation()
    other, _ = delivery.start_conversation()
    old, old_token = delivery.start_conversation()
    Conversation.objects.filter(pk=old).update(last_at=timezone.now() - dt.timedelta(hours=24, seconds=1))

    texts = set()
    for identifier, secret in [
        (other, token),
        (str(uuid.uuid4()), token),
        (old, old_token),
        (mine, ""),
        (mine, "\ud800"),
    ]:
        with pytest.raises(ConversationNotFoundError) as error:
            delivery.open_conversation(identifier, secret)
        texts.add(str(error.value))
    assert len(texts) == 1


def test_an_id_that_is_none_is_not_found(transactional_db):
    with pytest.raises(ConversationNotFoundError):
        delivery.open_conversation("../etc/passwd", "token")


def test_only_the_path_of_the_page_is_kept(transactional_db):
    conversation, _ = delivery.start_conversation("https://practice.example/heel?q=my+secret#me")
    assert Conversation.objects.get(pk=conversation).page == "/heel"


def test_forgetting_deletes_every_row_of_the_conversation_and_no_other(conversation):
    kept, _ = delivery.start_conversation()
    delivery.receive_text(conversation, "key-0001", "my heel hurts")
    delivery.complete_turn(delivery.claim_turn("one"), answer("kept"))
    delivery.complete_turn(delivery.claim_turn("one"), answer("done", events=[{"event": "x"}]))

    delivery.forget_conversation(conversation)
    for model in (Entry, Message, RasaEvent, Understood):
        assert not model.objects.filter(conversation_id=conversation).exists()
    assert [str(row.pk) for row in Conversation.objects.all()] == [kept]
    delivery.forget_conversation(conversation)


def test_an_address_may_start_so_many_conversations_an_hour(transactional_db):
    allowed = settings().new_conversations_per_hour
    results = in_threads(10, lambda _: [delivery.start_conversation(address="192.0.2.1") for _ in range(allowed // 10)])
    assert sum(len(result) for result in results) == allowed

    with pytest.raises(ConversationLimitError) as error:
        delivery.start_conversation(address="192.0.2.1")
    assert 1 <= error.value.retry_after <= 3600 // allowed + 1
    delivery.start_conversation(address="192.0.2.2")
    assert "192.0.2" not in str(list(Visitor.objects.values()))


def test_an_address_is_free_again_later(transactional_db):
    for _ in range(settings().new_conversations_per_hour):
        delivery.start_conversation(address="192.0.2.1")
    Visitor.objects.update(paid_until=timezone.now() - dt.timedelta(seconds=1))

    delivery.start_conversation(address="192.0.2.2")
    assert Visitor.objects.count() == 1
    delivery.start_conversation(address="192.0.2.1")


def test_addresses_that_come_back_at_once_do_not_disturb_each_other(transactional_db):
    for _ in range(5):
        results = in_threads(10, lambda number: delivery.start_conversation(address=f"192.0.2.{number % 5}"))
        assert [result for result in results if isinstance(result, Exception)] == []
        Visitor.objects.update(paid_until=timezone.now() - dt.timedelta(seconds=1))


def test_bells_ring_after_the_commit_and_not_without_one(conversation):
    received, published, forgotten = [], [], []
    ends = [
        delivery.on_received(received.append),
        delivery.on_published(published.append),
        delivery.on_forgotten(forgotten.append),
    ]
    delivery.receive_text(conversation, "key-0001", "hello")
    assert (received, published) == ([conversation], [conversation])

    turn = delivery.claim_turn("one")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        delivery.complete_turn(turn, answer("done"))
        raise ZeroDivisionError
    assert len(published) == 1
    with transaction.atomic():
        delivery.complete_turn(turn, answer("done"))
        assert len(published) == 1
    assert len(published) == 2
    delivery.forget_conversation(conversation)
    assert forgotten == [conversation]

    for end in ends:
        end()
    delivery.start_conversation()
    assert len(received) == 1


def test_a_listener_that_fails_does_not_undo_what_is_stored(conversation):
    end = delivery.on_received(lambda _: 1 / 0)
    assert not delivery.receive_text(conversation, "key-0001", "hello").duplicate
    end()


def test_staff_see_the_last_active_conversation_first_and_page_on(transactional_db):
    ids = [delivery.start_conversation()[0] for _ in range(5)]
    delivery.receive_text(ids[0], "key-0001", "my heel hurts\nsince May")

    rows = list_conversations(limit=2)
    assert [row.id for row in rows] == [ids[0], ids[4]]
    assert (rows[0].first_line, rows[0].messages) == ("my heel hurts since May", 1)
    rest = list_conversations(before=rows[-1].last_at)
    assert [row.id for row in rest] == [ids[3], ids[2], ids[1]]


def test_conversations_of_one_moment_are_each_on_one_page(transactional_db):
    ids = {delivery.start_conversation()[0] for _ in range(5)}
    Conversation.objects.update(last_at=timezone.now())

    seen, last = [], None
    while rows := list_conversations(*([last.last_at, 2, last.id] if last else [None, 2])):
        seen, last = [*seen, *(row.id for row in rows)], rows[-1]
    assert len(seen) == 5 and set(seen) == ids


def test_a_transcript_shows_what_was_understood_beside_each_message(conversation):
    delivery.receive_text(conversation, "key-0001", "my heel hurts")
    understood = {
        "intent": "describe_symptoms",
        "confidence": 0.75,
        "findings": ({"id": "heel_pain", "status": "present", "side": None, "start": 3, "end": 7},),
        "causes": ("plantar_fasciitis",),
        "urgency": "routine",
        "red_flags": ("fever",),
    }
    delivery.complete_turn(delivery.claim_turn("one"), answer("I see.", **understood))

    greeting, message, reply = read_transcript(conversation)
    assert (greeting.understanding, reply.understanding) == (None, None)
    assert {name: getattr(message.understanding, name) for name in understood} == understood


def test_the_most_urgent_level_and_the_newest_outcome_stay_on_the_list(conversation):
    for key, outcome, urgency in [("key-0001", "emergency", "emergency"), ("key-0002", "open", "none")]:
        delivery.receive_text(conversation, key, "hello")
        turn = delivery.claim_turn("one")
        produced = answer("answer", urgency=urgency)
        delivery.complete_turn(turn, type(produced)(produced.bubbles, (), produced.understanding, outcome))

    row = list_conversations()[0]
    assert (row.urgency, row.outcome) == ("emergency", "emergency")


def test_a_transcript_of_an_unknown_conversation_is_not_found(transactional_db):
    with pytest.raises(ConversationNotFoundError):
        read_transcript(str(uuid.uuid4()))
