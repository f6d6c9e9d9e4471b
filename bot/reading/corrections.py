"""What a message takes back, of itself ("ankle, sorry, the heel") and of what was told: a place, a side, a denial."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.case import Case, Finding, Reading, Side, Status, Tense
from bot.knowledge.model import FindingKind, Knowledge
from bot.reading.findings.symptoms import Mention
from bot.reading.words.english import ADDING, FUNCTION_WORDS, NEGATORS
from bot.reading.words.matches import Match
from bot.reading.words.tokens import Word

_MOST_WORDS = 8
"""Words of a message that names nothing but a side or a place."""

_LONGEST_NO = 3
"""Characters of a bare yes or no, which then answers nothing."""

_FEW_WORDS = 4
"""Words between a correction and the place that it names."""

_WORDS_AFTER_THE_NEW_PLACE = 2
_FILLERS = FUNCTION_WORDS | NEGATORS

_CORRECTS = re.compile(
    r"\b(?:actually|sorry|oops|i mean|i meant|make that|wrong|mistake|correct(?:ion)?|i said|i wrote|i told|i pressed|"
    r"i ticked|any ?more|no longer|gone|went away|stopped|not now|but now|until|since then)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"(?<!and )\b(?:sorry|i mean|i meant|no wait|wait,? no|oops|correction|make that|or rather)\b", re.IGNORECASE
)
_ALSO = re.compile(r"\b(?:also|too|as well|both|plus|and)\b", re.IGNORECASE)
_SAID = re.compile(
    r"\bi (?:said|wrote|told you|answered|pressed|ticked|clicked)\b(?P<said>.*?)\bbut\b(?P<now>.*)", re.I | re.S
)
_PART = re.compile(
    r"[^,.;!?\n]+?(?=\bnot\b|\bbut\b|\band\b|[,.;!?\n]|$)|\b(?:not|but|and)\b[^,.;!?\n]*?(?=\bbut\b|[,.;!?\n]|$)"
)
_NOT_THAT = re.compile(r"\b(?:not|no|nothing|never|none|still have|instead of)\b|n't\b")
_YES = re.compile(r"\b(?:there (?:is|are|was)|it (?:is|does)|i (?:do|have|am)|yes|some|has|have)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:no|not|never|nothing|none)\b|n't\b", re.IGNORECASE)


def without_taken_back(
    mentions: Sequence[Mention], corrections: Sequence[Match], words: Sequence[Word]
) -> list[Mention]:
    """Return the mentions without the places that a correction right after them replaces by the place that follows."""
    places = [mention for mention in mentions if mention.is_place]
    wrong = {old for cue in corrections for old in _replaced(cue, places, words)}
    return [mention for mention in mentions if mention not in wrong]


def _replaced(cue: Match, places: Sequence[Mention], words: Sequence[Word]) -> list[Mention]:
    after = [place for place in places if place.match.first > cue.last]
    before = [place for place in places if place.match.last < cue.first]
    if not after or not before:
        return []
    new = min(after, key=lambda place: place.match.first).match
    old = max(before, key=lambda place: place.match.last).match
    following = [word.form for word in words[new.last + 1 : new.last + 1 + _WORDS_AFTER_THE_NEW_PLACE]]
    if not ADDING.isdisjoint(following) or not _only_fillers(words[cue.last + 1 : new.first]):
        return []
    if not all(word.is_mark for word in words[old.last + 1 : cue.first]):
        return []
    return [place for place in before if place.match.last == old.last and place.id not in _ids_at(new, after)]


def _only_fillers(between: Sequence[Word]) -> bool:
    return all(word.is_mark or word.form in _FILLERS for word in between)


def _ids_at(match: Match, places: Sequence[Mention]) -> set[str]:
    return {place.id for place in places if place.match.first == match.first}


def corrects(text: str) -> bool:
    """Return whether a word says that something told before is, or was, otherwise."""
    return _CORRECTS.search(text) is not None


def side_alone(text: str, reading: Reading, knowledge: Knowledge) -> Side | None:
    """Return the side where the text names one and nothing else that was read ("actually the left one").

    A side that is put right may stand beside more ("it's the LEFT foot, nothing in the right, what can I do?").
    """
    text, cues = text.lower(), knowledge.cues
    words = {Side.LEFT: cues.left, Side.RIGHT: cues.right, Side.BOTH: cues.both}
    named = [side for side, forms in words.items() if _holds(text, forms)]
    if len(named) == 1 and not reading.findings and len(text.split()) <= _MOST_WORDS:
        return None if _holds(text, cues.not_a_side) else named[0]
    return _side_put_right(text, reading, knowledge) if len(named) == 2 else None


def _side_put_right(text: str, reading: Reading, knowledge: Knowledge) -> Side | None:
    """Return the one side of two that is meant where the other is denied; None beside places that tell more."""
    vague = {*knowledge.interview.vague_places, "loc_one_foot", "loc_both_feet"}
    if any(item.id not in vague for item in _places(reading.findings, knowledge)):
        return None
    meant = set[Side]()
    for part in _PART.findall(text):
        sides = [side for side, name in ((Side.LEFT, "left"), (Side.RIGHT, "right")) if re.search(rf"\b{name}\b", part)]
        if _NOT_THAT.search(part) is None:
            meant.update(sides)
    return meant.pop() if len(meant) == 1 else None


def taken_back(reading: Reading, text: str) -> Reading:
    """Return the reading with what "I said no swelling, but there is some" takes back turned round."""
    match = _SAID.search(text)
    if match is None:
        return reading
    now = match["now"]
    status = Status.ABSENT if _NOT.search(now) else Status.PRESENT if _YES.search(now) else None
    if status is None:
        return reading
    first, last = match.span("said")
    taken = (item for item in reading.findings if first <= item.start < last and item.end - item.start > _LONGEST_NO)
    return replace(reading, findings=tuple(replace(item, status=status) for item in taken if item.tense is Tense.NOW))


def with_places(reading: Reading, text: str, knowledge: Knowledge) -> Reading:
    """Return the reading with the places that a short text merely names ("the ball of my foot") as hurting."""
    if len(text.split()) > _MOST_WORDS or _NOT.search(text) or "?" in text:
        return reading
    places = [site for name in reading.sites if (site := knowledge.sites.get(name))]
    named = {item.id for item in reading.findings}
    more = (Finding(site.finding) for site in places if site.podiatric and site.finding and site.finding not in named)
    return replace(reading, findings=(*reading.findings, *more))


def with_right_places(reading: Reading, text: str, case: Case, knowledge: Knowledge) -> Reading:
    """Return the reading without the places that the text takes back ("my ankle hurts, sorry, heel")."""
    here = _places(reading.findings, knowledge)
    cue = next((cue for cue in _INSTEAD.finditer(text) if _follows_at_once(cue, here, text)), None)
    if cue is None:
        return reading
    right = [item for item in here if item.start >= cue.end() or item.end == 0]
    kept = knowledge.implied(item.id for item in right)
    before = [item for item in here if 0 < item.end <= cue.start()]
    wrong = [item for item in before or _places(case.findings, knowledge) if item.id not in kept]
    if not right or any(item.id in knowledge.implied([old.id]) for item in right for old in wrong):
        return reading
    side = next((item.side for item in wrong if item.side), None)
    moved = {item.id: replace(item, side=item.side or side) for item in right}
    taken = {item.id: replace(item, status=Status.ABSENT) for item in wrong}
    others = [item for item in reading.findings if item.id not in {**moved, **taken}]
    return replace(reading, findings=(*others, *taken.values(), *moved.values()))


def _follows_at_once(cue: re.Match[str], places: Iterable[Finding], text: str) -> bool:
    """Return whether a place follows the correction within a few words, and not in addition."""
    rest = text[cue.end() :]
    if _ALSO.search(rest):
        return False
    starts = [item.start - cue.end() for item in places if item.start >= cue.end()]
    between = rest[: min(starts)] if starts else rest
    return len(between.split()) <= _FEW_WORDS


def _places(findings: Iterable[Finding], knowledge: Knowledge) -> list[Finding]:
    records = knowledge.findings
    return [
        item
        for item in findings
        if item.status is Status.PRESENT and item.tense is Tense.NOW
        if item.id in records and records[item.id].kind is FindingKind.LOCATION
    ]


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in words)
