"""The process that validates: `python -m bot.brain.rasa_validation PROJECT DATA`; prints what is wrong, a line each.

The checks are those of `rasa data validate --fail-on-warnings`, without what other packages and Rasa's log say beside.
"""

# ruff: noqa: E402 - both calls have to come before the first import of Rasa.
from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Any

from bot.brain.silence import silence_rasa
from bot.brain.stand_ins import stand_in_for_training

silence_rasa()
stand_in_for_training()

from rasa.shared.exceptions import RasaException
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.validator import Validator


def faults_in(project: Path, data: Path) -> list[str]:
    """Return what Rasa says against the project; nothing when it is in order.

    Args:
        project: folder of `config.yml` and `domain.yml`.
        data: folder of `nlu`, `rules` and `stories`.
    """
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", UserWarning)
        try:
            in_order = _validate(project, data)
        except RasaException as error:
            return [str(error)]
    if in_order:
        return []
    return [str(warning.message) for warning in said if warning.category is UserWarning] or ["A check failed."]


def _validate(project: Path, data: Path) -> bool:
    folders = [str(data / name) for name in ("nlu", "rules", "stories") if (data / name).is_dir()]
    importer = TrainingDataImporter.load_from_config(str(project / "config.yml"), str(project / "domain.yml"), folders)
    validator: Any = Validator.from_importer(importer)
    checks = [
        validator.verify_domain_validity(),
        validator.verify_slot_mappings(),
        validator.verify_form_slots(),
        validator.verify_nlu(ignore_warnings=False),
        validator.verify_forms_in_stories_rules(),
        validator.verify_actions_in_stories_rules(),
        validator.verify_story_structure(ignore_warnings=False),
    ]
    return all(checks)


if __name__ == "__main__":
    found = faults_in(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    sys.exit(1 if found else 0)
