"""Whether a message answers the pending question, and with which choices."""

from __future__ import annotations

from dataclasses import dataclass

from actions import wiring
from actions.case_slots import Heard
from bot.case import ActKind, Case, Finding, Question, Reading, Status, Tense
from bot.knowledge.model import Answering, Journey, Reply
from bot.triage import answer_question, record_red_flags
from bot.triage.treatments import CAUTIONS

TAKEN = "taken"
"""The message was an answer."""

UNREAD = "unread"
"""The message was meant as an answer, but the question still waits for one."""

NOTED = "noted"
"""The message tells something else than what was asked; it is noted, and the question still waits."""

WORRIED = "worried"
"""The message tells a fear instead of an answer; the question still waits."""

EVADED = "evaded"
"""The message passes over a red-flag question, which may not be passed over."""

_CHOICES = {Reply.YES: "yes", Reply.NO: "no", Reply.UNSURE: "unsure"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a message does to the case: `word` is `TAKEN`, `UNREAD` or empty; `open` while the question still waits."""

    case: Case
    word: str
    open: bool


def take_answer(
    case: Case, question: Question | None, heard: Heard, *, waiting: bool, asked_which: bool = False, unread: int = 0
) -> Answer:
    """Return the case with the pending question answered by the message, if it does.

    Args:
        case: what was said, this message's reading included.
        question: the question that waits for an answer.
        heard: the message.
        waiting: True when the visitor was asked to describe the complaint in free words.
        asked_which: True when a bare yes to this list was answered with "which of these?" before.
        unread: how many messages before this one were no answer; then only a red-flag question still waits.
    """
    if question is None:
        return Answer(case, TAKEN if waiting and _describes(heard) else "", open=False)
    if heard.meaning.answer is Answering.NEVER:
        return Answer(case, "", open=True)
    if heard.meaning.pressed and heard.meaning.act is ActKind.ANSWER:
        return _pressed(case, question, heard)
    if heard.reading.side is not None:
        return Answer(case, NOTED, open=True)
    if _is_bare_yes(question, heard):
        # Said twice, it counts as the more careful reading: as a yes to a red-flag question, else as a doubt.
        return _settled(case, question, ["unsure"]) if asked_which else Answer(case, UNREAD, open=True)
    return _read(case, question, heard) or _unread(case, question, heard, unread)


def _read(case: Case, question: Question, heard: Heard) -> Answer | None:
    """Return what a message that answers the question does; None when it is no answer to it."""
    touched = _touched(question, heard)
    if question.screening and not touched and _evades(heard):
        return Answer(case, EVADED, open=True)
    choices = _choices(question, heard, touched)
    if choices is not None:
        return _taken(case, question, choices)
    if touched or (not _is_strict(question) and _describes(heard)):
        return _taken(case, question, [])
    return None


def _unread(case: Case, question: Question, heard: Heard, unread: int) -> Answer:
    """Return what a message that does not answer the question is: a fear, something else told, or not understood."""
    if heard.reading.feared:
        return Answer(case, WORRIED, open=True)
    strict = _is_strict(question)
    if strict and not heard.reading.tells_nothing and _describes(heard):
        return Answer(case, NOTED, open=True)
    if not _is_reply(heard):
        return Answer(case, "", open=True)
    if unread and not question.screening:
        return _taken(case, question, ["unsure"] if strict else [])
    return Answer(case, UNREAD, open=True)


def _is_strict(question: Question) -> bool:
    """Return whether only an answer to the question itself ends it: something else told does not."""
    return question.screening or question.id.startswith(CAUTIONS)


def _evades(heard: Heard) -> bool:
    """Return whether the message skips, scolds, or asks what to do before it is known what it may be."""
    if heard.meaning.topic == "treatments":
        return not (heard.reading.subject.treatment or heard.reading.subject.cause)
    return heard.meaning.reply is Reply.SKIP or heard.meaning.topic == "frustration"


def _taken(case: Case, question: Question, choices: list[str]) -> Answer:
    if question.screening and question.many and "unsure" in choices:
        # Nobody who is not sure about one of a list has all of it: a closed question follows. What was ticked
        # beside it counts.
        told = case.having(Status.PRESENT).difference(choices)
        findings = tuple(
            Finding(item, Status.PRESENT if item in choices else Status.UNSURE)
            for item in question.findings
            if item not in told
        )
        noted = record_red_flags(case.with_reading(Reading(findings=findings)), wiring.knowledge())
        return _settled(noted, question, [])
    return _settled(case, question, choices)


def _settled(case: Case, question: Question, choices: list[str]) -> Answer:
    return Answer(answer_question(case, question, choices, wiring.knowledge()), TAKEN, open=False)


def _is_bare_yes(question: Question, heard: Heard) -> bool:
    if not question.many or heard.meaning.reply is not Reply.YES:
        return False
    return all(finding.status is Status.UNSURE for finding in _touched(question, heard))


def _pressed(case: Case, question: Question, heard: Heard) -> Answer:
    offered = {choice.id for choice in question.choices}
    chosen = [choice for choice in heard.values("answer") if choice in offered]
    asked = heard.values("question")
    if not chosen or (asked and question.id not in asked):
        return Answer(case, "", open=True)
    return _taken(case, question, chosen)


def _choices(question: Question, heard: Heard, touched: list[Finding]) -> list[str] | None:
    """Return the choices that a short reply stands for; None when the message is no short reply."""
    offered = {choice.id for choice in question.choices}
    if heard.meaning.reply is Reply.SKIP:
        return ["unsure"] if question.id.startswith(CAUTIONS) else []
    if touched:
        # "Not sure" in the visitor's own words counts as the choice, which a red-flag question takes for a yes.
        unsure = all(finding.status is Status.UNSURE for finding in touched)
        return ["unsure"] if unsure and "unsure" in offered else None
    if heard.meaning.reply is None or not heard.reading.tells_nothing:
        return None
    choice = _CHOICES[heard.meaning.reply]
    if question.many and choice == "no":
        choice = "none"
    return [choice] if choice in offered else None


def _touched(question: Question, heard: Heard) -> list[Finding]:
    findings = heard.reading.findings
    return [finding for finding in findings if finding.id in question.findings and finding.tense is Tense.NOW]


def _describes(heard: Heard) -> bool:
    if heard.meaning.tells or heard.meaning.reply is not None:
        return True
    return not heard.reading.tells_nothing and not heard.meaning.interrupts_journey(Journey.INTERVIEW)


def _is_reply(heard: Heard) -> bool:
    return heard.meaning.answer is Answering.UNCLEAR or _describes(heard)
