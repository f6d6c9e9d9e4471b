"""The only reader of the environment. Every setting has a default that runs on one machine."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import SettingsError

_PORTS = {"http": 80, "https": 443}
_MAIL_PORTS = {"starttls": "587", "ssl": "465", "none": "25"}

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The mail server that mails go out by, and who is told of bookings.

    Attributes:
        security: `starttls`, `ssl` (from the first byte) or `none`, for a server on this machine only.
        user: empty for a server that asks for none.
        sender: address that mails come from; organiser of the invitations.
        practice: address that is told of each booking; empty for the one in `data/practice.yml`.
    """

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str
    practice: str = ""


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """The practice's calendars on a CalDAV server.

    Attributes:
        addresses: clinician's id -> address of the calendar; under the empty id one for all clinicians.
        shows_names: True writes the visitor's name into the event.
        poll_seconds: between two looks for what the practice changed.
        own_addresses: mail addresses under which the practice is invited, in small letters.
    """

    addresses: Mapping[str, str]
    user: str
    password: str
    shows_names: bool = False
    poll_seconds: int = 60
    own_addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BusyFeedSettings:
    """Calendars that can only be read, at an address that answers calendar data or a list of busy times.

    Attributes:
        feeds: clinician's id and address; an empty id stands for all clinicians.
        poll_seconds: between two looks.
        own_addresses: mail addresses under which the practice is invited, in small letters.
    """

    feeds: tuple[tuple[str, str], ...]
    poll_seconds: int = 300
    own_addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs.

    Attributes:
        var: folder of everything that Instep writes (database, secret key, one-time links, model fingerprint).
        models: folder of the trained model.
        data: folder of knowledge, practice and training data.
        database_url: `sqlite:///path` or `postgresql://user:password@host:port/name`.
        secret_key: signs cookies and links; kept in `var/secret.key` when not set.
        host: address that the server binds.
        port: 1 to 65535.
        public_url: origin under which visitors reach the server, as browsers write it: lower case, no default port.
        widget_origins: origins of the practice's pages that may embed the widget, written likewise.
        secure: True behind HTTPS: secure cookies, HSTS.
        trusted_proxies: addresses whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
        conversation_idle_hours: a conversation's token ends after so many hours without a message.
        new_conversations_per_hour: that one network address may start.
        messages_per_minute: that one conversation may have.
        messages_per_conversation: that one conversation may have in all.
        booking_retention_days: contact details are deleted so many days after the visit or a closed call-back.
        retention_days: a conversation without a coming visit is deleted so many days after its last message.
        mail: None where no mail server is configured; then no mail is stored or sent.
        calendar: None where no calendar is configured.
        busy_feeds: None where no feed of busy times is configured.
    """

    var: Path
    models: Path
    data: Path
    database_url: str
    secret_key: str
    host: str
    port: int
    public_url: str
    widget_origins: tuple[str, ...]
    secure: bool
    trusted_proxies: tuple[str, ...] = ("127.0.0.1",)
    conversation_idle_hours: int = 24
    new_conversations_per_hour: int = 60
    messages_per_minute: int = 20
    messages_per_conversation: int = 200
    retention_days: int = 90
    booking_retention_days: int = 90
    mail: MailSettings | None = None
    calendar: CalendarSettings | None = None
    busy_feeds: BusyFeedSettings | None = None


@cache
def settings() -> Settings:
    """Return the settings of this process, read once.

    Raises:
        SettingsError: a variable has a value that cannot be used.
    """
    var = Path(os.environ.get("INSTEP_VAR", ROOT / "var")).resolve()
    secret_key = _secret(var)
    port = _port(os.environ.get("INSTEP_PORT", "8000"))
    public_url = _origin("INSTEP_PUBLIC_URL", os.environ.get("INSTEP_PUBLIC_URL", f"http://localhost:{port}"))
    return Settings(
        var=var,
        models=Path(os.environ.get("INSTEP_MODELS", ROOT / "models")).resolve(),
        data=Path(os.environ.get("INSTEP_DATA", ROOT / "data")).resolve(),
        database_url=os.environ.get("INSTEP_DATABASE_URL", f"sqlite:///{var / 'instep.sqlite3'}"),
        secret_key=secret_key,
        host=os.environ.get("INSTEP_HOST", "127.0.0.1"),
        port=port,
        public_url=public_url,
        widget_origins=tuple(_origin("INSTEP_WIDGET_ORIGINS", item) for item in _list("INSTEP_WIDGET_ORIGINS", "")),
        secure=public_url.startswith("https://"),
        trusted_proxies=_list("INSTEP_TRUSTED_PROXIES", "127.0.0.1"),
        conversation_idle_hours=_count("INSTEP_CONVERSATION_IDLE_HOURS", 24),
        new_conversations_per_hour=_count("INSTEP_NEW_CONVERSATIONS_PER_HOUR", 60),
        messages_per_minute=_count("INSTEP_MESSAGES_PER_MINUTE", 20),
        messages_per_conversation=_count("INSTEP_MESSAGES_PER_CONVERSATION", 200),
        retention_days=_count("INSTEP_RETENTION_DAYS", 90),
        booking_retention_days=_count("INSTEP_BOOKING_RETENTION_DAYS", 90),
        mail=_mail(),
        calendar=_calendar(),
        busy_feeds=_busy_feeds(),
    )


def _mail() -> MailSettings | None:
    host, sender = os.environ.get("INSTEP_SMTP_HOST", ""), os.environ.get("INSTEP_MAIL_FROM", "")
    if not host:
        return None
    if not sender:
        raise SettingsError("INSTEP_MAIL_FROM is not set: with INSTEP_SMTP_HOST name the address that mails come from.")
    security = os.environ.get("INSTEP_SMTP_SECURITY", "starttls")
    if security not in _MAIL_PORTS:
        raise SettingsError(f"INSTEP_SMTP_SECURITY is {security!r}: set it to starttls, ssl or none.")
    return MailSettings(
        host=host,
        port=_port(os.environ.get("INSTEP_SMTP_PORT", _MAIL_PORTS[security]), "INSTEP_SMTP_PORT"),
        security=security,
        user=os.environ.get("INSTEP_SMTP_USER", ""),
        password=os.environ.get("INSTEP_SMTP_PASSWORD", ""),
        sender=_address("INSTEP_MAIL_FROM", sender),
        practice=_address("INSTEP_MAIL_PRACTICE", os.environ.get("INSTEP_MAIL_PRACTICE", "")),
    )


def _calendar() -> CalendarSettings | None:
    addresses = {}
    for item in _list("INSTEP_CALENDARS", ""):
        # An address may hold "=": only an id without a colon before it is one.
        clinician, equals, address = item.partition("=")
        clinician, address = (clinician, address) if equals and ":" not in clinician else ("", item)
        if urlsplit(address).scheme not in _PORTS or not urlsplit(address).hostname or clinician in addresses:
            raise SettingsError(
                "INSTEP_CALENDARS must be one address such as https://calendar.example/practice/, or id=address for "
                "clinician, with commas between them and each id once."
            )
        addresses[clinician] = address if address.endswith("/") else f"{address}/"
    if len(set(addresses.values())) < len(addresses) or ("" in addresses and len(addresses) > 1):
        raise SettingsError("INSTEP_CALENDARS must be one calendar for all, or one of its own for each clinician.")
    if not addresses:
        return None
    return CalendarSettings(
        addresses=addresses,
        user=os.environ.get("INSTEP_CALENDAR_USER", ""),
        password=os.environ.get("INSTEP_CALENDAR_PASSWORD", ""),
        shows_names=_flag("INSTEP_CALENDAR_SHOWS_NAMES"),
        poll_seconds=_count("INSTEP_CALENDAR_SECONDS", 60),
        own_addresses=_own_addresses(),
    )


def _busy_feeds() -> BusyFeedSettings | None:
    feeds = []
    for item in _list("INSTEP_BUSY_FEEDS", ""):
        clinician, equals, address = item.partition("=")
        clinician, address = (clinician, address) if equals and ":" not in clinician else ("", item)
        # Calendar programs write "webcal" for a feed that they subscribe to.
        address = re.sub(r"^webcals?://", "https://", address)
        try:
            is_usable = urlsplit(address).scheme in _PORTS and bool(urlsplit(address).hostname)
        except ValueError:
            is_usable = False
        if not is_usable or (clinician, address) in feeds:
            raise SettingsError(
                "INSTEP_BUSY_FEEDS must be addresses such as https://calendar.example/busy.ics, or id=address for a "
                "clinician's own, with commas between them and each once."
            )
        feeds.append((clinician, address))
    if not feeds:
        return None
    return BusyFeedSettings(tuple(feeds), _count("INSTEP_BUSY_FEED_SECONDS", 300), _own_addresses())


def _own_addresses() -> frozenset[str]:
    named = (os.environ.get(name, "") for name in ("INSTEP_MAIL_FROM", "INSTEP_MAIL_PRACTICE", "INSTEP_CALENDAR_USER"))
    own = [_address("INSTEP_CALENDAR_ADDRESSES", one) for one in _list("INSTEP_CALENDAR_ADDRESSES", "")]
    return frozenset(one.lower() for one in (*own, *named) if "@" in one)


def _port(text: str, name: str = "INSTEP_PORT") -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(f"{name} is {text!r}: set it to a port from 1 to 65535.")
    return int(text)


def _flag(name: str) -> bool:
    text = os.environ.get(name, "no")
    if text not in ("yes", "no"):
        raise SettingsError(f"{name} is {text!r}: set it to yes or no.")
    return text == "yes"


def _address(name: str, text: str) -> str:
    if text and not re.fullmatch(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+", text):
        raise SettingsError(f"{name} is not a mail address: write one such as office@practice.example.")
    return text


def _list(name: str, default: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in os.environ.get(name, default).split(",") if item.strip())


def _origin(name: str, text: str) -> str:
    """Return the origin as browsers send it (RFC 6454, section 6.2)."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    known = parts.scheme in _PORTS and host and host.isascii() and not re.search(r"\s", text)
    if not known or parts.username is not None or parts.path not in ("", "/") or "?" in text or "#" in text:
        raise SettingsError(f"{name} has {text!r}: write an origin such as https://practice.example, without a path.")
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, _PORTS[parts.scheme]) else "")


def _count(name: str, default: int) -> int:
    text = os.environ.get(name, str(default))
    if not text.isdigit() or int(text) < 1:
        raise SettingsError(f"{name} is {text!r}: set it to a whole number, 1 or more.")
    return int(text)


def _secret(var: Path) -> str:
    try:
        var.mkdir(parents=True, exist_ok=True)
        return os.environ.get("INSTEP_SECRET_KEY") or _kept_secret(var / "secret.key")
    except OSError as error:
        what = f"{error.filename} cannot be used ({error.strerror})"
        raise SettingsError(f"{what}: INSTEP_VAR has to name a folder that can be written, with space left.") from None


def _kept_secret(path: Path) -> str:
    # Written aside and linked into place: of several processes that start at once, one wins and all read a whole key.
    if not path.exists():
        own = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(own, path)
        own.unlink()
    return path.read_text(encoding="utf-8")
