"""The acts of a message: what it does, clause by clause. None is dropped because another came first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.case import Act, ActKind, Finding, Question, Status, Tense
from bot.knowledge.model import IntentMeaning, Meanings

LEAST_SURE = 0.6
"""Confidence, 0 to 1, that a clause's intent must have to count beside that of the whole message."""

_OPENING = re.compile(
    r"\W*(?:(?:\w[\w']*\s+){0,2}\w[\w']*\s*[,.;!\n-]|(?:no|nope|nah|none|nothing)\b(?:\s+[\w']+){0,6}?\s*(?:[,.;!\n-]|\bbut\b))",
    re.IGNORECASE,
)
"""A short beginning of a message before a mark, a little longer where it begins with a no."""

_QUESTION = re.compile(
    r"\W*(?:and |but |so |also |then |or )*"
    r"(?:(?:can|could|may|might|should|shall|must|do|does|did|is|are|am|will|would)"
    r" (?:i|he|she|we|they|you|it|my|his|her|our|the|this|that|these|there|an?|kids|someone|somebody|people|ice)"
    r"|how|what|whats|when|which|where|why|who|any|ok to|okay to|safe to|better to|ice or|heat or|need to)\b"
    r"|[^?]*\?",
    re.IGNORECASE,
)
"""How a clause begins that may ask something; "I am on my feet all day" does not ask about work."""

_SURE_QUESTION = 0.97
LEAST_WORDS = 3
"""Words, at least, of a clause that is taken for a question by its form alone."""

LEAST_GUESS = 0.25
"""Confidence, 0 to 1, that a question about the result must have to count by its form, once a result was told."""

_ASKING = (ActKind.ASK, ActKind.WANT)


@dataclass(frozen=True, slots=True)
class Named:
    """The intent that the classifier gives to a clause or a whole message, its confidence (0 to 1) and the place."""

    intent: str
    confidence: float
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Classified:
    """What the intent classifier hands down.

    Attributes:
        ranking: the likeliest intents of the whole message, best first; may be empty.
        clauses: the best intent of each clause; empty where the message has only one.
    """

    ranking: tuple[Named, ...] = ()
    clauses: tuple[Named, ...] = ()


def main_intent(whole: Named, parts: Sequence[Named], meanings: Meanings) -> Named:
    """Return the intent of a message: that of the whole, or of the surest goal among its clauses.

    A goal outranks a courtesy, what was not understood, and a guess at the whole where every clause is surely
    something else ("your hours, and do you take Aetna" resembles a wish to come).
    """
    meaning, sure = meanings.of(whole.intent), list(_sure(parts))
    goals = [part for part in sure if meanings.of(part.intent).group]
    guessed = bool(meaning.group) and whole.confidence < LEAST_SURE and len(sure) == len(parts)
    blended = guessed and all(part.intent != whole.intent for part in parts)
    if not goals or not (meaning.courtesy or meaning.is_unread or blended):
        return whole
    return max(goals, key=lambda goal: goal.confidence)


def without_questions(
    text: str, main: Named, parts: Sequence[Named], meanings: Meanings, yes: re.Pattern[str]
) -> str | None:
    """Return the text with everything blanked that surely asks or wants something; None where nothing does.

    What is left may answer an open question; offsets stay. The beginning of a question is left where it may be an
    answer: a few words before a mark ("no, is the first visit free?"), or `yes`, which opens an assent or a doubt.
    """
    spans = parts or [replace(main, start=0, end=len(text))]
    asking = [part for part in _sure(spans) if _asks(meanings.of(part.intent))]
    if not asking:
        return None
    for part in asking:
        opening = _OPENING.match(text, part.start, part.end) or yes.match(text, part.start, part.end)
        start = opening.end() if opening else part.start
        text = text[:start] + " " * (part.end - start) + text[part.end :]
    return text


def _asks(meaning: IntentMeaning) -> bool:
    """Return whether an intent asks or wants something; what is about another part of the body may well tell."""
    return meaning.act in _ASKING and bool(meaning.interrupts or meaning.is_answered_beside or meaning.group)


