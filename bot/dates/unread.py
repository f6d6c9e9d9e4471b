"""Tell whether words about a time are left over that nothing was read in."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from bot.dates.find_dates import find_dates
from bot.dates.find_times import find_parts, find_times
from bot.dates.phrases import phrases, word_of
from bot.dates.when import OPENS
from bot.dates.wording import plain

_READ = "~"
_LIMITS = (
    *("after", "before", "after_day", "before_day", "from_day", "until_day", "week_before", "week_after", "onwards"),
    *("or_earlier", "any_but", "negations", "not_negations", "negations_after"),
)


def has_unread_time(text: str, now: dt.datetime) -> bool:
    """Tell whether the text says more of when than `read_when` takes from it; `now` is aware."""
    wording = plain(text)
    _, rest = find_dates(wording, now.date())
    parts = find_parts(wording)
    spans = [(part.start, part.end) for part in parts]
    spans += [(time.start, time.end) for time in find_times(rest, parts, OPENS)]
    spans += [match.span() for match in _known().finditer(wording)]
    for start, end in spans:
        rest = rest[:start] + _READ * (end - start) + rest[end:]
    return _left_over().search(rest) is not None


@cache
def _known() -> re.Pattern[str]:
    """What is read without being a mention: kinds and edges of days, and words that take over or ask for any."""
    words = phrases().words
    names = ("weekday_words", "weekend_words", "last_of_day", "first_of_day", "late_in_day", "early_in_day", "soonest")
    whole = "|".join(word_of(words[name]) for name in (*names, "same_time", "same_day", "read_elsewhere"))
    # Of words that limit a time only those of several count here: "after" alone may stand before something unread.
    limits = [word for name in _LIMITS for word in words[name] if " " in word]
    return re.compile(f"{whole}|{word_of(limits)}")


@cache
def _left_over() -> re.Pattern[str]:
    words = phrases()
    named = word_of([*words.weekdays, *words.holidays, *words.words["time_words"]])
    months = word_of(month for month in words.months if month not in words.words["doubtful_months"])
    cues = word_of(words.words["time_cues"])
    followed = rf"(?! (?:(?:about|around|the|on|at|in|like|is|or) )*{_READ})"
    return re.compile(rf"{named}|{months}|{cues}{followed}|(?<![\w~])\d{{1,2}}(?![\w~])")
