"""Keep Rasa from telling anybody what visitors write: no telemetry, no logs, no warnings, no printed events."""

from __future__ import annotations

import logging
import os
import warnings
from importlib import import_module


def silence_rasa() -> None:
    """Silence Rasa and its SDK in this process; call it before the first import of `rasa`.

    Rasa puts messages into log lines, structured events and warnings (message parsing, failed actions), and reports
    usage to a third party unless told not to. Instep logs ids, lengths and timings itself.
    """
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # Rasa needs SQLAlchemy 1.4, which tells everybody about 2.0.
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    for name in ("rasa", "rasa_sdk", "matplotlib", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    _filter_warnings()
    _silence_structlog()


def _filter_warnings() -> None:
    # Sanic shows every DeprecationWarning from its import on: what is to be hidden is named after that.
    import_module("sanic")

    for module in (r"rasa\b", r"rasa_sdk\b", r"sanic\b", r"sklearn\b", r"tensorflow\b", r"keras\b", r"pkg_resources\b"):
        warnings.filterwarnings("ignore", module=module)
    # Of the library six, on behalf of whatever Rasa imports.
    warnings.filterwarnings("ignore", message=r"the load_module\(\) method is deprecated", category=DeprecationWarning)


def _silence_structlog() -> None:
    import structlog

    # Unconfigured, structlog prints every event of every level, texts included.
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL),
        logger_factory=structlog.ReturnLoggerFactory(),
    )