def may_be_asked(named: Named, text: str, meanings: Meanings) -> bool:
    """Return whether words may be what they are taken for: a question about the result is sure or has its form."""
    if not meanings.of(named.intent).is_about_result or named.confidence >= _SURE_QUESTION:
        return True
    start, end = (named.start, named.end + 1) if named.end > named.start else (0, len(text))
    return bool(_QUESTION.match(text, start, end)) or "?" in text[start:end]


def acts_of(
    text: str,
    main: Named,
    parts: Sequence[Named],
    findings: Sequence[Finding],
    meanings: Meanings,
    question: Question | None = None,
) -> tuple[Act, ...]:
    """Return what the message does, in the order of the text.

    The clauses that the classifier is sure of are acts of their own; the others are the main intent's. A clause in
    which something is told is an act of telling too, whatever else it does. A clause that only has the form of a
    question is an act of asking: with its intent where that may be a question about the result, else with none.
    """
    whole = replace(main, start=0, end=len(text))
    named = [part for part in _sure(parts) if may_be_asked(part, text, meanings)]
    if not any(part.intent == main.intent for part in named) and (not parts or len(named) < len(parts)):
        named.append(whole)
    acts = [_act(one, meanings.of(one.intent)) for one in _joined(named)]
    acts += _questions(text, parts or [whole], acts, findings, meanings)
    spans = [(part.start, part.end) for part in parts] or [(0, len(text))]
    for start, end in spans:
        within = [item for item in findings if start <= item.start < end and item.end > item.start]
        kind = _told(within, question)
        if kind is None:
            continue
        same = next((act for act in acts if act.kind is ActKind.TELL and act.start <= start < act.end), None)
        if same is None:
            acts.append(Act(kind, "", 1.0, start, end))
        elif kind is ActKind.DENY and (same.start, same.end) == (start, end):
            acts[acts.index(same)] = replace(same, kind=kind)
    return tuple(sorted(acts, key=lambda act: (act.start, act.end)))


def _questions(
    text: str, parts: Sequence[Named], acts: Sequence[Act], findings: Sequence[Finding], meanings: Meanings
) -> Iterator[Act]:
    """Yield an act for each clause in the form of a question that no act asks, and in which nothing is told."""
    asked = [act for act in acts if act.kind in _ASKING]
    for part in parts:
        marked = text[part.start : part.end + 1].rstrip().endswith("?")
        told = not marked and any(part.start <= item.start < part.end for item in findings)
        if told or len(text[part.start : part.end].split()) < LEAST_WORDS:
            continue
        if any(act.start <= part.start and part.end <= act.end for act in asked):
            continue
        if not _QUESTION.match(text, part.start, part.end + 1):
            continue
        guessed = meanings.of(part.intent).is_about_result and part.confidence >= LEAST_GUESS
        yield Act(ActKind.ASK, part.intent if guessed else "", part.confidence, part.start, part.end, guessed)


def _sure(parts: Sequence[Named]) -> Iterator[Named]:
    return (part for part in parts if part.intent and part.confidence >= LEAST_SURE)


def _joined(named: Sequence[Named]) -> Iterator[Named]:
    """Yield neighbours of one intent as one."""
    held: Named | None = None
    for one in sorted(named, key=lambda each: (each.start, each.end)):
        if held is not None and held.intent == one.intent:
            held = Named(one.intent, max(held.confidence, one.confidence), held.start, max(held.end, one.end))
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


def _act(named: Named, meaning: IntentMeaning) -> Act:
    return Act(meaning.act, named.intent, named.confidence, named.start, named.end)


def _told(findings: Sequence[Finding], question: Question | None) -> ActKind | None:
    """Return what is done with findings: the open question answered, something told, or all of it denied."""
    now = [item for item in findings if item.tense is Tense.NOW]
    if not now:
        return None
    if question is not None and any(item.id in question.findings for item in now):
        return ActKind.ANSWER
    return ActKind.DENY if all(item.status is Status.ABSENT for item in now) else ActKind.TELL
