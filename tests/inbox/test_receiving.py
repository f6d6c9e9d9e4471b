import pytest
from django.db import transaction

from bot.errors import ConversationLimitError, InputError
from bot.inbox import delivery
from bot.inbox.messages import OfferedChoice
from bot.inbox.models import Conversation, Entry, Message
from tests.inbox.conftest import answer, in_threads
from tests.interleaving import after_first_statement

YES_NO = (OfferedChoice("yes", "Yes", "/affirm"), OfferedChoice("no", "No", "/deny"))


def offer(conversation, choices=YES_NO, many=False, key="question1"):
    delivery.receive_text(conversation, key, "ask me")
    delivery.complete_turn(delivery.claim_turn("test"), answer("Does it hurt?", choices=choices, many=many))
    return delivery.events_after(conversation, 0)[-1]


def test_a_message_is_stored_before_it_is_acknowledged(conversation):
    receipt = delivery.receive_text(conversation, "key-0001", "my heel hurts")

    entry = Entry.objects.get(conversation=conversation, seq=receipt.seq)
    assert (entry.text, entry.author, entry.key) == ("my heel hurts", "visitor", "key-0001")
    assert delivery.turn_pending(conversation)


def test_the_same_key_stores_nothing_new_even_with_another_text(conversation):
    first = delivery.receive_text(conversation, "key-0001", "my heel hurts")
    again = delivery.receive_text(conversation, "key-0001", "something else")

    assert (first.duplicate, again.duplicate, again.seq) == (False, True, first.seq)
    assert Entry.objects.filter(conversation=conversation, author="visitor").count() == 1


def test_the_same_key_a_hundred_times_at_once_stores_one_message(conversation):
    receipts = in_threads(100, lambda _: delivery.receive_text(conversation, "key-0001", "my heel hurts"))

    assert {receipt.seq for receipt in receipts} == {2}
    assert sum(not receipt.duplicate for receipt in receipts) == 1
    assert Message.objects.filter(conversation=conversation, seq__gt=0).count() == 1


def test_messages_sent_at_once_get_a_sequence_without_gaps(conversation):
    receipts = in_threads(20, lambda n: delivery.receive_text(conversation, f"key-{n:04}", f"message {n}"))

    assert sorted(receipt.seq for receipt in receipts) == list(range(2, 22))


def test_the_same_key_in_another_conversation_is_another_message(conversation):
    other, _ = delivery.start_conversation()

    delivery.receive_text(conversation, "key-0001", "one")
    assert not delivery.receive_text(other, "key-0001", "two").duplicate


@pytest.mark.parametrize(
    "text",
    ["", "   \n ", "x" * 1001, "nul \x00", "bell \x07", "escape \x1b[2J", "half a pair \ud800", "next line \x85"],
)
def test_text_that_nobody_types_is_refused(conversation, text):
    with pytest.raises(InputError):
        delivery.receive_text(conversation, "key-0001", text)
    assert not delivery.turn_pending(conversation)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("x" * 1000, "x" * 1000),
        ("  heel\r\nhurts\t ", "heel\nhurts"),
        ("caf\u0065\u0301", "caf\u00e9"),
        ("🦶🏽👨‍👩‍👧", "🦶🏽👨‍👩‍👧"),
        ('/request_booking{"x":1}', '/request_booking{"x":1}'),
        ("<b>**bold**</b>", "<b>**bold**</b>"),
    ],
)
def test_ordinary_text_is_stored_in_normal_form(conversation, text, stored):
    receipt = delivery.receive_text(conversation, "key-0001", text)
    assert Entry.objects.get(conversation=conversation, seq=receipt.seq).text == stored


@pytest.mark.parametrize("key", ["short", "x" * 65, "with space", "key\n00001", ""])
def test_a_key_of_another_form_is_refused(conversation, key):
    with pytest.raises(InputError):
        delivery.receive_text(conversation, key, "hello")


