"""Corrections of what was told: the other side, a denial taken back, and what contradicts an earlier statement."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from actions import wiring
from actions.case_slots import Heard
from actions.wiring import phrase
from bot.case import Case, Finding, Question, Reading, Side, Status, Tense
from bot.knowledge.model import FindingKind
from bot.triage import contradictions
from bot.triage.evidence import expand_implied
from bot.triage.screening import closed_choices

AGAIN = "ask_again_"
"""Beginning of the id of the question about a statement that contradicts an earlier one."""

_MOST_WORDS = 8
"""Words of a message that names nothing but a side."""

_LONGEST_NO = 3
"""Characters of a bare yes or no, which then answers nothing."""

_TELLS = frozenset({"describe_symptoms", "affirm", "nlu_fallback", "greet", "ask_other_body_part"})

_CORRECTS = re.compile(
    r"\b(?:actually|sorry|oops|i mean|i meant|make that|wrong|mistake|correct(?:ion)?|i said|i wrote|i told|i pressed|"
    r"i ticked|any ?more|no longer|gone|went away|stopped|not now|but now|until|since then)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"(?<!and )\b(?:sorry|i mean|i meant|no wait|wait,? no|oops|correction|make that|or rather)\b", re.IGNORECASE
)
_ALSO = re.compile(r"\b(?:also|too|as well|both|plus|and)\b", re.IGNORECASE)
_FEW_WORDS = 4
"""Words between a correction and the place that it names."""

_SAID = re.compile(
    r"\bi (?:said|wrote|told you|answered|pressed|ticked|clicked)\b(?P<said>.*?)\bbut\b(?P<now>.*)", re.I | re.S
)
_YES = re.compile(r"\b(?:there (?:is|are|was)|it (?:is|does)|i (?:do|have|am)|yes|some|has|have)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:no|not|never|nothing|none)\b|n't\b", re.IGNORECASE)


def side_alone(heard: Heard) -> Side | None:
    """Return the side where the message names one and nothing else that was read ("actually the left one")."""
    cues, text = wiring.knowledge().cues, heard.text.lower()
    if heard.values("finding") or len(text.split()) > _MOST_WORDS or _holds(text, cues.not_a_side):
        return None
    words = {Side.LEFT: cues.left, Side.RIGHT: cues.right, Side.BOTH: cues.both}
    named = [side for side, forms in words.items() if _holds(text, forms)]
    return named[0] if len(named) == 1 else None


def with_side(case: Case, side: Side) -> Case:
    """Return the case with every place that hurts on that side."""
    return case.with_reading(Reading(findings=tuple(replace(place, side=side) for place in _places(case.findings))))


def taken_back(reading: Reading, heard: Heard) -> Reading:
    """Return the reading with what "I said no swelling, but there is some" takes back turned round."""
    match = _SAID.search(heard.text)
    if match is None:
        return reading
    now = match["now"]
    status = Status.ABSENT if _NOT.search(now) else Status.PRESENT if _YES.search(now) else None
    if status is None:
        return reading
    first, last = match.span("said")
    taken = (item for item in reading.findings if first <= item.start < last and item.end - item.start > _LONGEST_NO)
    return replace(reading, findings=tuple(replace(item, status=status) for item in taken if item.tense is Tense.NOW))


def with_places(reading: Reading, heard: Heard, case: Case) -> Reading:
    """Return the reading with the places that a short message merely names ("the ball of my foot") as hurting."""
    places = [site for name in heard.values("site") if (site := wiring.knowledge().sites.get(name))]
    describes = bool(case.findings) or heard.intent == "describe_symptoms"
    told = describes and heard.intent in _TELLS and len(heard.text.split()) <= _MOST_WORDS
    if not told or _NOT.search(heard.text) or "?" in heard.text:
        return reading
    named = {item.id for item in reading.findings}
    more = (Finding(site.finding) for site in places if site.podiatric and site.finding and site.finding not in named)
    return replace(reading, findings=(*reading.findings, *more))


def with_right_places(reading: Reading, heard: Heard, case: Case) -> Reading:
    """Return the reading without the places that the message takes back ("my ankle hurts, sorry, heel")."""
    cue = next((cue for cue in _INSTEAD.finditer(heard.text) if _follows_at_once(cue, reading, heard)), None)
    if cue is None:
        return reading
    right = [item for item in _places(reading.findings) if item.start >= cue.end() or item.end == 0]
    kept = {more for item in right for more in expand_implied([item.id], wiring.knowledge())}
    before = [item for item in _places(reading.findings) if 0 < item.end <= cue.start()]
    wrong = [item for item in before or _places(case.findings) if item.id not in kept]
    if not right or any(item.id in expand_implied([old.id], wiring.knowledge()) for item in right for old in wrong):
        return reading
    side = next((item.side for item in wrong if item.side), None)
    moved = {item.id: replace(item, side=item.side or side) for item in right}
    taken_back = {item.id: replace(item, status=Status.ABSENT) for item in wrong}
    others = [item for item in reading.findings if item.id not in {**moved, **taken_back}]
    return replace(reading, findings=(*others, *taken_back.values(), *moved.values()))


def _follows_at_once(cue: re.Match[str], reading: Reading, heard: Heard) -> bool:
    """Return whether a place follows the correction within a few words, and not in addition."""
    rest = heard.text[cue.end() :]
    if _ALSO.search(rest):
        return False
    starts = [item.start - cue.end() for item in _places(reading.findings) if item.start >= cue.end()]
    between = rest[: min(starts)] if starts else rest
    return len(between.split()) <= _FEW_WORDS


def _places(findings: Iterable[Finding]) -> list[Finding]:
    records = wiring.knowledge().findings
    return [
        item
        for item in findings
        if item.status is Status.PRESENT and item.tense is Tense.NOW
        if item.id in records and records[item.id].kind is FindingKind.LOCATION
    ]


def contradicted(case: Case, reading: Reading, heard: Heard) -> str | None:
    """Return the finding that was reported and is now denied without a word of correction; None once it was asked."""
    if _CORRECTS.search(heard.text):
        return None
    found = (item for item in contradictions(case, reading) if case.status_of(item) is Status.PRESENT)
    return next((item for item in found if f"{AGAIN}{item}" not in case.asked), None)


def contradiction_question(finding_id: str) -> Question:
    """Return the question that settles it. "Not sure" counts as yes, like the earlier statement."""
    knowledge = wiring.knowledge()
    name = knowledge.findings[finding_id].name
    return Question(
        id=f"{AGAIN}{finding_id}",
        text=phrase("utter_part_contradiction", name=name),
        choices=closed_choices(knowledge),
        findings=(finding_id,),
        screening=True,
        why=phrase("utter_part_contradiction_why"),
    )


def without(reading: Reading, finding_id: str) -> Reading:
    """Return the reading without what it says about one finding."""
    return replace(reading, findings=tuple(item for item in reading.findings if item.id != finding_id))


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in words)
