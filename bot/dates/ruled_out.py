"""Read what a message rules out, alone ("no mornings") or several features together ("not Thursday afternoon")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.dates.date_mention import DateMention
from bot.dates.find_times import PartMention, TimeMention
from bot.dates.ruling_out import is_ruled_out
from bot.dates.wish import When

Mention = DateMention | PartMention | TimeMention

_JOINT = re.compile(r"\b(?:or|and|nor|not|no)\b|[,/;&]")
_FARTHEST = 12
"""Characters between two mentions that rule out one thing together."""


@dataclass(frozen=True, slots=True)
class RuledOut:
    """What is ruled out, as the fields of a wish that say so, and the days among it as they are mentioned."""

    when: When
    mentions: list[DateMention]


def read_ruled_out(
    wording: str, dates: Sequence[DateMention], parts: Sequence[PartMention], times: Sequence[TimeMention]
) -> RuledOut:
    """Return what the wording, of which these are all the mentions, rules out."""
    found: list[Mention] = [*dates, *parts, *times]
    out = [one for one in found if is_ruled_out(wording, one.start, one.end)]
    out.sort(key=lambda one: (one.start, one.end))
    when = When()
    for group in _groups(out, wording):
        when = _without_group(when, group)
    return RuledOut(when, [one for one in out if isinstance(one, DateMention)])


def _groups(mentions: Sequence[Mention], wording: str) -> list[list[Mention]]:
    groups = [[mentions[0]]] if mentions else []
    for one, other in pairwise(mentions):
        between = wording[one.end : other.start]
        kinds = {type(member) for member in groups[-1]}
        if type(other) in kinds or _JOINT.search(between) or len(between) > _FARTHEST:
            groups.append([other])
        else:
            groups[-1].append(other)
    return groups


def _without_group(when: When, group: Sequence[Mention]) -> When:
    if len(group) > 1 or isinstance(group[0], TimeMention):
        together = When()
        for one in group:
            together = _named(together, one)
        return replace(when, excluded=(*when.excluded, together))
    only = group[0]
    if isinstance(only, PartMention):
        return replace(when, not_parts=(*when.not_parts, only.part))
    if only.weekday is not None:
        return replace(when, not_weekdays=tuple(sorted({*when.not_weekdays, only.weekday})))
    return replace(when, not_dates=(*when.not_dates, (only.first, only.last or only.first))) if only.first else when


def _named(when: When, mention: Mention) -> When:
    """Return a time that has what is mentioned too."""
    if isinstance(mention, PartMention):
        return replace(when, part_of_day=mention.part)
    if isinstance(mention, TimeMention):
        return replace(when, time=mention.time, until=mention.until, bound=mention.bound)
    if mention.weekday is not None:
        return replace(when, not_weekdays=tuple(day for day in range(7) if day != mention.weekday))
    return replace(when, date=mention.first, last_date=mention.last)
