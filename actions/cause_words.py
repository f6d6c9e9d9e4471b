"""Says possible causes: reasons, what would tell them apart, and why it is probably not what the visitor fears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.practice_values import practice_values
from actions.sentences import capital, sentence
from actions.wiring import phrase
from bot.case import Case
from bot.knowledge.model import FindingKind
from bot.triage import answer_fears, is_unclear, tell_apart
from bot.triage.evidence import gather_evidence
from bot.triage.result import AnsweredFear, ExplainedCause, Matching


def say_causes(
    dispatcher: CollectingDispatcher,
    case: Case,
    matching: Matching,
    told: Sequence[ExplainedCause],
    beside: Sequence[str] = (),
) -> tuple[str, ...]:
    """Say the causes, or that none can be told; return what was told, for its sources.

    Args:
        dispatcher: takes what is said.
        case: everything said so far.
        matching: the ranked causes.
        told: the causes to tell, best first.
        beside: paragraphs that follow, such as the answer to what was asked beside the symptoms.
    """
    fears = answer_fears(case, [cause.id for cause in told], wiring.knowledge())
    parts = [*_contrast(case, told), *_foot_back(case, told), *map(_fear, fears[:1]), *beside]
    if not told:
        dispatcher.utter_message(response="utter_no_cause_fits", more=_paragraphs(parts))
    else:
        response = _intro(matching, told)
        dispatcher.utter_message(response=response, causes="\n\n".join(map(_line, told)), more=_paragraphs(parts))
    return (*(f"cause/{cause.id}" for cause in told), *(f"fear/{fear.id}" for fear in fears[:1]))


def say_fears(
    dispatcher: CollectingDispatcher, case: Case, feared: Sequence[str], told: Sequence[str]
) -> tuple[str, ...]:
    """Answer fears that a message names; return what was told, for its sources, nothing where no answer fits."""
    fears = answer_fears(replace(case, feared=tuple(feared)), told, wiring.knowledge())[:1]
    for fear in fears:
        dispatcher.utter_message(response="utter_fear_answer", answer=_fear(fear))
    return tuple(f"fear/{fear.id}" for fear in fears)


def _intro(matching: Matching, told: Sequence[ExplainedCause]) -> str:
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


def _contrast(case: Case, told: Sequence[ExplainedCause]) -> list[str]:
    """Return the sentence that says what would tell the first two causes apart."""
    contrast = tell_apart(case, told[0].id, told[1].id, wiring.knowledge()) if len(told) > 1 else None
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
