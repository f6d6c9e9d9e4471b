"""The process that validates: `python -m bot.brain.rasa_validation PROJECT DATA`; prints what is wrong, a fault a line.

The checks are those of `rasa data validate --fail-on-warnings`, without what other packages and Rasa's log say beside.
Every warning of Rasa's about the project is a fault: rules that cannot be read are left out of the training with no
more than a warning. What training refuses beyond that (contradicting rules) is found by training.
"""

# ruff: noqa: E402 - both calls have to come before the first import of Rasa.
from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.brain.silence import silence_rasa
from bot.brain.stand_ins import stand_in_for_training

silence_rasa()
stand_in_for_training()

import rasa
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.validator import Validator

from bot.brain.rasa_commands import accept_names_of_code
from bot.errors import InstepError
from bot.knowledge import load_meanings
from bot.settings import settings

_RASA = Path(rasa.__file__).parent

_OF_NO_PROJECT = ("Slot auto-fill has been removed", "pkg_resources is deprecated")
"""How warnings begin that Rasa gives to every project."""


class _Kept(logging.Handler):
    """Keeps what Rasa's validator logs as a warning: conflicts between stories stand nowhere else."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the text of one line."""
        self.texts.append(record.getMessage())


def faults_in(project: Path, data: Path) -> list[str]:
    """Return what Rasa says against the project; nothing when it is in order.

    Args:
        project: folder of `config.yml` and `domain.yml`.
        data: folder of `nlu`, `rules` and `stories`.
    """
    with _validators_log() as logged, warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", UserWarning)
        for start in _OF_NO_PROJECT:
            warnings.filterwarnings("ignore", message=start)
        try:
            failed = _failed_checks(project, data)
        except (RasaException, InstepError) as error:
            failed = [str(error)]
    faults = [str(one.message) for one in said if issubclass(one.category, UserWarning) and _of_rasa(one)]
    faults += logged.texts
    return list(dict.fromkeys(faults or failed))


def _of_rasa(warning: warnings.WarningMessage) -> bool:
    return _RASA in Path(warning.filename).parents


@contextmanager
def _validators_log() -> Iterator[_Kept]:
    logger, kept = logging.getLogger("rasa.validator"), _Kept()
    logger.setLevel(logging.WARNING)
    logger.addHandler(kept)
    try:
        yield kept
    finally:
        logger.removeHandler(kept)


def _failed_checks(project: Path, data: Path) -> list[str]:
    folders = [str(data / name) for name in ("nlu", "rules", "stories") if (data / name).is_dir()]
    importer = TrainingDataImporter.load_from_config(str(project / "config.yml"), str(project / "domain.yml"), folders)
    accept_names_of_code(importer.get_domain(), load_meanings(settings().data / "intents.yml"))
    validator: Any = Validator.from_importer(importer)
    validator.warn_if_config_mandatory_keys_are_not_set()
    checks = {
        "the domain is empty or of an older Rasa": validator.verify_domain_validity(),
        "slot mappings": validator.verify_slot_mappings(),
        "slots of forms": validator.verify_form_slots(),
        "intents, examples and responses": validator.verify_nlu(ignore_warnings=False),
        "forms in stories and rules": validator.verify_forms_in_stories_rules(),
        "actions in stories and rules": validator.verify_actions_in_stories_rules(),
        "structure of the stories": validator.verify_story_structure(ignore_warnings=False),
    }
    return [f"Rasa's check failed: {name}." for name, passed in checks.items() if not passed]


if __name__ == "__main__":
    found = faults_in(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    sys.exit(1 if found else 0)
