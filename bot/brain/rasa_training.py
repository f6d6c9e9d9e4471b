"""The process that trains: `python -m bot.brain.rasa_training FOLDER NAME`; one `step: ...` line per component."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from typing import Any

from bot.settings import ROOT, settings


class _Steps(logging.Handler):
    """Turns Rasa's log of components into short lines."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line where a component starts to train or comes from the cache."""
        text = record.getMessage()
        for start, words in (("Starting to train component", "training"), ("Restored component", "unchanged:")):
            if text.startswith(start):
                sys.stdout.write(f"step: {words} {text.split(chr(39))[1]}\n")
                sys.stdout.flush()


def main(folder: str, name: str) -> int:
    """Train into `folder` under `name` and return the exit code."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    warnings.simplefilter("ignore")
    _log_steps()
    from rasa.model_training import train

    data = [str(settings().data / part) for part in ("nlu", "rules", "stories")]
    result: Any = train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=data,
        output=folder,
        fixed_model_name=name,
    )
    return int(result.code)


def _log_steps() -> None:
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logger = logging.getLogger("rasa.engine.training.hooks")
    logger.setLevel(logging.INFO)
    logger.addHandler(_Steps())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
