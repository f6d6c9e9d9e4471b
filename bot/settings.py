"""The only reader of the environment. Every setting has a default that runs on one machine."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import SettingsError

_PORTS = {"http": 80, "https": 443}

ROOT = Path(__file__).resolve().parent.parent


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
        retention_days: a conversation without a coming visit is deleted so many days after its last message.
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


@cache
def settings() -> Settings:
    """Return the settings of this process, read once.

    Raises:
        SettingsError: a variable has a value that cannot be used.
    """
    var = Path(os.environ.get("INSTEP_VAR", ROOT / "var")).resolve()
    var.mkdir(parents=True, exist_ok=True)
    port = _port(os.environ.get("INSTEP_PORT", "8000"))
    public_url = _origin("INSTEP_PUBLIC_URL", os.environ.get("INSTEP_PUBLIC_URL", f"http://localhost:{port}"))
    return Settings(
        var=var,
        models=Path(os.environ.get("INSTEP_MODELS", ROOT / "models")).resolve(),
        data=Path(os.environ.get("INSTEP_DATA", ROOT / "data")).resolve(),
        database_url=os.environ.get("INSTEP_DATABASE_URL", f"sqlite:///{var / 'instep.sqlite3'}"),
        secret_key=os.environ.get("INSTEP_SECRET_KEY") or _kept_secret(var / "secret.key"),
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
    )


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(f"INSTEP_PORT is {text!r}: set it to a port from 1 to 65535.")
    return int(text)


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
