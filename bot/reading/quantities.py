"""Age, duration and severity in a text."""

from __future__ import annotations

import re

from bot.reading.english import DAYS_PER_UNIT, NUMBERS, VAGUE_NUMBERS

_OLDEST = 120
_WORST = 10
_LONGEST_DAYS = 36_500
_WORDS_OF_A_BARE_ANSWER = 6

_COUNT = r"(?P<count>\d{1,3}(?:\.\d)?|" + "|".join(sorted({*NUMBERS, *VAGUE_NUMBERS}, key=len, reverse=True)) + r")"
_UNIT = "|".join(sorted(DAYS_PER_UNIT, key=len, reverse=True))
_SPAN = (
    r"(?:(?:about|around|almost|nearly|over|roughly|approximately|at least|more than|maybe|like|only|just) )*"
    rf"{_COUNT}(?: ?(?:-|to|or) ?\d{{1,3}})?(?: of)?(?: a)?[ -]?(?P<unit>{_UNIT})\b"
    r"(?![ -]?(?:old|pregnant|of age))"
)
_LASTING = re.compile(rf"\b(?:for|since|(?:last|past|previous)(?: the)?)(?: the)?(?: last| past)? {_SPAN}(?! ago)")
_LASTING_ONE = re.compile(
    rf"\b(?:for|over|in|during|since)(?: the)? (?:last|past) (?P<unit>{'|'.join(DAYS_PER_UNIT)})\b"
)
_AGO = re.compile(rf"{_SPAN} (?:ago|now|back)\b")
_BARE = re.compile(_SPAN)
_VAGUELY_LONG = re.compile(r"\bfor(?: many| several)? (?P<unit>days|weeks|months|years)\b")
_SINCE_NOW = re.compile(r"\bsince (?P<day>yesterday|this morning|last night|today|last week|last month|last year)\b")
_DAYS_SINCE = {"last week": 7, "last month": 30, "last year": 365}
_ONSET = re.compile(r"\b(?:start|began|begun|begin|came on|noticed|happened|ongoing)")

_AGE = (
    re.compile(r"\b(?P<age>\d{1,3})[ -]?(?:years?|yrs?)[ -]*(?:old|of age)\b"),
    re.compile(r"\b(?P<age>\d{1,3}) ?(?:y/?\.?o|yo)\b"),
    re.compile(r"\b(?P<months>\d{1,2})[ -]?months?[ -]old\b"),
    re.compile(r"\b(?:aged?|age is|age:) ?(?P<age>\d{1,3})\b"),
    re.compile(r"\b(?P<age>\d{1,3}) age\b"),
    re.compile(
        r"\b(?:i'?m|i am|iam|(?:he|she|who|son|daughter|boy|girl|child|kid|baby)(?:'?s| is)|is(?= \d\d)|turned|turning)"
        r"(?: now| only| just| about| almost| nearly)? (?P<age>\d{1,3})\b"
        r"(?=\s*(?:$|[.,;!?)]|and\b|with\b|but\b|so\b|male\b|female\b|man\b|woman\b|now\b|i\b|my\b|have\b|m\b|f\b))"
    ),
    re.compile(r"(?:^|[\s(,])(?P<age>\d{2}) ?[mf]\b(?!\w)"),
    re.compile(r"(?:^|[\s(,])[mf] ?(?P<age>\d{2})\b"),
    re.compile(r"\b(?P<age>\d{1,3})[ -]year[ -](?=\w+ old\b)"),
)
_EARLIER = re.compile(r"\b(?:was|were|since|when)\b(?: \w+){0,2} ?$")

_RATIO = re.compile(r"(?<![\d/])(?P<level>\d{1,2})(?:\.\d)?(?:(?: ?- ?| to )\d{1,2})? ?(?:/|out of) ?10\b(?!/)")
_LEVEL = re.compile(
    r"(?: level| score| scale)?(?: is| was|'s|:| at| of| about| a| an| around| like)* ?(\d{1,2})(?![\d/.:%]|\s*[a-z])"
)


def duration_days(text: str) -> int | None:
    """Return how long something has lasted, in days, from a plain text; None when it does not say."""
    for pattern in (_LASTING, _LASTING_ONE, _VAGUELY_LONG):
        if found := pattern.search(text):
            return _days(found)
    if found := _SINCE_NOW.search(text):
        return _DAYS_SINCE.get(found["day"], 1)
    if (found := _AGO.search(text)) and (found[0].endswith("now") or _ONSET.search(_sentence(text, found))):
        return _days(found)
    if len(text.split()) <= _WORDS_OF_A_BARE_ANSWER and (found := _BARE.search(text)):
        return _days(found)
    return None


def age_years(text: str) -> int | None:
    """Return the age that a plain text states, 0 to 120; None when it states none."""
    for pattern in _AGE:
        for found in pattern.finditer(text):
            if _EARLIER.search(text[: found.start()]):
                continue
            age = int(found["age"]) if "age" in pattern.groupindex else int(found["months"]) // 12
            if age <= _OLDEST:
                return age
    return None


def severity_0_10(text: str, pain_word_ends: tuple[int, ...]) -> int | None:
    """Return the pain level, 0 to 10. `pain_word_ends` are the offsets after the words for pain."""
    levels = [int(found["level"]) for found in _RATIO.finditer(text)]
    for end in pain_word_ends:
        if found := _LEVEL.match(text, end):
            levels.append(int(found[1]))
    return next((level for level in levels if level <= _WORST), None)


def _sentence(text: str, found: re.Match[str]) -> str:
    start = max(text.rfind(mark, 0, found.start()) for mark in ".!?\n") + 1
    ends = [place for mark in ".!?\n" if (place := text.find(mark, found.end())) >= 0]
    return text[start : min(ends, default=len(text))]


def _days(found: re.Match[str]) -> int | None:
    groups = found.groupdict()
    unit = DAYS_PER_UNIT[groups["unit"]]
    count = _number(groups["count"]) if "count" in groups else (2 if groups["unit"].endswith("s") else 1)
    days = max(1, round(count * unit))
    return days if count > 0 and days <= _LONGEST_DAYS else None


def _number(word: str) -> float:
    if word in NUMBERS:
        return NUMBERS[word]
    return VAGUE_NUMBERS[word] if word in VAGUE_NUMBERS else float(word)
