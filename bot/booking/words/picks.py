"""Which of the offered visits a message picks: by its place, its time, its day, or as the later one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

from bot.booking.visits import When, Wish
from bot.booking.words.contact_words import without_contact
from bot.dates.fitting import fits
from bot.dates.phrases import any_of, phrases, word_of
from bot.dates.wording import plain

_CLAUSE = re.compile(r"[,.;!?\n]+(?!\d)| - | and ")
_BARE_HOUR = re.compile(r"(?<![\d:#])(?P<hour>1[0-2]|0?[1-9])(?::(?P<minute>[0-5]\d))?(?![\d:/%]|\s?(?:st|nd|rd|th)\b)")
_MOST_PLACES = 5


def picked(text: str, starts: Sequence[dt.datetime], wish: Wish) -> int | None:
    """Return the index of the visit that the text picks, None where it picks none or could mean several.

    Args:
        text: what the visitor wrote; contact details and other words may stand beside the pick.
        starts: local starts of the offered visits, in the order in which they were offered.
        wish: what `read_wish` reads in the text.
    """
    if not starts:
        return None
    wording = re.sub(rf"(?<!the ){_any('no_picks')}", " ~ ", plain(without_contact(text)))
    clauses = [clause for part in _CLAUSE.split(wording) if (clause := part.strip(" -'\""))]
    # "2" means two o'clock where that is offered, else the second one.
    for reader in (_by_time, _by_place, _by_hour):
        for clause in clauses:
            if (found := reader(clause, starts)) is not None:
                return found
    return _by_wish(clauses, starts, wish)


def _by_place(clause: str, starts: Sequence[dt.datetime]) -> int | None:
    """Read "the second one", "2nd", "the later one", alone in their clause or with a noun behind them."""
    match = _framed().fullmatch(clause)
    if match is None and not re.search(_any("pick_negations"), clause):
        match = _within().search(clause)
    if match is None:
        return None
    which, order = match["which"], sorted(range(len(starts)), key=starts.__getitem__)
    words = phrases().words
    if which in words["pick_last"]:
        return len(starts) - 1
    if which in words["pick_latest"]:
        return order[-1]
    if which in words["pick_earliest"]:
        return order[0]
    if which in words["pick_middle"]:
        return 1 if len(starts) == 3 else None
    place = next(number for number in range(1, _MOST_PLACES + 1) if which in words[f"pick_{number}"])
    return place - 1 if place <= len(starts) else None


def _by_time(clause: str, starts: Sequence[dt.datetime]) -> int | None:
    """Read a bare hour that one offer has: "3 is perfect", "let's do 10:30"."""
    match = _bare_hour(clause)
    return _at(int(match["hour"]), int(match["minute"] or 0), starts) if match else None


def _by_hour(clause: str, starts: Sequence[dt.datetime]) -> int | None:
    """Read a bare hour that stands for the only offer within it: "3" for half past three."""
    match = _bare_hour(clause)
    if match is None or match["minute"] is not None:
        return None
    return _only([place for place, start in enumerate(starts) if _hour(start) == int(match["hour"])])


def _bare_hour(clause: str) -> re.Match[str] | None:
    for match in _BARE_HOUR.finditer(clause):
        if _opening().fullmatch(clause[: match.start()]) and _ending().match(clause[match.end() :]):
            return match
    return None


def _by_wish(clauses: Sequence[str], starts: Sequence[dt.datetime], wish: Wish) -> int | None:
    """Return the one offer that fits a day or a time; a part of day or a limit needs words of a pick beside it."""
    when = wish.when
    if when.others or not (when.date or when.time or when.part_of_day or wish.weekdays):
        return None
    is_span = when.last_date is not None or when.bound is not None or when.until is not None
    exact = not is_span and bool(when.date or when.time or wish.weekdays)
    if not exact and not any(_picks().search(clause) for clause in clauses):
        return None
    fitting = [place for place, start in enumerate(starts) if suits(start, wish)]
    if fitting or when.time is None or is_span:
        return _only(fitting)
    # "The 3 pm one" may stand for half past three, where that is the only one of that hour.
    hour = When(date=when.date, time=when.time, until=dt.time(when.time.hour, 59))
    return _only([place for place, start in enumerate(starts) if fits(start.replace(tzinfo=None), hour)])


def suits(start: dt.datetime, wish: Wish) -> bool:
    """Return whether a visit at that local start has the day and time that are wished for."""
    return fits(start.replace(tzinfo=None), wish.when) and (not wish.weekdays or start.weekday() in wish.weekdays)


def _at(hour: int, minute: int, starts: Sequence[dt.datetime]) -> int | None:
    return _only([place for place, at in enumerate(starts) if (_hour(at), at.minute) == (hour % 12 or 12, minute)])


def _hour(start: dt.datetime) -> int:
    return start.hour % 12 or 12


def _only(places: list[int]) -> int | None:
    return places[0] if len(places) == 1 else None


@cache
def _framed() -> re.Pattern[str]:
    which = "|".join(sorted((re.escape(word) for word in _all_places()), key=len, reverse=True))
    opening, noun, ending = (_any(f"pick_{name}") for name in ("openings", "nouns", "endings"))
    opening = rf"(?:{opening}|{_any('pick_numbered')}|#)"
    return re.compile(rf"(?:{opening} *)*(?P<which>{which})(?: {noun})?(?: {ending})*")


@cache
def _within() -> re.Pattern[str]:
    named = [word for word in _all_places() if not word.isdigit()]
    return re.compile(rf"(?<!\b(?:a|1) )\b(?P<which>{any_of(named)}) {_any('pick_nouns')}")


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('pick_openings')} ?)*(?:at )?")


@cache
def _ending() -> re.Pattern[str]:
    tail = r"(?:$|(?<= )(?:for|because|with|if|as|since)\b)"
    noun, ending = _any("pick_nouns"), _any("pick_endings")
    return re.compile(rf"(?: ?[ap]m| o'clock)?(?: {noun})?(?: {ending})*\s*{tail}")


@cache
def _picks() -> re.Pattern[str]:
    return re.compile(rf"\bthe [^,.;]{{1,25}} {_any('pick_nouns')}|(?:\w|~) {_any('pick_endings')}\s*$")


def _all_places() -> list[str]:
    names = ("last", "latest", "earliest", "middle", *map(str, range(1, _MOST_PLACES + 1)))
    return [word for name in names for word in phrases().words[f"pick_{name}"]]


def _any(words: str) -> str:
    return word_of(phrases().words[words])
