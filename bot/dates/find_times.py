"""Find the times of day that a message names."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from bot.dates.phrases import any_of, phrases, word_of
from bot.dates.wording import HOUR


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time of day at `start` to `end` of the wording; `until` and `bound` as in `When`."""

    start: int
    end: int
    time: dt.time
    until: dt.time | None = None
    bound: str | None = None


@dataclass(frozen=True, slots=True)
class PartMention:
    """A part of day at `start` to `end` of the wording."""

    start: int
    end: int
    part: str


_TAIL = r"(?!\d|:\d|[./]\d|st\b|nd\b|rd\b|th\b)"
_CLOCK = rf"(?<![\d:./-]){HOUR}(?::[0-5]\d)?{_TAIL}"
_BARE = rf"(?<![\d:./-])(?:1[0-2]|0?[1-9])(?::[0-5]\d)?{_TAIL}"
_FIRST_MORNING_HOUR = 8
_HALF = r"(?: ?[ap]m\b)?"


def find_parts(wording: str) -> list[PartMention]:
    """Return the parts of day in their order."""
    pattern, parts = _part_pattern(), phrases().parts_of_day
    return [PartMention(*match.span("part"), parts[match["part"]]) for match in pattern.finditer(wording)]


def find_times(wording: str, parts: list[PartMention], opens: dt.time) -> list[TimeMention]:
    """Return the times in their order; a bare hour before `opens` is meant for the afternoon."""
    mentions = []
    for pattern in _range_pattern(), *_time_patterns():
        for match in list(pattern.finditer(wording)):
            mention = _mention(match, parts, opens)
            if mention is not None:
                mentions.append(mention)
                start, end = match.span("time")
                wording = wording[:start] + "~" * (end - start) + wording[end:]
    return sorted(mentions, key=lambda mention: mention.start)


@cache
def _part_pattern() -> re.Pattern[str]:
    return re.compile(f"(?P<part>{word_of(phrases().parts_of_day)})")


@cache
def _range_pattern() -> re.Pattern[str]:
    amount = rf"(?!\s?-?\s?{word_of(phrases().words['amounts'])})"
    joint = "(?: ?- ?| and | to | until | till | til )"
    return re.compile(
        rf"(?P<time>(?P<cue>(?:between|from) |(?<=work )|(?<=working )|(?<=busy ))?(?P<first>{_CLOCK}{_HALF}){joint}"
        rf"(?P<last>{HOUR}(?::[0-5]\d)?{_TAIL}{_HALF})){amount}(?! ?-)"
    )


@cache
def _time_patterns() -> tuple[re.Pattern[str], ...]:
    words = phrases()
    amount = rf"(?!\s?-?\s?{word_of(words.words['amounts'])}|\s?%|\s?/|-)"
    # What follows a bare hour: "by 1 friend" is no time.
    go_on = rf"(?=[\s.,;!?)]*$|[.,;!?)]|\s?~| {word_of(words.words['after_hour'])})"
    part = f"(?:in the |at |the )?{word_of(words.parts_of_day)}"
    return (
        re.compile(rf"(?P<time>(?P<first>(?<![\d:./-]){HOUR}:[0-5]\d{_HALF}))(?!\d)"),
        re.compile(rf"(?P<time>(?P<first>(?<![\d:./-]){HOUR} ?[ap]m\b))"),
        re.compile(rf"{part},?(?: at| around| about| by)? (?P<time>(?P<first>{_CLOCK})){amount}"),
        re.compile(
            rf"(?P<time>(?P<first>{_CLOCK}))(?: o'clock)?,?(?: ~+)? (?:in the |this |at )?{word_of(words.parts_of_day)}"
        ),
        re.compile(
            rf"(?<!\w)(?<!\d ){any_of(words.words['hour_cues'])} (?:like )?(?P<time>(?P<first>{_BARE})){amount}{go_on}"
        ),
        re.compile(rf"(?P<time>(?P<first>{_CLOCK})) on ~"),
        re.compile(rf"~ (?:for )?(?P<time>(?P<first>{_CLOCK})){amount}(?=[\s.,;!?]*$)"),
    )


def _mention(match: re.Match[str], parts: list[PartMention], opens: dt.time) -> TimeMention | None:
    found = match.groupdict()
    start, end = match.span("time")
    if found.get("last"):
        beside_date = match.string[:start].endswith("~ ") or re.match(r"(?: on)? ~", match.string[end:])
        if found["cue"] is None and not beside_date and not re.search(r":|[ap]m", match["time"]):
            return None
        span = _range(found["first"], found["last"], _part_near(parts, start, end), opens)
        return TimeMention(start, end, span[0], until=span[1]) if span else None
    time = _time(found["first"], _part_near(parts, start, end), opens)
    return TimeMention(start, end, time, bound=_bound(match.string, start, end)) if time else None


def _part_near(parts: list[PartMention], start: int, end: int) -> str | None:
    """Return the part of day beside the time, else the only one of the message."""
    for mention in parts:
        if 0 <= start - mention.end <= 8 or 0 <= mention.start - end <= 10:
            return mention.part
    return parts[0].part if len({mention.part for mention in parts}) == 1 else None


def _time(text: str, part: str | None, opens: dt.time) -> dt.time | None:
    match = re.fullmatch(r"(\d{1,2})(?::(\d\d))? ?([ap]m)?", text)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and hour > 12:
        # "14:30 pm" is said; "14:30 am" is a slip.
        return dt.time(hour, minute) if half == "pm" else None
    if half:
        return dt.time(hour % 12 + (12 if half == "pm" else 0), minute)
    if hour > 12 or hour == 0:
        return dt.time(hour, minute)
    if part == "evening" and hour == 12:
        return None
    if part == "afternoon" and _FIRST_MORNING_HOUR <= hour < 12:
        # "In the afternoon, half past nine" is a slip: neither may be taken for sure.
        return None
    early = dt.time(hour, minute)
    if part in ("afternoon", "evening") or early < opens:
        # Nobody means three at night, not even with "morning" in the message.
        return dt.time(hour % 12 + 12, minute) if part != "morning" else None
    return early


def _range(first: str, last: str, part: str | None, opens: dt.time) -> tuple[dt.time, dt.time] | None:
    end = _time(last, part, opens)
    start = _time(first, part, opens)
    if start is None or end is None:
        return None
    if "m" in last and "m" not in first:
        same = _time(f"{first} {last[-2:]}", None, opens)
        start = same if same and same < end else _time(f"{first} am", None, opens) or start
    elif "m" in first and "m" not in last:
        later = (_time(f"{last} {half}", None, opens) for half in ("am", "pm"))
        end = next((time for time in later if time and time > start), end)
    if end == dt.time():
        # Midnight ends the day.
        end = dt.time(23, 59)
    return (start, end) if start < end else None


def _bound(wording: str, start: int, end: int) -> str | None:
    words, before, after = phrases().words, wording[:start], wording[end:]
    limits = {word: bound for bound in ("after", "before") for word in words[bound]}
    match = re.search(rf"(?P<word>{word_of(limits)})(?: (?:about|around|like))? $", before)
    if match:
        return limits[match["word"]]
    if re.match(rf" ?{word_of(words['onwards'])}(?=[\s.,;!?]*$|[.,;!?]| ~| on)", after):
        return "after"
    return "before" if re.match(rf" ?{word_of(words['or_earlier'])}", after) else None
