"""The first words of a reply: what was heard, in the visitor's own terms."""

from __future__ import annotations

from collections.abc import Sequence

from bot.case import Case, Reading, Status, Tense
from bot.conversation.read_back import circumstances, in_a_sentence, named_findings, told_clauses
from bot.conversation.say import Phrase, Say
from bot.knowledge.model import FindingKind, Knowledge

_MOST_CLAUSES = 3
"""More would be a report."""

_STRONG = 7
"""From this pain on, of 10, a word of sympathy: "severe" starts there on the numeric rating scale (Boonstra 2016)."""


def acknowledge(case: Case, reading: Reading, knowledge: Knowledge, phrase: Phrase) -> Say | None:
    """Return the bubble that shows what a message told; None where it told nothing that can be said back.

    Args:
        case: everything said so far, the message included.
        reading: of the message.
        knowledge: the practice's records.
        phrase: of `domain.yml`.
    """
    named = {item.id for item in named_findings(case, Status.PRESENT, knowledge)}
    now = (item for item in reading.findings if item.status is Status.PRESENT and item.tense is Tense.NOW)
    # Whose age it is was heard, and is not said back as a symptom.
    measured = {item.finding for item in knowledge.derived_findings} | {knowledge.child_finding}
    told = list(dict.fromkeys(item.id for item in now if item.id in named and item.id not in measured))
    clauses = told_clauses(case, knowledge, phrase, most=_MOST_CLAUSES, only=_with_one_place(told, knowledge))
    if not clauses:
        return None
    strong = reading.severity_0_10 is not None and reading.severity_0_10 >= _STRONG
    response = "utter_acknowledge_strong" if strong else "utter_acknowledge"
    lasting = f", {circumstances(case, phrase)[0]}" if reading.duration_days else ""
    return Say(response, {"told": in_a_sentence(clauses, phrase) + lasting})


def _with_one_place(told: Sequence[str], knowledge: Knowledge) -> set[str]:
    """Return the findings with the first exact place; with one that says little only where nothing else was told."""
    places = [item for item in told if knowledge.findings[item].kind is FindingKind.LOCATION]
    exact = [item for item in places if item not in knowledge.interview.vague_places]
    only_places = len(places) == len(told)
    return set(told).difference(places) | set(exact[:1] or (places[:1] if only_places else ()))
