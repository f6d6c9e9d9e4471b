"""An event with its repetitions and their exceptions: the times that it takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.booking.calendar.content_lines import Component, Line
from bot.booking.calendar.event_times import EventTimes, Problem, Span, Window
from bot.booking.calendar.moments import Moment, UnreadableMoment, ZoneOf, in_utc, read_duration, read_moment
from bot.booking.calendar.repetition import Repeated, repeated
from bot.booking.calendar.repetition_rule import read_rule
from bot.booking.calendar.who_blocks import blocks

_DAY = dt.timedelta(days=1)
_LONGEST_REPEATED = dt.timedelta(days=370)


@dataclass(frozen=True, slots=True)
class _Timed:
    """One component: when it begins and how long it takes."""

    component: Component
    start: Moment
    length: dt.timedelta


class Series:
    """The components with one UID: an event, and the exceptions of its repetitions."""

    def __init__(self, events: list[Component], window: Window, zone_of: ZoneOf) -> None:
        self._window, self._zone_of = window, zone_of
        self._mains = _newest([event for event in events if event.first("RECURRENCE-ID") is None])
        changed = [event for event in events if event.first("RECURRENCE-ID") is not None]
        by_place: dict[str, list[Component]] = {}
        for event in changed:
            by_place.setdefault(event.lines["RECURRENCE-ID"][0].value, []).append(event)
        self._exceptions = [_newest(same)[-1] for same in by_place.values()]

    def read_into(self, times: EventTimes) -> None:
        """Add spans and problems."""
        problems: list[Problem] = []
        replaced, shifts = self._replaced()
        for component in self._mains:
            self._add_main(component, replaced, shifts, times, problems)
        for component in self._exceptions:
            timed = self._timed(component, times, problems) if self._counts(component, problems) else None
            if timed is not None:
                times.spans.append(_span(timed, timed.start.wall))
        times.problems += self._that_matter(problems, times)

    def _add_main(
        self,
        component: Component,
        replaced: list[Moment],
        shifts: list[tuple[Moment, _Timed | None]],
        times: EventTimes,
        problems: list[Problem],
    ) -> None:
        if not self._counts(component, problems):
            return
        timed = self._timed(component, times, problems)
        if timed is None:
            return
        if not component.is_whole:
            problems.append(Problem("cut_off", timed.start.wall.date()))
        found = self._repeated(timed, problems)
        left_out = [*replaced, *self._moments(component, "EXDATE")]
        instants = {one.utc for one in left_out if not one.is_day}
        days = {one.wall.date() for one in left_out if one.is_day}
        for start in found.starts:
            if start.date() not in days and in_utc(start, timed.start.zone) not in instants:
                times.spans += _shifted(timed, start, shifts)
        times.spans += [(_span(timed, a)[0], _span(timed, b)[1]) for a, b in found.stretches]

    def _repeated(self, timed: _Timed, problems: list[Problem]) -> Repeated:
        zone, first, lines = timed.start.zone, timed.start.wall, timed.component.lines
        since = _wall(self._window.start, zone) - timed.length - _DAY
        until = _wall(self._window.end, zone) + _DAY
        found = Repeated([first] if since <= first < until else [])
        if "RRULE" in lines and timed.length > _LONGEST_REPEATED and first < until:
            # Longer than a year and repeated: it never ends.
            problems.append(Problem("repetition_unclear", first.date()))
            return Repeated(stretches=[(first, until)])
        excluded: set[dt.datetime] = set()
        for name in ("RRULE", "EXRULE"):
            for line in lines.get(name, ()):
                one = repeated(read_rule(line.value, self._until_of(timed)), first, since, until)
                if name == "RRULE":
                    found.starts += one.starts
                    found.stretches += one.stretches
                elif one.is_exact:
                    excluded.update(one.starts)
                if not one.is_exact:
                    problems.append(Problem("repetition_unclear", first.date()))
        for moment in self._moments(timed.component, "RDATE", problems):
            found.starts.append(moment.utc.astimezone(zone).replace(tzinfo=None) if not moment.is_day else moment.wall)
        found.starts = sorted(set(found.starts) - excluded)
        return found

    def _until_of(self, timed: _Timed) -> _UntilReader:
        return _UntilReader(timed.start.zone, self._window.zone, self._zone_of)

    def _timed(self, component: Component, times: EventTimes, problems: list[Problem]) -> _Timed | None:
        """Return when the component is; where its time cannot be read, take its day, or say that nothing is known."""
        read = [read_moment(line, self._window.zone, self._zone_of) for line in component.lines.get("DTSTART", ())]
        starts = [one for one in read if isinstance(one, Moment)]
        if starts:
            start = min(starts, key=lambda one: one.utc)
            if len({one.utc for one in starts}) > 1:
                problems.append(Problem("several_starts", start.wall.date()))
            return _Timed(component, start, self._length(component, start, max(starts, key=_utc), problems))
        end = component.first("DTEND")
        bad = [*read, *([read_moment(end, self._window.zone, self._zone_of)] if end else [])]
        days = [one.day if isinstance(one, UnreadableMoment) else one.wall.date() for one in bad]
        day = next((one for one in days if one), None)
        problem = next((one.problem for one in bad if isinstance(one, UnreadableMoment)), "time_unreadable")
        problems.append(Problem(problem, day))
        if day is None:
            times.is_lost = True
            return None
        midnight = Moment(dt.datetime.combine(day, dt.time()), self._window.zone, is_day=True)
        return _Timed(component, midnight, _DAY)

    def _length(self, component: Component, start: Moment, last: Moment, problems: list[Problem]) -> dt.timedelta:
        line, duration = component.first("DTEND"), component.first("DURATION")
        rest = dt.datetime.combine(start.wall.date() + _DAY, dt.time()) - start.wall
        if line is not None:
            end = read_moment(line, self._window.zone, self._zone_of)
            if isinstance(end, Moment):
                length = end.wall - start.wall if start.zone is end.zone or start.is_day else end.utc - start.utc
                if length > dt.timedelta() or (not length and not start.is_day):
                    return length
            if start.is_day:
                return _DAY
            problems.append(Problem("end_unreadable", start.wall.date()))
            return rest
        if duration is not None:
            read = read_duration(duration.value)
            if read is None:
                problems.append(Problem("end_unreadable", start.wall.date()))
                return rest
            return read + (last.utc - start.utc)
        if not component.is_whole:
            return rest
        return _DAY if start.is_day else last.utc - start.utc

    def _replaced(self) -> tuple[list[Moment], list[tuple[Moment, _Timed | None]]]:
        """Return the places in the series that exceptions stand for, and from where on they change all that follows."""
        places, shifts = [], []
        for component in self._exceptions:
            line = component.lines["RECURRENCE-ID"][0]
            place = read_moment(line, self._window.zone, self._zone_of)
            if not isinstance(place, Moment):
                continue
            places.append(place)
            if line.parameters.get("RANGE", "").upper() == "THISANDFUTURE":
                takes = blocks(component, self._window.own_addresses).takes_time
                lost = EventTimes("", "")
                shifts.append((place, self._timed(component, lost, []) if takes else None))
        return places, sorted(shifts, key=lambda shift: shift[0].utc)

    def _moments(self, component: Component, name: str, problems: list[Problem] | None = None) -> Iterator[Moment]:
        for line in component.lines.get(name, ()):
            for text in line.value.split(","):
                read = read_moment(Line(text.partition("/")[0], line.parameters), self._window.zone, self._zone_of)
                if isinstance(read, Moment):
                    yield read
                elif problems is not None:
                    problems.append(Problem("repetition_unclear", read.day))

    def _counts(self, component: Component, problems: list[Problem]) -> bool:
        rule = blocks(component, self._window.own_addresses)
        if rule.is_told:
            line = component.first("DTSTART")
            start = read_moment(line, self._window.zone, self._zone_of) if line else None
            problems.append(Problem(rule.name, start.wall.date() if isinstance(start, Moment) else None))
        return rule.takes_time

    def _that_matter(self, problems: list[Problem], times: EventTimes) -> Iterator[Problem]:
        """Return what is about the time that is asked about; the day is the next one that it takes."""
        first = self._window.start.astimezone(self._window.zone).date()
        coming = sorted(span for span in times.spans if span[1] > self._window.start and span[0] < self._window.end)
        for problem in dict.fromkeys(problems):
            if problem.day is None or problem.day >= first:
                yield problem
            elif coming and problem.code == "repetition_unclear":
                yield replace(problem, day=max(coming[0][0].astimezone(self._window.zone).date(), first))


class _UntilReader:
    """Reads UNTIL of an event."""

    def __init__(self, zone: dt.tzinfo, local: dt.tzinfo, zone_of: ZoneOf) -> None:
        self._zone, self._local, self._zone_of = zone, local, zone_of

    def __call__(self, text: str) -> dt.datetime | None:
        """Return the last start, as clocks show it at the event; a day counts to its end."""
        read = read_moment(Line(text, {}), self._zone, self._zone_of)
        if not isinstance(read, Moment):
            return None
        if read.is_day:
            return read.wall + _DAY - dt.timedelta(seconds=1)
        return read.utc.astimezone(self._zone).replace(tzinfo=None)


def _newest(events: list[Component]) -> list[Component]:
    """Return the events of the highest version; of several, each counts."""
    latest = max((_version(event) for event in events), default=0)
    return [event for event in events if _version(event) == latest]


def _version(event: Component) -> int:
    text = event.word("SEQUENCE")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _utc(moment: Moment) -> dt.datetime:
    return moment.utc


def _wall(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _span(timed: _Timed, start: dt.datetime) -> Span:
    zone = timed.start.zone
    begin = in_utc(start, zone)
    # Days are days of the calendar, also where the clocks change; hours are hours.
    end = in_utc(start + timed.length, zone) if timed.start.is_day else begin + timed.length
    return begin, end


def _shifted(timed: _Timed, start: dt.datetime, shifts: list[tuple[Moment, _Timed | None]]) -> Iterator[Span]:
    here = in_utc(start, timed.start.zone)
    place, other = next(((place, other) for place, other in reversed(shifts) if place.utc <= here), (None, timed))
    if place is None:
        yield _span(timed, start)
    elif other is not None:
        begin = here + (other.start.utc - place.utc)
        yield begin, begin + other.length
