"""Duration and severity in a text; ages stand in `ages.py`."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from bot.reading.words.english import DAYS_PER_UNIT, NUMBERS, VAGUE_NUMBERS

_WORST = 10
_LONGEST_DAYS = 36_500
_LONGEST_YEARS = 100
_MOST = 0.75
"""What "most of the year" means, as a share."""
_WORDS_OF_A_BARE_ANSWER = 6

_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|twelve"
_COUNT = r"(?P<count>\d{1,3}(?:\.\d)?|" + "|".join(sorted({*NUMBERS, *VAGUE_NUMBERS}, key=len, reverse=True)) + r")"
_UNIT = "|".join(sorted(DAYS_PER_UNIT, key=len, reverse=True))
_SPAN = (
    r"(?:(?:about|around|almost|nearly|over|roughly|approximately|at least|more than|maybe|like|only|just) )*"
    rf"{_COUNT}\+?(?: ?(?:-|to|or) ?(?:\d{{1,3}}|{_SMALL}))?(?: or so)?(?: of)?(?: a)?[ -]?(?P<unit>{_UNIT})\b"
    r"(?![ -]?(?:old|pregnant|of age))"
)
_WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thurs",
    "fri",
    "sat",
    "sun",
)
_SEASONS = ("summer", "winter", "spring", "fall", "autumn")
# Since an unknown day of the last seven: half a week, rounded up.
_DAYS_SINCE_A_WEEKDAY = 4
_LASTING = re.compile(
    rf"\b(?:for|since|x|times|from|going on|coming up on|duration:?|(?:has|have|had|'s|'ve) been|been hurting|hurting|"
    rf"been going on|been (?:like this|this way|there)|(?:last|past|previous)(?: the)?)(?: the)?(?: last|"
    rf" past)? {_SPAN}(?! ago)(?!,? (?:since|until|before))"
)
_LASTING_ONE = re.compile(
    rf"\b(?:for|over|in|during|since)(?: the)? (?:last|past) (?P<unit>{'|'.join(DAYS_PER_UNIT)})\b"
)
_SPAN_AND_HALF = re.compile(
    rf"\b(?:a|an|one|1) (?P<unit>{_UNIT}) and (?:a|one) half\b|\b{_COUNT} and a half (?P<units>{_UNIT})\b"
)
_AGO = re.compile(rf"{_SPAN} (?:ago|now|back)\b")
_BARE = re.compile(_SPAN)
_VAGUELY_LONG = re.compile(r"\bfor(?: many| several)? (?P<unit>days|weeks|months|years)\b")
_SINCE_NOW = re.compile(
    r"\b(?:since|from|as of|starting|started|began)(?: about| around)? "
    r"(?P<day>yesterday|this morning|last night|today|tonight|(?:last|the past) (?:week|weekend|month|year|"
    r"summer|winter|spring|fall|autumn)|"
    rf"(?:last |this )?(?P<weekday>{'|'.join(_WEEKDAYS)})|the weekend|childhood)\b"
)
_DAYS_SINCE = {"week": 7, "weekend": 7, "month": 30, "year": 365, "childhood": 3650} | dict.fromkeys(_SEASONS, 180)
# What has been done so long is no complaint ("I have been running for 20 years").
_DOING = re.compile(
    r"\b(?:i|we|he|she)(?:'ve|'m| have| has| am)?(?: been)? (?:a |an )?"
    r"(?:running|run|working|worked|work|jogging|dancing|teaching|driving|playing|training|living|taking|using|"
    r"wearing|doing|married|retired|takes?|took|uses?|wears?|been on|on)"
    r"(?: \w+){0,3} ?$"
    r"|\b(?:takes?|taken|taking) (?:(?!\bhurt|\bpain|\bache|\bsore|\bit\b|\bbut\b)[^.!?,;\n]){0,50}$"
)
_SINCE_YEAR = re.compile(
    r"\b(?:since|from|ever since)(?: about| around| early| late| \w+)? (?P<year>(?:19|20)\d\d)\b(?![-/.])"
)
_SINCE_YOUTH = re.compile(
    r"\bsince (?:my|his|her|their) (?:teens|teenage years|twenties|youth|school days|college days)\b"
)
_SHORT_OF = re.compile(
    rf"\b{_COUNT}(?: of)? (?P<unit>{_UNIT}) (?:shy of|short of|under|less than) (?:a|an|one|1) (?P<whole>{_UNIT})\b"
)
_NOT_SO_LONG = re.compile(
    rf"\b(?:not|isn't)(?: for)?(?: just| only)? {_SPAN},? (?:it'?s(?: been)?|it is|but|more like|rather) (?P<rest>.*)"
)
# A time that it is denied to have begun at: "it's 3 days, not since today".
_NOT_SINCE = re.compile(
    r",?\s*\b(?:not|isn't|wasn't)(?: just| only)?(?: since| from)? "
    r"(?:yesterday|this morning|last night|today|tonight)\b"
)
_IT_IS = re.compile(
    rf"\b(?:it'?s|it is|it has)(?: been)?(?: like)? {_SPAN}(?=\s*(?:$|[.,;!?]|now\b|already\b|and\b|but\b))"
)
_PART_OF_A_UNIT = re.compile(
    r"\b(?:most of|all|the whole|nearly all|almost all)(?: of)?(?: the| this| last)? "
    r"(?P<unit>week|month|year|summer|winter)\b"
)
_DAYS_OF_A_SEASON = 90
_ONSET = re.compile(r"\b(?:start|began|begun|begin|came on|noticed|happened|ongoing)")

_LEVELS = {word: value for word, value in NUMBERS.items() if value <= _WORST}
_LEVEL_WORD = "|".join(_LEVELS)
_RATIO = re.compile(
    rf"(?<![\d/])(?P<level>\d{{1,2}}|\b(?:{_LEVEL_WORD}))(?:\.\d|\+)?"
    r"(?:(?: ?- ?| to | or )(?P<upper>\d{1,2}))? ?(?P<scale>/|out of|outta|on a scale of|on the scale of|over) ?"
    r"(?:a )?(?:10|ten|1 to 10)\b(?!/)"
)
_GIVEN = re.compile(
    rf"\b(?:give it|rate it|rated|rating|scale|score|level|put it at|call it|say it's|pain'?s?)(?: is| was|'s|:|"
    rf" at| of| about| a| an| around| like| as| maybe| probably| up to| solid| good| strong| easily)* "
    rf"(?P<level>\d{{1,2}}|{_LEVEL_WORD})\b(?![/.:%]\d|-year|\s*(?:{_UNIT}|times|toes|places|spots|am|pm|years?|"
    rf"points?)\b)"
)
_ON_A_SCALE = re.compile(
    r"\bscale (?:of|from) (?:0|1|one|zero)(?: ?- ?| to )(?:10|ten)\b(?P<filler>[^.\d]{0,30}?)(?P<level>\d{1,2})\b"
)
# A bare level: "I'd say an eight", "an 8", "8ish"; what is worn, taken or a time of day is none.
_ENDS = r"(?=\s*(?:$|[.,;!?)]|on (?:a|the|bad)|at (?:its|the) worst|right now|today))"
_SAID = (
    re.compile(
        rf"\b(?:i'?d|i would|i'll|let'?s|lets) (?:say|give it|go with|call it)(?: it'?s| it is)?"
        rf"(?: about| around| maybe| like| probably| a| an| solid| good| strong)* "
        rf"(?P<level>\d{{1,2}}|{_LEVEL_WORD})(?:ish)?{_ENDS}"
    ),
    re.compile(
        rf"(?:^|\b(?:it'?s|it is|that'?s|is|was|like|about|probably|maybe|easily|a solid|say) )"
        rf"(?:a|an) (?P<level>\d{{1,2}}|{_LEVEL_WORD}){_ENDS}"
    ),
    re.compile(rf"(?<!at )(?<!by )(?<!size )(?<!till )(?<!until )\b(?P<level>\d{{1,2}}) ?-?ish{_ENDS}"),
)
_SPOKEN_LEVEL = (
    (
        re.compile(
            r"\b(?:worst pain (?:of|in) my life|worst pain (?:imaginable|ever)|off the (?:charts?|scale)|"
            r"unbearabl[ey]|10\+)"
        ),
        10,
    ),
    (re.compile(r"\b(?:excruciating\w*|agony|agoni[sz]ing|crippling)\b"), 8),
)
_NOT_SO = re.compile(r"\b(?:not|isn't|never|no|without|if)(?: \w+){0,2} ?$")
_LEVEL = re.compile(
    r"(?: level| score| scale)?(?: is| was|'s|:| at| of| about| a| an| around| like)* ?(\d{1,2})(?![\d/.:%]|\s*[a-z])"
)


def duration_days(text: str, year: int | None = None) -> int | None:
    """Return how long something has lasted, in days, from a plain text; None when it does not say.

    Args:
        text: lower case.
        year: the present year, for those who say since which one; today's when None.
    """
    text = _NOT_SINCE.sub("", text)
    if found := _NOT_SO_LONG.search(text):
        return duration_days(f"for {found['rest']}", year)
    if found := _SHORT_OF.search(text):
        days = DAYS_PER_UNIT[found["whole"]] - _number(found["count"]) * DAYS_PER_UNIT[found["unit"]]
        return max(1, round(days))
    if found := _SPAN_AND_HALF.search(text):
        return _and_a_half(found)
    for pattern in (_LASTING, _LASTING_ONE, _VAGUELY_LONG, _IT_IS):
        for found in pattern.finditer(text):
            if not _DOING.search(text[: found.start()]):
                return _days(found)
    if found := _SINCE_NOW.search(text):
        return _DAYS_SINCE_A_WEEKDAY if found["weekday"] else _DAYS_SINCE.get(found["day"].split()[-1], 1)
    if (long := _since_a_time(text, year or datetime.now(UTC).year)) is not None:
        return long
    if (found := _AGO.search(text)) and (found[0].endswith("now") or _ONSET.search(_sentence(text, found))):
        return _days(found)
    if len(text.split()) <= _WORDS_OF_A_BARE_ANSWER and (found := _BARE.search(text)):
        return _days(found)
    return None


def _since_a_time(text: str, year: int) -> int | None:
    """Return the days since a year or a part of life, or the most of a week, month or year that it has lasted."""
    if (found := _SINCE_YEAR.search(text)) and 0 <= year - int(found["year"]) < _LONGEST_YEARS:
        return round(max(DAYS_PER_UNIT["month"], (year - int(found["year"])) * DAYS_PER_UNIT["year"]))
    if _SINCE_YOUTH.search(text):
        return _DAYS_SINCE["childhood"]
    if (found := _PART_OF_A_UNIT.search(text)) and not _DOING.search(text[: found.start()]):
        whole = DAYS_PER_UNIT.get(found["unit"], _DAYS_OF_A_SEASON)
        return round(whole if found[0].startswith(("all", "the whole")) else _MOST * whole)
    return None


def severity_0_10(text: str, pain_word_ends: tuple[int, ...]) -> int | None:
    """Return the worst pain level named, 0 to 10. `pain_word_ends` are the offsets after the words for pain."""
    levels = [_level(found["upper"] or found["level"]) for found in _RATIO.finditer(text)]
    on_a_scale = [_level(found["level"]) for found in _ON_A_SCALE.finditer(text)]
    levels += on_a_scale or [_level(found["level"]) for found in _GIVEN.finditer(text)]
    for end in pain_word_ends:
        if found := _LEVEL.match(text, end):
            levels.append(int(found[1]))
    levels += [_level(found["level"]) for pattern in _SAID for found in pattern.finditer(text)]
    if any(found["scale"].startswith("out") and _level(found["level"]) > _WORST for found in _RATIO.finditer(text)):
        levels.append(_WORST)
    named = [level for level in levels if level <= _WORST]
    return max(named) if named else _spoken_level(text)


def _level(word: str) -> int:
    return _LEVELS[word] if word in _LEVELS else int(word)


def _spoken_level(text: str) -> int | None:
    for pattern, level in _SPOKEN_LEVEL:
        for found in pattern.finditer(text):
            if not _NOT_SO.search(text[: found.start()]):
                return level
    return None


def _sentence(text: str, found: re.Match[str]) -> str:
    start = max(text.rfind(mark, 0, found.start()) for mark in ".!?\n") + 1
    ends = [place for mark in ".!?\n" if (place := text.find(mark, found.end())) >= 0]
    return text[start : min(ends, default=len(text))]


def _and_a_half(found: re.Match[str]) -> int:
    unit = found["unit"] or found["units"]
    count = _number(found["count"]) if found["count"] else 1
    return max(1, round((count + 0.5) * DAYS_PER_UNIT[unit]))


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
