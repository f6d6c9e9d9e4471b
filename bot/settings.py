"""The only reader of the environment. Every setting has a default that runs on one machine."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.errors import SettingsError

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
        public_url: address under which visitors reach the server, without a slash at the end.
        widget_origins: origins of the practice's pages that may embed the widget.
        secure: True behind HTTPS: secure cookies, HSTS.
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


@cache
def settings() -> Settings:
    """Return the settings of this process, read once.

    Raises:
        SettingsError: a variable has a value that cannot be used.
    """
    var = Path(os.environ.get("INSTEP_VAR", ROOT / "var")).resolve()
    var.mkdir(parents=True, exist_ok=True)
    port = _port(os.environ.get("INSTEP_PORT", "8000"))
    public_url = os.environ.get("INSTEP_PUBLIC_URL", f"http://localhost:{port}").rstrip("/")
    return Settings(
        var=var,
        models=Path(os.environ.get("INSTEP_MODELS", ROOT / "models")).resolve(),
        data=Path(os.environ.get("INSTEP_DATA", ROOT / "data")).resolve(),
        database_url=os.environ.get("INSTEP_DATABASE_URL", f"sqlite:///{var / 'instep.sqlite3'}"),
        secret_key=os.environ.get("INSTEP_SECRET_KEY") or _kept_secret(var / "secret.key"),
        host=os.environ.get("INSTEP_HOST", "127.0.0.1"),
        port=port,
        public_url=public_url,
        widget_origins=tuple(o.strip() for o in os.environ.get("INSTEP_WIDGET_ORIGINS", "").split(",") if o.strip()),
        secure=public_url.startswith("https://"),
    )


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(f"INSTEP_PORT is {text!r}: set it to a port from 1 to 65535.")
    return int(text)


def _kept_secret(path: Path) -> str:
    # O_EXCL lets several processes start at once: one writes, the others read.
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secret := secrets.token_urlsafe(48))
    return secret
