"""Whether a message answers the pending question, and with which choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.case import ActKind, Case, Finding, Question, Reading, Status, Tense, Urgency
from bot.conversation.latest_message import LatestMessage
from bot.knowledge.model import Answering, Journey, Knowledge, Reply
from bot.triage import answer_question, record_red_flags
from bot.triage.red_flags import fired_levels
from bot.triage.screening import NO, NONE, UNSURE, YES, put_again
from bot.triage.treatments import CAUTIONS

TAKEN = "taken"
"""The message was an answer."""

UNREAD = "unread"
"""The message was meant as an answer, but the question still waits for one."""

NOTED = "noted"
"""The message tells something else than what was asked; it is noted, and the question still waits."""

WORRIED = "worried"
"""The message tells a fear instead of an answer; the question still waits."""

SHORTENED = "shortened"
"""The message denies a part of what the question asks for; the rest is asked for again."""

OPENED = "opened"
"""The message says that something of a list is there; the list is opened."""

EVADED = "evaded"
"""The message passes over a red-flag question, which may not be passed over."""

_MOST_PUT = 3
"""Times that a question about causes comes again."""

_CHOICES = {Reply.YES: YES, Reply.NO: NO, Reply.UNSURE: UNSURE}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a message does to the case and to the pending question.

    Attributes:
        case: with what the answer says.
        word: `TAKEN`, `UNREAD` or another word of this module; empty where the message is no answer.
        question: the question that still waits, as it comes again; None where none does.
    """

    case: Case
    word: str
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """Takes answers to the questions of the interview."""

    knowledge: Knowledge

    def take(
        self, case: Case, question: Question | None, heard: LatestMessage, *, waiting: bool, unread: int = 0
    ) -> Answer:
        """Return the case with the pending question answered by the message, if it does.

        Args:
            case: what was said, this message's reading included.
            question: the question that waits for an answer.
            heard: the message.
            waiting: True when the visitor was asked to describe the complaint in free words.
            unread: how many messages before this one were no answer; then only a red-flag question still waits.
        """
        if question is None:
            return Answer(case, TAKEN if waiting and _describes(heard) else "")
        if heard.meaning.answer is Answering.NEVER:
            return self._waits(case, question)
        if heard.meaning.pressed and heard.meaning.act is ActKind.ANSWER:
            return self._pressed(case, question, heard)
        if heard.reading.side is not None:
            return self._waits(case, question, NOTED)
        if _is_bare_yes(question, heard):
            return self._yes(case, question)
        return self._read(case, question, heard) or self._unread(case, question, heard, unread)

    def _waits(self, case: Case, question: Question, word: str = "") -> Answer:
        """Return that the question still waits; after a while it is left, or counts as passed over.

        One about causes is left, and a warning sign once the visitor is to be seen today anyway.
        """
        if question.put >= _MOST_PUT and (not _is_strict(question) or self._is_seen_today(case)):
            return self._settled(case, question, [])
        if question.put > _MOST_PUT and question.screening:
            word = EVADED
        return Answer(case, word, put_again(question, case, self.knowledge))

    def _is_seen_today(self, case: Case) -> bool:
        return Urgency.SAME_DAY in fired_levels(case, self.knowledge).values()

    def _yes(self, case: Case, question: Question) -> Answer:
        """Open the list; a yes to the open list counts as a yes to a red-flag question, else as a doubt."""
        if question.sentence:
            return Answer(case, OPENED, question.opened())
        return self._settled(case, question, [UNSURE]) if question.put else self._waits(case, question, UNREAD)

    def _pressed(self, case: Case, question: Question, heard: LatestMessage) -> Answer:
        offered = {choice.id for choice in question.choices}
        pressed, asked = heard.values("answer"), heard.values("question")
        if asked and question.id not in asked:
            return self._waits(case, question)
        if question.sentence and YES in pressed:
            return Answer(case, OPENED, question.opened())
        chosen = [choice for choice in pressed if choice in offered]
        return self._taken(case, question, chosen) if chosen else self._waits(case, question)

    def _read(self, case: Case, question: Question, heard: LatestMessage) -> Answer | None:
        """Return what a message that answers the question does; None when it is no answer to it."""
        touched = _touched(question, heard)
        if question.screening and not touched and _evades(heard):
            return self._waits(case, question, EVADED)
        choices = _choices(question, heard, touched)
        if choices is not None:
            return self._taken(case, question, choices)
        if question.sentence and not question.put and _denies_in_part(case, question, touched):
            return self._waits(case, question, SHORTENED)
        if touched or (not _is_strict(question) and _describes(heard)):
            return self._taken(case, question, [])
        return None

    def _unread(self, case: Case, question: Question, heard: LatestMessage, unread: int) -> Answer:
        """Return what a message that does not answer is: a fear, something else told, or not understood."""
        if heard.reading.feared:
            return self._waits(case, question, WORRIED)
        strict = _is_strict(question)
        if strict and not heard.reading.tells_nothing and _describes(heard):
            return self._waits(case, question, NOTED)
        if not _is_reply(heard):
            return self._waits(case, question)
        if unread and not question.screening:
            return self._taken(case, question, [UNSURE] if strict else [])
        return self._waits(case, question, UNREAD)

    def _taken(self, case: Case, question: Question, choices: list[str]) -> Answer:
        if question.screening and question.many and UNSURE in choices:
            # Nobody who is not sure about one of a list has all of it: a closed question follows. What was ticked
            # beside it counts.
            told = case.having(Status.PRESENT).difference(choices)
            findings = tuple(
                Finding(item, Status.PRESENT if item in choices else Status.UNSURE)
                for item in question.findings
                if item not in told
            )
            noted = record_red_flags(case.with_reading(Reading(findings=findings)), self.knowledge)
            return self._settled(noted, question, [])
        return self._settled(case, question, choices)

    def _settled(self, case: Case, question: Question, choices: list[str]) -> Answer:
        return Answer(answer_question(case, question, choices, self.knowledge), TAKEN)


