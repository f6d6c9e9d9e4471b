"""Read calendar data (RFC 5545) into components, whatever the program that wrote it got wrong."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_KEPT = frozenset(
    {"UID", "SEQUENCE", "SUMMARY", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "ORGANIZER", "ATTENDEE"}
    | {"DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "FREEBUSY"}
    | {"TZID", "X-LIC-LOCATION", "TZOFFSETFROM", "TZOFFSETTO"}
)
_COMPONENTS = frozenset({"VEVENT", "VFREEBUSY", "VTIMEZONE"})
_OBSERVANCES = frozenset({"STANDARD", "DAYLIGHT"})
# A longer line is an attachment, or means harm.
_LONGEST_LINE = 500_000
_PARAMETER = re.compile(r';\s*([\w-]+)\s*=\s*("[^"]*"|[^;:"]*)')
_NAME = re.compile(r"\s*([\w-]+)")
# A time zone id with a colon that nobody put in quotes: "DTSTART;TZID=GMT-05:00:20261208T100000".
_UNQUOTED_ZONE = re.compile(
    r";TZID=(?P<zone>[^\";]*:[^\";]*):(?P<value>\d{4}-?\d\d-?\d\d[\dTtZz:.,+ -]*)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Line:
    """One property: its value as written, its parameters by their names in capitals."""

    value: str
    parameters: Mapping[str, str]


@dataclass(slots=True)
class Component:
    """An event, a list of busy times or a time zone; of a time zone also its rules.

    Attributes:
        lines: properties by their names in capitals, as often as they stand there.
        is_whole: False where the data end in the middle of it, or a line had to be cut.
    """

    name: str
    lines: dict[str, list[Line]] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)
    is_whole: bool = True

    def first(self, name: str) -> Line | None:
        """Return the property with that name that stands first."""
        found = self.lines.get(name)
        return found[0] if found else None

    def word(self, name: str) -> str:
        """Return the value of the property in capitals, empty where there is none."""
        line = self.first(name)
        return line.value.strip().upper() if line else ""


def text_lines(text: str) -> Iterable[str]:
    """Return the lines of a text as they stand there, folded."""
    return io.StringIO(text.removeprefix("\ufeff"), newline=None)


def components(lines: Iterable[str]) -> Iterator[Component]:
    """Return the events, time zones and lists of busy times; what else stands there, alarms for one, is passed over.

    Args:
        lines: folded; they are read once and not kept, so that long ones cost no memory.
    """
    # None for a component whose lines mean nothing here.
    stack: list[tuple[str, Component | None]] = []
    for text, is_whole in _unfolded(lines):
        begins, ends = _edge(text, "BEGIN"), _edge(text, "END")
        if begins:
            while begins in _COMPONENTS and any(known is not None for _, known in stack):
                yield from _closed(stack, is_whole=False)
            parent = stack[-1][1] if stack else None
            stack.append((begins, _opened(begins, parent)))
        elif ends:
            while any(name == ends for name, _ in stack):
                is_last = stack[-1][0] == ends
                yield from _closed(stack, is_whole=is_last)
                if is_last:
                    break
        elif stack and stack[-1][1] is not None:
            _add(stack[-1][1], text, is_whole=is_whole)
    while stack:
        yield from _closed(stack, is_whole=False)


def _opened(name: str, parent: Component | None) -> Component | None:
    if name in _COMPONENTS:
        return Component(name)
    if name in _OBSERVANCES and parent is not None and parent.name == "VTIMEZONE":
        parent.parts.append(Component(name))
        return parent.parts[-1]
    return None


def _closed(stack: list[tuple[str, Component | None]], *, is_whole: bool) -> Iterator[Component]:
    name, component = stack.pop()
    if component is not None and name in _COMPONENTS:
        component.is_whole = component.is_whole and is_whole
        yield component


def _edge(text: str, word: str) -> str:
    name, colon, value = text.partition(":")
    return value.strip().upper() if colon and name.strip().upper() == word else ""


def _add(component: Component, text: str, *, is_whole: bool) -> None:
    named = _NAME.match(text)
    name = named.group(1).upper() if named else ""
    if named is None or name not in _KEPT:
        return
    component.is_whole = component.is_whole and is_whole
    if unquoted := _UNQUOTED_ZONE.search(text):
        line = Line(unquoted["value"], {"TZID": unquoted["zone"]})
    else:
        parameters, position = {}, named.end()
        while found := _PARAMETER.match(text, position):
            parameters[found.group(1).upper()] = found.group(2).strip('"').strip()
            position = found.end()
        line = Line(text[position:].lstrip(":; "), parameters)
    component.lines.setdefault(name, []).append(line)


def _unfolded(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Return whole lines, and whether nothing had to be cut off; those that mean nothing here are not gathered."""
    parts: list[str] = []
    length, is_kept = 0, False
    for raw in lines:
        line = raw.rstrip("\r\n")
        if line[:1] in (" ", "\t"):
            if is_kept and length < _LONGEST_LINE:
                parts.append(line[1:])
            length += len(line)
            continue
        if parts:
            yield "".join(parts), length < _LONGEST_LINE
        is_kept = _matters(line)
        parts, length = ([line[:_LONGEST_LINE]] if is_kept else []), len(line)
    if parts:
        yield "".join(parts), length < _LONGEST_LINE


def _matters(line: str) -> bool:
    named = _NAME.match(line)
    return named is not None and (named.group(1).upper() in _KEPT or named.group(1).upper() in ("BEGIN", "END"))
