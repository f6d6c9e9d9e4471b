"""The times of a repeated event (RFC 5545, section 3.3.10) within a window, in bounded work."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.booking.calendar.repetition_rule import ONCE_A_DAY_OR_LESS, SEVERAL_A_DAY, Rule

# So many days are looked at to count COUNT from the first one on: far more than any event of a practice has.
_MOST_DAYS = 50_000
# More starts in one day leave no room for a visit between them.
_MOST_A_DAY = 288
_NO_VISIT_FITS = 300
_DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class Repeated:
    """The times of a rule.

    Attributes:
        starts: as clocks show them, in order.
        stretches: within which it starts again and again, without a break long enough for a visit.
        is_exact: False where more was taken than the rule may say.
    """

    starts: list[dt.datetime] = field(default_factory=list)
    stretches: list[tuple[dt.datetime, dt.datetime]] = field(default_factory=list)
    is_exact: bool = True


def repeated(rule: Rule, first: dt.datetime, since: dt.datetime, until: dt.datetime) -> Repeated:
    """Return the starts of a rule from `since` to before `until`; the work does not grow with the age of the event.

    Args:
        rule: what was read.
        first: start of the first event; it counts where the rule does not name it, too.
        since: as clocks show it at the event, like `first` and `until`.
        until: end of the window.
    """
    found = Repeated(is_exact=rule.is_clear)
    if rule.frequency in SEVERAL_A_DAY:
        _often(rule, first, since, until, found)
    else:
        _seldom(rule, first, since, until, found)
    if since <= first < until and first not in found.starts:
        found.starts.insert(0, first)
    return found


def _seldom(rule: Rule, first: dt.datetime, since: dt.datetime, until: dt.datetime, found: Repeated) -> None:
    """Times that come once a day or less, or several times on such days."""
    times = _times(rule, first)
    if is_dense := len(times) > _MOST_A_DAY:
        times, rule = [dt.time()], replace(rule, count=None, numbers={**rule.numbers, "BYSETPOS": ()})
    end = min(until, rule.until + dt.timedelta(seconds=1)) if rule.until else until
    looked_at = counted = 0
    for days in _periods(rule, first, first if rule.count else max(first, since)):
        looked_at += len(days)
        if looked_at > _MOST_DAYS and rule.count:
            # Counted no further: it goes on, then.
            found.is_exact = False
            _seldom(replace(rule, count=None), first, since, until, found)
            return
        if not days or days[0] > end.date():
            break
        starts = [dt.datetime.combine(day, time) for day in days if _is_day(rule, first, day) for time in times]
        for start in _placed(rule, starts):
            counted += start >= first
            if start >= end or (rule.count is not None and counted > rule.count):
                break
            if start >= max(first, since) or (is_dense and start + _DAY > max(first, since)):
                found.starts.append(start)
        if rule.count is not None and counted >= rule.count:
            break
    if is_dense:
        found.stretches, found.starts, found.is_exact = [(one, one + _DAY) for one in found.starts], [], False


def _times(rule: Rule, first: dt.datetime) -> list[dt.time]:
    hours = rule.numbers.get("BYHOUR", (first.hour,))
    minutes = rule.numbers.get("BYMINUTE", (first.minute,))
    seconds = tuple(min(one, 59) for one in rule.numbers.get("BYSECOND", (first.second,)))
    return [dt.time(hour, minute, second) for hour in hours for minute in minutes for second in seconds]


def _placed(rule: Rule, starts: list[dt.datetime]) -> list[dt.datetime]:
    places = rule.numbers.get("BYSETPOS", ())
    if not places or 0 in places:
        return starts
    chosen = {place - 1 if place > 0 else len(starts) + place for place in places}
    return [start for place, start in enumerate(starts) if place in chosen]


def _periods(rule: Rule, first: dt.datetime, begun: dt.datetime) -> Iterator[list[dt.date]]:
    """Return the days of each period of the rule, from the one on in which `begun` lies."""
    day, place = first.date(), _place(rule, first, begun.date())
    place -= place % rule.interval
    week = day - (day.weekday() - rule.week_start) % 7 * _DAY
    while True:
        try:
            if rule.frequency == "DAILY":
                yield [day + place * _DAY]
            elif rule.frequency == "WEEKLY":
                yield [week + (7 * place + later) * _DAY for later in range(7)]
            elif rule.frequency == "MONTHLY":
                months = day.year * 12 + day.month - 1 + place
                yield list(_span(dt.date(months // 12, months % 12 + 1, 1), None))
            else:
                yield list(_span(dt.date(day.year + place, 1, 1), dt.date(day.year + place, 12, 31)))
        except (ValueError, OverflowError):
            return
        place += rule.interval


def _place(rule: Rule, first: dt.datetime, day: dt.date) -> int:
    if rule.frequency == "YEARLY":
        return max(day.year - first.year, 0)
    if rule.frequency == "MONTHLY":
        return max((day.year - first.year) * 12 + day.month - first.month, 0)
    begin = first.date()
    if rule.frequency == "WEEKLY":
        begin -= (begin.weekday() - rule.week_start) % 7 * _DAY
        return max((day - begin).days // 7, 0)
    return max((day - begin).days, 0)


def _span(start: dt.date, last: dt.date | None) -> Iterator[dt.date]:
    last = last or start.replace(day=calendar.monthrange(start.year, start.month)[1])
    return (start + number * _DAY for number in range((last - start).days + 1))


def _is_day(rule: Rule, first: dt.datetime, day: dt.date) -> bool:
    numbers = rule.numbers
    months, of_month = numbers.get("BYMONTH", ()), numbers.get("BYMONTHDAY", ())
    days = rule.days
    if (
        not (days or of_month or "BYYEARDAY" in numbers or "BYWEEKNO" in numbers)
        and rule.frequency in ONCE_A_DAY_OR_LESS
    ):
        if rule.frequency == "YEARLY":
            months = months or (first.month,)
        if rule.frequency in ("YEARLY", "MONTHLY"):
            of_month = (first.day,)
        elif rule.frequency == "WEEKLY":
            days = ((0, first.weekday()),)
    elif "BYWEEKNO" in numbers and not (days or of_month):
        days = ((0, first.weekday()),)
    if months and day.month not in months:
        return False
    if of_month and not _among(of_month, day.day, calendar.monthrange(day.year, day.month)[1]):
        return False
    if "BYYEARDAY" in numbers and not _among(numbers["BYYEARDAY"], day.timetuple().tm_yday, _year_length(day.year)):
        return False
    if "BYWEEKNO" in numbers and not _in_week(rule, day):
        return False
    return not days or any(_is_weekday(rule, day, nth, weekday) for nth, weekday in days)


def _is_weekday(rule: Rule, day: dt.date, nth: int, weekday: int) -> bool:
    if day.weekday() != weekday:
        return False
    if not nth or rule.frequency not in ("MONTHLY", "YEARLY"):
        return True
    if rule.frequency == "MONTHLY" or "BYMONTH" in rule.numbers:
        place, length = day.day, calendar.monthrange(day.year, day.month)[1]
    else:
        place, length = day.timetuple().tm_yday, _year_length(day.year)
    return (place - 1) // 7 + 1 == nth if nth > 0 else (length - place) // 7 + 1 == -nth


def _among(wanted: tuple[int, ...], place: int, length: int) -> bool:
    return place in wanted or place - length - 1 in wanted


def _year_length(year: int) -> int:
    return 366 if calendar.isleap(year) else 365


def _in_week(rule: Rule, day: dt.date) -> bool:
    """Tell whether the day is in one of the weeks; the first has four days or more in the year."""

    def begin(year: int) -> dt.date:
        fourth = dt.date(year, 1, 4)
        return fourth - (fourth.weekday() - rule.week_start) % 7 * _DAY

    year = next(one for one in (day.year + 1, day.year, day.year - 1) if day >= begin(one))
    count = (begin(year + 1) - begin(year)).days // 7
    return _among(rule.numbers["BYWEEKNO"], (day - begin(year)).days // 7 + 1, count)


def _often(rule: Rule, first: dt.datetime, since: dt.datetime, until: dt.datetime, found: Repeated) -> None:
    """Times that come several times a day."""
    step = rule.interval * SEVERAL_A_DAY[rule.frequency]
    by_time: dict[str, tuple[int, ...]] = {
        name: rule.numbers[name] for name in ("BYHOUR", "BYMINUTE", "BYSECOND") if name in rule.numbers
    }
    by_day = rule.days or rule.numbers.keys() - by_time.keys()
    end = min(until, rule.until + dt.timedelta(seconds=1)) if rule.until else until
    if rule.count is not None and not by_time and not by_day:
        # Summed in whole days first: a count may reach beyond all calendars.
        reach = min((rule.count - 1) * step, 86_400 * 3_000_000 // 2)
        room = int((end - first).total_seconds())
        end = first + dt.timedelta(seconds=min(reach + 1, room)) if room > 0 else end
    elif rule.count is not None:
        found.is_exact = False
    if "BYSETPOS" in rule.numbers:
        found.is_exact = False
    start = max(first, since)
    for number in range(max((end.date() - start.date()).days + 1, 0)):
        day = start.date() + number * _DAY
        if _is_day(rule, first, day):
            midnight = dt.datetime.combine(day, dt.time())
            _within(rule, (first, step), (max(start, midnight), min(end, midnight + _DAY)), by_time, found)


def _within(
    rule: Rule,
    grid: tuple[dt.datetime, int],
    window: tuple[dt.datetime, dt.datetime],
    by_time: dict[str, tuple[int, ...]],
    found: Repeated,
) -> None:
    """Add the starts of one day."""
    (first, step), (start, end) = grid, window
    if start >= end:
        return
    if step < _NO_VISIT_FITS or (by_time and rule.frequency != "HOURLY"):
        found.is_exact = found.is_exact and not by_time
        found.stretches.append((start, end))
        return
    late = int((start - first).total_seconds()) % step
    here = start + dt.timedelta(seconds=(step - late) % step)
    hours = by_time.get("BYHOUR", range(24))
    while here < end:
        if here.hour in hours:
            minutes, seconds = by_time.get("BYMINUTE", (here.minute,)), by_time.get("BYSECOND", (here.second,))
            if len(minutes) * len(seconds) > _MOST_A_DAY // 12:
                found.stretches.append((here, here + dt.timedelta(hours=1)))
                found.is_exact = False
            else:
                found.starts += [here.replace(minute=m, second=min(s, 59)) for m in minutes for s in seconds]
        here += dt.timedelta(seconds=step)
