"""Says possible causes: reasons, what would tell them apart, and why it is probably not what the visitor fears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.practice_values import practice_values
from actions.read_back import read_back, say_read_back
from actions.sentences import capital, sentence
from actions.wiring import phrase
from bot.case import Case
from bot.knowledge.model import FindingKind
from bot.triage import answer_fears, is_unclear, tell_apart
from bot.triage.evidence import gather_evidence
from bot.triage.result import AnsweredFear, ExplainedCause, Matching

_MOST_FEARS = 2
"""Fears answered in one bubble."""

_PAIR = 2

_MOST_REASONS = 2
"""Reasons told for a cause that is not the first."""


def say_causes(
    dispatcher: CollectingDispatcher,
    case: Case,
    matching: Matching,
    told: Sequence[ExplainedCause],
    beside: Sequence[str] = (),
) -> tuple[str, ...]:
    """Read back and say the causes, or that none can be told, in two bubbles; return what was told, for its sources.

    Args:
        dispatcher: takes what is said.
        case: everything said so far.
        matching: the ranked causes.
        told: the causes to tell, best first.
        beside: paragraphs that follow, such as the answer to what was asked beside the symptoms.
    """
    fears = answer_fears(case, [cause.id for cause in told], wiring.knowledge())
    # Where a fear is answered in a bubble of its own, the read-back shares that of the causes.
    before = read_back(case) if fears else ""
    if not fears:
        say_read_back(dispatcher, case)
    more = _paragraphs([*_contrast(case, told), *_foot_back(case, told), *beside])
    causes = "\n\n".join([*map(_line, told[:1]), *map(_short_line, told[1:])])
    dispatcher.utter_message(response=_intro(matching, told), before=before, causes=causes, more=more)
    return (*(f"cause/{cause.id}" for cause in told), *_say_fears(dispatcher, fears))


def say_causes_today(
    dispatcher: CollectingDispatcher,
    case: Case,
    told: Sequence[ExplainedCause],
    beside: Sequence[str] = (),
) -> tuple[str, ...]:
    """Read back and name the causes in one line, because being seen today matters more; return what was told."""
    names = phrase("utter_part_or").join(_short(cause.name) for cause in told)
    response = "utter_causes_today" if told else "utter_no_causes_today"
    dispatcher.utter_message(response=response, before=read_back(case), causes=names, more=_paragraphs(beside))
    fears = answer_fears(case, [cause.id for cause in told], wiring.knowledge())
    return (*(f"cause/{cause.id}" for cause in told), *_say_fears(dispatcher, fears))


def say_fears(
    dispatcher: CollectingDispatcher, case: Case, feared: Sequence[str], told: Sequence[str]
) -> tuple[str, ...]:
    """Answer fears that a message names; return what was told, for its sources, nothing where no answer fits."""
    return _say_fears(dispatcher, answer_fears(replace(case, feared=tuple(feared)), told, wiring.knowledge()))


def say_fear_in_general(dispatcher: CollectingDispatcher, feared: Sequence[str]) -> tuple[str, ...]:
    """Say how a fear usually shows, to somebody who told no complaint; return what was told, for its sources."""
    known = [fear for name in feared if (fear := wiring.knowledge().fears.get(name))][:1]
    for fear in known:
        change = fear.change.format_map(practice_values())
        dispatcher.utter_message(response="utter_fear_general", usual=fear.usual, change=change)
    return tuple(f"fear/{fear.id}" for fear in known)


def _say_fears(dispatcher: CollectingDispatcher, fears: Sequence[AnsweredFear]) -> tuple[str, ...]:
    answered = fears[:_MOST_FEARS]
    if answered:
        dispatcher.utter_message(response="utter_fear_answer", answer="\n\n".join(map(_fear, answered)))
    return tuple(f"fear/{fear.id}" for fear in answered)


def _intro(matching: Matching, told: Sequence[ExplainedCause]) -> str:
    if not told:
        return "utter_no_cause_fits"
    if is_unclear(matching):
        return "utter_causes_unclear"
    return "utter_causes_intro" if len(told) > 1 else "utter_cause_intro"


def _line(cause: ExplainedCause) -> str:
    against = cause.reasons_against
    return phrase(
        "utter_cause_line_against" if against else "utter_cause_line",
        name=capital(cause.name),
        fit=cause.fit,
        summary=sentence(cause.summary),
        reasons_for=", ".join(cause.reasons_for),
        reasons_against=", ".join(against),
    )


def _short_line(cause: ExplainedCause) -> str:
    """Return a cause that is not the first in two lines; asked for by name, it is told as a whole."""
    reasons = ", ".join(cause.reasons_for[:_MOST_REASONS])
    return phrase("utter_cause_line_short", name=capital(cause.name), fit=cause.fit, reasons_for=reasons)


def _contrast(case: Case, told: Sequence[ExplainedCause]) -> list[str]:
    """Return the sentence that says what would tell two causes apart; beside three it would be too much to read."""
    contrast = tell_apart(case, told[0].id, told[1].id, wiring.knowledge()) if len(told) == _PAIR else None
    if contrast is None:
        return []
    first, second = _short(contrast.first), _short(contrast.second)
    return [
        phrase(
            "utter_part_contrast",
            first=first,
            second=second,
            for_first=contrast.for_first,
            for_second=contrast.for_second,
        )
    ]


def _foot_back(case: Case, told: Sequence[ExplainedCause]) -> list[str]:
    """Return how the first cause links foot and back, where the back was told of as well as another place."""
    knowledge, present = wiring.knowledge(), gather_evidence(case, wiring.knowledge()).present
    kinds = {knowledge.findings[finding].kind for finding in present if finding in knowledge.findings}
    link = told[0].foot_back if told else ""
    return [phrase("utter_part_foot_back", link=sentence(link))] if link and FindingKind.BACK in kinds else []


def _fear(fear: AnsweredFear) -> str:
    change = fear.change.format_map(practice_values())
    if not fear.unlikely:
        speaking = ", ".join(fear.speaking)
        response = "utter_part_fear_open" if speaking else "utter_part_fear_today"
        return phrase(response, name=fear.name, usual=fear.usual, speaking=speaking, change=change)
    denied = phrase("utter_part_fear_denied", denied=", ".join(fear.denied)) if fear.denied else ""
    return phrase("utter_part_fear_unlikely", name=fear.name, usual=fear.usual, denied=denied, change=change)


def _short(name: str) -> str:
    return name.partition(" (")[0]


def _paragraphs(parts: Sequence[str]) -> str:
    return "".join(f"\n\n{part}" for part in parts)
