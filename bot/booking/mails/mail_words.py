"""The words of mails and calendar events, from `data/service/mails.yml`."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.booking.announcements import TOLD_TO_PRACTICE, Change
from bot.knowledge.fields import Record
from bot.knowledge.files import read_yaml
from bot.settings import settings

DETAILS = frozenset(
    {"practice", "phone", "phone_e164", "emergency_number", "address", "bring"}
    | {"when", "clinician", "visit_type", "reference", "link", "console", "name", "code"}
)
"""What can stand in braces."""

_EVENT = ("title", "title_for_staff", "title_for_staff_with_name", "note")


@dataclass(frozen=True, slots=True)
class MailWords:
    """The words of one mail, with details in braces."""

    subject: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """All words.

    Attributes:
        when: how a date and time are written, for `strftime`.
        event: `title`, `title_for_staff`, `title_for_staff_with_name` and `note` of a calendar event.
        visitor: words of the mail for each change.
        practice: likewise for the changes that the practice is told of.
    """

    when: str
    event: Mapping[str, str]
    visitor: Mapping[Change, MailWords]
    practice: Mapping[Change, MailWords]


@cache
def words() -> Words:
    """Return the words of this server, read once. Raises KnowledgeError."""
    return read_words(settings().data / "service" / "mails.yml")


def read_words(path: Path) -> Words:
    """Return the words of a file.

    Raises:
        KnowledgeError: names the file and the field, and says what to do.
    """
    file = Record(path, read_yaml(path))
    event = Record(path, file.take("event"), "event")
    found = Words(
        when=_when(file),
        event={field: _checked(event, field, event.text(field)) for field in _EVENT},
        visitor=_mails(file, "visitor", tuple(Change)),
        practice=_mails(file, "practice", TOLD_TO_PRACTICE),
    )
    event.end()
    file.end()
    return found


def written_when(start: dt.datetime) -> str:
    """Return an aware time as mails and pages write it."""
    return start.strftime(words().when)


def filled(text: str, details: Mapping[str, str]) -> str:
    """Return the text with its details; empty where one of them is not known."""
    names = [name for _, name, _, _ in string.Formatter().parse(text) if name]
    return text.format_map(details) if all(details.get(name) for name in names) else ""


def _mails(file: Record, field: str, changes: tuple[Change, ...]) -> Mapping[Change, MailWords]:
    section = Record(file.path, file.take(field), field)
    mails = {change: _mail(section, field, change) for change in changes}
    section.end()
    return mails


def _mail(section: Record, field: str, change: Change) -> MailWords:
    mail = Record(section.path, section.take(change.value), f"{field}.{change.value}")
    subject = _checked(mail, "subject", mail.text("subject"))
    paragraphs = tuple(_checked(mail, "paragraphs", text) for text in mail.texts("paragraphs", least=1))
    mail.end()
    return MailWords(subject, paragraphs)


def _checked(record: Record, field: str, text: str) -> str:
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        raise record.error(field, "has a brace without its partner. Write details as {when}.") from None
    if unknown := sorted(names - DETAILS):
        raise record.error(field, f"has {unknown} in braces. Use only {', '.join(sorted(DETAILS))}.")
    return text


def _when(file: Record) -> str:
    pattern = file.text("when")
    moments = (dt.datetime(2026, 3, day, hour, tzinfo=dt.UTC) for day in (1, 2) for hour in (9, 21))
    if len({moment.strftime(pattern) for moment in moments}) < 4:
        raise file.error("when", "does not tell days and times apart. Write for example '%A, %B %-d, %Y at %-I:%M %p'.")
    return pattern