def test_the_twenty_first_message_of_a_minute_is_refused_with_a_time(conversation):
    for number in range(20):
        delivery.receive_text(conversation, f"key-{number:04}", "hello")

    with pytest.raises(ConversationLimitError) as error:
        delivery.receive_text(conversation, "key-0020", "hello")
    assert 1 <= error.value.retry_after <= 60
    assert delivery.receive_text(conversation, "key-0000", "hello").duplicate


def test_the_two_hundred_and_first_message_is_refused_for_good(conversation):
    Conversation.objects.filter(pk=conversation).update(message_count=200)

    with pytest.raises(ConversationLimitError) as error:
        delivery.receive_text(conversation, "key-0001", "hello")
    assert error.value.retry_after == 0


def test_a_pressed_choice_reaches_the_brain_as_its_payload(conversation):
    bubble = offer(conversation)

    receipt = delivery.receive_choices(conversation, "key-0001", [bubble.choices[0].id])
    turn = delivery.claim_turn("test")
    assert (turn.seq, turn.text, turn.payloads) == (receipt.seq, "Yes", ("/affirm",))
    assert delivery.events_after(conversation, receipt.seq - 1)[0].answers == bubble.seq


def test_choices_are_open_whenever_their_bubble_is_seen(conversation):
    delivery.receive_text(conversation, "question1", "ask me")
    turn, asked = delivery.claim_turn("test"), answer("Does it hurt?", choices=YES_NO)
    with after_first_statement(lambda: in_threads(1, lambda _: delivery.complete_turn(turn, asked))):
        seen = delivery.events_after(conversation, 2) or delivery.events_after(conversation, 2)

    assert [(event.text, event.open) for event in seen] == [("Does it hurt?", True)]


def test_a_choice_can_be_used_once(conversation):
    bubble = offer(conversation)
    delivery.receive_choices(conversation, "key-0001", [bubble.choices[0].id])

    with pytest.raises(InputError):
        delivery.receive_choices(conversation, "key-0002", [bubble.choices[1].id])
    assert delivery.receive_choices(conversation, "key-0001", [bubble.choices[0].id]).duplicate


def test_one_choice_pressed_by_many_at_once_counts_once(conversation):
    chosen = [offer(conversation).choices[0].id]
    results = in_threads(10, lambda n: delivery.receive_choices(conversation, f"key-{n:04}", chosen))

    assert sum(isinstance(result, InputError) for result in results) == 9


def test_choices_stay_open_when_the_visitor_writes_instead(conversation):
    bubble = offer(conversation)
    delivery.receive_text(conversation, "key-0001", "why do you ask?")
    delivery.complete_turn(delivery.claim_turn("test"), answer("Because it matters."))

    assert delivery.receive_choices(conversation, "key-0002", [bubble.choices[1].id]).seq == 6


def test_choices_of_an_older_question_never_answer_a_newer_one(conversation):
    older = offer(conversation)
    newer = offer(conversation, key="question2")

    assert older.choices[0].id != newer.choices[0].id
    with pytest.raises(InputError):
        delivery.receive_choices(conversation, "key-0001", [older.choices[0].id])


def test_several_choices_are_taken_only_where_several_are_offered(conversation):
    one = offer(conversation)
    with pytest.raises(InputError):
        delivery.receive_choices(conversation, "key-0001", [choice.id for choice in one.choices])

    several = offer(conversation, many=True, key="question2")
    delivery.receive_choices(conversation, "key-0002", [choice.id for choice in reversed(several.choices)])
    assert delivery.claim_turn("test").payloads == ("/affirm", "/deny")


@pytest.mark.parametrize("chosen", [[], ["1-1"], ["no such id"], ["3-1", "3-1"]])
def test_an_unknown_choice_is_refused(conversation, chosen):
    offer(conversation, many=True)
    with pytest.raises(InputError):
        delivery.receive_choices(conversation, "key-0001", chosen)


def test_a_message_within_another_transaction_is_refused_because_it_would_not_be_committed(conversation):
    with pytest.raises(RuntimeError), transaction.atomic():
        delivery.receive_text(conversation, "key-0001", "hello")
