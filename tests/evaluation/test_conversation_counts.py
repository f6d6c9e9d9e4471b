"""What the bench of whole conversations counts, on conversations whose faults are known."""

from dataclasses import dataclass, field

import pytest

from benchmarks.conversations.play import Player
from benchmarks.conversations.visitors import Said
from bot.case import Case, Finding, Status
from bot.evaluation.judging import Judge


@pytest.fixture(scope="module")
def judge():
    return Judge()


@dataclass
class Scripted:
    """A visitor who says these things in order, whatever is asked."""

    script: list[Said]
    key: str = "scripted"
    causes: frozenset[str] = frozenset({"bunion"})
    later: list[Said] = field(default_factory=list)

    def opening(self):
        return self.script.pop(0)

    def answer(self, question):
        return self.script.pop(0) if self.script else None

    def after_result(self):
        return self.later


def replied(*texts, causes=(), choices=()):
    replies = [{"text": text, "choices": list(choices)} for text in texts]
    return {"replies": replies, "causes": list(causes), "urgency": "none"}


def played(judge, visitor, *lines, case=None):
    answers = iter(lines)
    return Player(judge, lambda key, text: next(answers), lambda key: case or Case()).play(visitor)


HEEL = Said("my heel hurts", {"loc_heel_bottom": Status.PRESENT})


def test_a_finding_that_the_case_does_not_hold_or_holds_denied_is_misheard(judge):
    missed = played(judge, Scripted([HEEL]), replied("Noted."))
    turned = played(judge, Scripted([HEEL]), replied("Noted."), case=Case((Finding("loc_heel_bottom", Status.ABSENT),)))
    heard = played(judge, Scripted([HEEL]), replied("Noted."), case=Case((Finding("loc_heel_bottom"),)))
    assert [one.turns[0].misheard for one in (missed, turned, heard)] == [("loc_heel_bottom",)] * 2 + [()]


def test_a_question_about_what_was_told_is_asked_again(judge):
    question = judge.knowledge.findings["t_first_step"].question
    told = Said("mornings are worst", {"t_first_step": Status.PRESENT})
    choices = (judge.knowledge.interview.yes, judge.knowledge.interview.no)
    assert played(judge, Scripted([told]), replied(question, choices=choices)).turns[0].asked_again == ("t_first_step",)
    assert played(judge, Scripted([HEEL]), replied(question, choices=choices)).turns[0].asked_again == ()


def test_a_bubble_that_comes_twice_is_repeated(judge):
    conversation = played(judge, Scripted([HEEL, HEEL]), replied("One.", "Two."), replied("Three.", "One."))
    assert [turn.repeated for turn in conversation.turns] == [(), ("One.",)]


def test_a_question_beside_is_ignored_unless_its_answer_stands_in_the_reply(judge):
    asks = Said("my heel hurts. what does it cost", asks=("cost",))
    answer = judge.practice.answers["cost"]
    conversation = played(judge, Scripted([asks, asks]), replied("Where does it hurt?"), replied("Well.", answer))
    assert [turn.ignored for turn in conversation.turns] == [("cost",), ()]
    assert conversation.help_turn == 2


def test_help_and_result_come_with_the_causes_and_words_are_counted_before_them(judge):
    lines = replied("Is it the heel?", choices=("Yes", "Not sure")), replied("It may be a bunion.", causes=("bunion",))
    conversation = played(judge, Scripted([HEEL, Said("yes"), Said("never said")]), *lines)
    assert (conversation.help_turn, conversation.result_turn, conversation.words_before_help) == (2, 2, 7)
    assert conversation.causes == ("bunion",)
