"""What is wished of a visit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class When:
    """A date phrase as understood; None where it was not said.

    Attributes:
        date: the day named; the first one of several ("this weekend").
        time: local time of day named; the first one of a range.
        part_of_day: morning, afternoon or evening.
        last_date: last day where several were named, else None.
        until: end of a range of times ("between 2 and 4"), else None.
        bound: `after` or `before` where the time is a limit ("after 4"), else None.
        not_weekdays: weekdays that are ruled out ("but not Thursdays"), 0 for Monday to 6.
        not_dates: first and last days of what is ruled out otherwise ("not this week but next").
        not_parts: parts of day that are ruled out ("anything except mornings").
        excluded: times that are ruled out by several of their features at once ("except Thursday afternoon").
        edge: `first` or `last` of the day, `early` or `late` in it or in the part of day; None where not said.
        others: further times of which each would do ("or Tuesday after 1"); what is ruled out holds for them too.
    """

    date: dt.date | None = None
    time: dt.time | None = None
    part_of_day: str | None = None
    last_date: dt.date | None = None
    until: dt.time | None = None
    bound: str | None = None
    not_weekdays: tuple[int, ...] = ()
    not_dates: tuple[tuple[dt.date, dt.date], ...] = ()
    not_parts: tuple[str, ...] = ()
    edge: str | None = None
    excluded: tuple[When, ...] = ()
    others: tuple[When, ...] = ()

    @property
    def options(self) -> tuple[When, ...]:
        """Each of the times that would do, this one first, with what is ruled out."""
        alone = replace(self, others=())
        return (alone, *(other.without(alone) for other in self.others))

    def without(self, other: When) -> When:
        """Return this time with what the other one rules out too."""
        return replace(
            self,
            others=(),
            not_weekdays=tuple(sorted({*self.not_weekdays, *other.not_weekdays})),
            not_dates=tuple(dict.fromkeys((*self.not_dates, *other.not_dates))),
            not_parts=tuple(dict.fromkeys((*self.not_parts, *other.not_parts))),
            excluded=tuple(dict.fromkeys((*self.excluded, *other.excluded))),
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """Everything that a visitor wishes of a visit; what was not said is empty.

    Attributes:
        when: day, time, part of day and the weekdays that are ruled out.
        weekdays: 0 (Monday) to 6, only these; empty for any.
        clinician_id: who is wished for; empty for anybody.
        not_clinician_id: who is not wished for ("not the one from last time"); empty for nobody.
        gender: `woman` or `man`, as the clinician states it in the practice file; empty for any.
        language: name of a language that the clinician has to speak, as in the practice file; empty for any.
        before: aware; the visit has to start earlier ("anything sooner?"), None for any.
    """

    when: When = field(default_factory=When)
    weekdays: tuple[int, ...] = ()
    clinician_id: str = ""
    not_clinician_id: str = ""
    gender: str = ""
    language: str = ""
    before: dt.datetime | None = None
