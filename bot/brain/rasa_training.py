"""The process that trains: `python -m bot.brain.rasa_training PROJECT DATA MODEL`; a `step: ...` line per component.

PROJECT holds `config.yml` and `domain.yml`, DATA the folders `nlu`, `rules` and `stories`; MODEL is written.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from pathlib import Path
from typing import Any


class _Steps(logging.Handler):
    """Turns Rasa's log of components into short lines."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line where a component starts to train or comes from the cache."""
        text = record.getMessage()
        for start, words in (("Starting to train component", "training"), ("Restored component", "unchanged:")):
            if text.startswith(start):
                sys.stdout.write(f"step: {words} {text.split(chr(39))[1]}\n")
                sys.stdout.flush()


def main(project: Path, data: Path, model: Path) -> int:
    """Train the model and return the exit code."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    warnings.simplefilter("ignore")
    _log_steps()
    from rasa.model_training import train

    folders = [data / name for name in ("nlu", "rules", "stories")]
    result: Any = train(
        domain=str(project / "domain.yml"),
        config=str(project / "config.yml"),
        training_files=[str(folder) for folder in folders if folder.is_dir()],
        output=str(model.parent),
        fixed_model_name=model.name,
    )
    return int(result.code)


def _log_steps() -> None:
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logger = logging.getLogger("rasa.engine.training.hooks")
    logger.setLevel(logging.INFO)
    logger.addHandler(_Steps())


if __name__ == "__main__":
    sys.exit(main(*(Path(argument) for argument in sys.argv[1:4])))