def _denies_in_part(case: Case, question: Question, touched: Sequence[Finding]) -> bool:
    """Return whether some of a list were denied and nothing else was said of it."""
    left = [item for item in question.findings if case.status_of(item) is None]
    return bool(touched and left) and _all_denied(touched)


def _all_denied(touched: Sequence[Finding]) -> bool:
    return all(finding.status is Status.ABSENT for finding in touched)


def _is_strict(question: Question) -> bool:
    """Return whether only an answer to the question itself ends it: something else told does not."""
    return question.screening or question.id.startswith(CAUTIONS)


def _evades(heard: LatestMessage) -> bool:
    """Return whether the message skips, scolds, or asks what to do before it is known what it may be."""
    if heard.meaning.topic == "treatments":
        return not (heard.reading.subject.treatment or heard.reading.subject.cause)
    return heard.meaning.reply is Reply.SKIP or heard.meaning.topic == "frustration"


def _is_bare_yes(question: Question, heard: LatestMessage) -> bool:
    if not question.many or heard.meaning.reply is not Reply.YES:
        return False
    return all(finding.status is Status.UNSURE for finding in _touched(question, heard))


def _choices(question: Question, heard: LatestMessage, touched: list[Finding]) -> list[str] | None:
    """Return the choices that a short reply stands for; None when the message is no short reply."""
    offered = {choice.id for choice in question.choices}
    if heard.meaning.reply is Reply.SKIP:
        return [UNSURE] if question.id.startswith(CAUTIONS) else []
    if touched and question.sentence and question.put and heard.meaning.reply is Reply.NO and _all_denied(touched):
        return [NONE]
    if touched:
        # "Not sure" in the visitor's own words counts as the choice, which a red-flag question takes for a yes.
        unsure = all(finding.status is Status.UNSURE for finding in touched)
        return [UNSURE] if unsure and UNSURE in offered else None
    if question.sentence and heard.meaning.reply is Reply.NO:
        # What is told beside the "no" is not what was asked for.
        return [NONE]
    if heard.meaning.reply is None or not heard.reading.tells_nothing:
        return None
    choice = _CHOICES[heard.meaning.reply]
    if question.many and choice == NO:
        choice = NONE
    return [choice] if choice in offered else None


def _touched(question: Question, heard: LatestMessage) -> list[Finding]:
    findings = heard.reading.findings
    return [finding for finding in findings if finding.id in question.findings and finding.tense is Tense.NOW]


def _describes(heard: LatestMessage) -> bool:
    if heard.meaning.tells or heard.meaning.reply is not None:
        return True
    return not heard.reading.tells_nothing and not heard.meaning.interrupts_journey(Journey.INTERVIEW)


def _is_reply(heard: LatestMessage) -> bool:
    return heard.meaning.answer is Answering.UNCLEAR or _describes(heard)
