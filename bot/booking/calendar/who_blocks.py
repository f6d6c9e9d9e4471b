"""Which events of others take time: one table, read from above; the first rule that fits decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.booking.calendar.content_lines import Component

Asked = Callable[[Component, frozenset[str]], bool]
_MICROSOFT = "X-MICROSOFT-CDO-BUSYSTATUS"


@dataclass(frozen=True, slots=True)
class Blocking:
    """A rule.

    Attributes:
        name: one word.
        takes_time: whether such an event takes time.
        is_told: True where staff are told of it.
    """

    name: str
    takes_time: bool
    is_told: bool = False


def blocks(event: Component, own_addresses: frozenset[str]) -> Blocking:
    """Return the rule that decides whether the event takes time.

    Args:
        event: of somebody's calendar.
        own_addresses: mail addresses of the practice, in small letters.
    """
    return next(rule for rule, applies in _TABLE if applies(event, own_addresses))


def _is_cancelled(event: Component, _: frozenset[str]) -> bool:
    return event.word("STATUS") in ("CANCELLED", "CANCELED")


def _is_declined(event: Component, own: frozenset[str]) -> bool:
    return _answers(event, own) == {"DECLINED"}


def _is_contradictory(event: Component, _: frozenset[str]) -> bool:
    words = event.word("TRANSP"), event.word(_MICROSOFT)
    return words[0] == "TRANSPARENT" and words[1] in ("BUSY", "OOF")


def _is_free(event: Component, _: frozenset[str]) -> bool:
    transparency = event.word("TRANSP")
    return transparency == "TRANSPARENT" or (transparency != "OPAQUE" and event.word(_MICROSOFT) == "FREE")


def _is_unanswered_day(event: Component, own: frozenset[str]) -> bool:
    start = event.first("DTSTART")
    is_day = start is not None and "T" not in start.value.upper()
    return is_day and event.first("ORGANIZER") is not None and _answers(event, own) == {"NEEDS-ACTION"}


def _always(_: Component, __: frozenset[str]) -> bool:
    return True


def _answers(event: Component, own: frozenset[str]) -> set[str]:
    """Return the answers of the calendar's owner; where nobody knows who that is, those of all who are invited.

    The organiser has nothing to answer.
    """
    organiser = event.first("ORGANIZER")
    host = _mail(organiser.value) if organiser else ""
    answers = {
        _mail(line.value): line.parameters.get("PARTSTAT", "NEEDS-ACTION").upper()
        for line in event.lines.get("ATTENDEE", ())
    }
    if host in own:
        return set()
    known = {answer for address, answer in answers.items() if address in own}
    return known or {answer for address, answer in answers.items() if address != host}


def _mail(text: str) -> str:
    return text.strip().lower().removeprefix("mailto:")


_TABLE: tuple[tuple[Blocking, Asked], ...] = (
    (Blocking("cancelled", takes_time=False), _is_cancelled),
    (Blocking("declined", takes_time=False), _is_declined),
    # Out of office, and free: nobody can say which; taken is the mistake that can be mended.
    (Blocking("contradictory", takes_time=True), _is_contradictory),
    (Blocking("free", takes_time=False), _is_free),
    # A fair or a sale to which somebody invites for a day must not close the practice; staff are told of it.
    (Blocking("unanswered_day", takes_time=False, is_told=True), _is_unanswered_day),
    # Also what is tentative, unanswered at a time of day, or "working elsewhere".
    (Blocking("busy", takes_time=True), _always),
)
