"""Tell wishes from what a message rules out, tells about the past or complains about."""

from __future__ import annotations

import re
from functools import cache

from bot.dates.phrases import phrases, word_of

# "any day but Monday" is one clause.
_BREAK = re.compile(
    r"[.;!?](?=\s|$)|,| because | and (?=i |my |it |then )"
    r"|(?<! day)(?<!anything)(?<! time)(?<!anytime)(?<!whenever)(?<! days) but "
)


def is_wish(wording: str, start: int, end: int) -> bool:
    """Tell whether the phrase at `start` to `end` says when the visitor wants to come."""
    before, after = _clause_around(wording, start, end)
    return not (_negated(before) or _negated_after(after) or _past(before, after) or _complaint(before, after))


def is_ruled_out(wording: str, start: int, end: int) -> bool:
    """Tell whether the visitor says of the phrase at `start` to `end` that it does not suit."""
    before, after = _clause_around(wording, start, end)
    negated = _negated(before) or _negated_after(after)
    return negated and not _past(before, after) and not _complaint(before, after)


def _clause_around(wording: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after the phrase in its clause."""
    clause_start = max((match.end() for match in _BREAK.finditer(wording, 0, start)), default=0)
    following = _BREAK.search(wording, end)
    return wording[clause_start:start], wording[end : following.start() if following else len(wording)]


def _negated(before: str) -> bool:
    negation, harmless, restart = _pattern("negations"), _pattern("not_negations"), _pattern("restarts")
    before = harmless.sub(" ", before)
    found = [match.end() for match in negation.finditer(before)]
    return bool(found) and not restart.search(before, found[-1])


def _negated_after(after: str) -> bool:
    match = _pattern("negations_after").search(after)
    # "Tuesday is out" but not "Tuesday or Wednesday, Friday is out": only a few words may stand between.
    return match is not None and len(after[: match.start()].split()) <= 3 and "~" not in after[: match.start()]


def _past(before: str, after: str) -> bool:
    # "Last thing on Thursday" tells about nothing that is over.
    near = " ".join(_pattern("last_of_day").sub(" ", before).split()[-4:])
    if re.match(r"\s*ago\b", after):
        return True
    match = _pattern("past").search(near)
    return match is not None and not _pattern("bookings").search(near, match.end())


def _complaint(before: str, after: str) -> bool:
    clause = f"{before} ~ {after}"
    return _pattern("complaints").search(clause) is not None and _pattern("bookings").search(clause) is None


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(word_of(phrases().words[words]))
