"""Django's settings, all from `bot.settings`."""

from __future__ import annotations

import datetime as dt
import os
from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF

from bot.errors import SettingsError
from bot.settings import ROOT, settings

_here = settings()

# A turn runs on the brain's own thread, which drives one event loop and one database connection and runs one turn
# at a time; Django's guard only sees that a loop is running. No request is served on that thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SECRET_KEY = _here.secret_key
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", urlparse(_here.public_url).hostname or "localhost"]
CSRF_TRUSTED_ORIGINS = [_here.public_url]
ROOT_URLCONF = "bot.web.urls"
ASGI_APPLICATION = "bot.web.asgi.application"
WSGI_APPLICATION = None
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True
# The API's own limit is stricter (8 KiB); this one bounds forms of the console.
DATA_UPLOAD_MAX_MEMORY_SIZE = 65_536

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Before allauth: the console's templates replace allauth's own.
    "bot.console",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "bot.inbox",
    "bot.booking",
]

MIDDLEWARE = [
    "bot.api.chain.ApiFirst",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bot.console.gate.StaffGate",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "bot" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]


def _database(url: str) -> dict[str, object]:
    parts = urlparse(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path),
            # `bot.web.asgi` closes those of page requests; the API's and the brain's threads keep theirs.
            "CONN_MAX_AGE": None,
            # A file, because threads and processes of a test cannot share a database in memory.
            "TEST": {"NAME": str(_here.var / f"test-{os.getpid()}.sqlite3")},
            "OPTIONS": {
                # IMMEDIATE takes the write lock at the start: a transaction that reads and then writes cannot fail
                # half way. FULL keeps what was acknowledged through a power cut (https://sqlite.org/pragma.html).
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA secure_delete=ON;",
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        from urllib.parse import parse_qs

        options = {"connect_timeout": "5", **{key: values[0] for key, values in parse_qs(parts.query).items()}}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "OPTIONS": options,
        }
    raise SettingsError(
        f"INSTEP_DATABASE_URL starts with {parts.scheme!r}: use sqlite:///path or postgresql://user:password@host/name."
    )


DATABASES = {"default": _database(_here.database_url)}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_ADAPTER = "bot.console.accounts.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Wrong passwords are counted by django-axes; this counts wrong codes of the second factor, for each account.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key"}
# In the database, so that all processes count together.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "console_cache"}}
CSRF_FAILURE_VIEW = "bot.web.pages.form_refused"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/staff/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/staff/account/login/"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Instep"
MFA_TOTP_TOLERANCE = 1
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
# Name and address together: a stranger elsewhere cannot lock a member of staff out (OWASP ASVS 5.0, 6.1.1).
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "bot.console.accounts.attempted_name"
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "bot" / "web" / "static"]
WHITENOISE_USE_FINDERS = True

SESSION_COOKIE_NAME = "__Host-staff" if _here.secure else "staff"
CSRF_COOKIE_NAME = "__Host-csrf" if _here.secure else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _here.secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# 15 minutes idle, as 45 CFR 164.312(a)(2)(iii) asks for an automatic log-off.
SESSION_COOKIE_AGE = 900
SESSION_SAVE_EVERY_REQUEST = True
SECURE_HSTS_SECONDS = 31_536_000 if _here.secure else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # data: is the QR code of the second factor.
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": [NONE],
    }
}

# Ids, lengths and timings only: nothing that a visitor wrote (docs: CONTRIBUTING.md, "Logging").
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "bot.web.logs.QuietFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "bot": {"level": "INFO"},
        "rasa": {"level": "CRITICAL"},
        # It quotes events that it cannot read.
        "caldav": {"level": "CRITICAL"},
        # Refused requests are the client's affair, and their paths are not ours to keep.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "uvicorn.error": {"level": "WARNING"},
    },
}
