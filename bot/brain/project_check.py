"""What is wrong with the Rasa project, found without changing it: what Rasa warns of, and what the server refuses."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from bot.brain.training import MODEL_NAME, current_model, model_is_current, run_training
from bot.errors import ModelError
from bot.settings import ROOT, settings


def validate_project(project: Path, data: Path) -> None:
    """Check domain, training data, rules and stories as `rasa data validate` does, in a process of its own.

    Raises:
        ModelError: something is wrong; the text names every fault that Rasa finds.
    """
    command = [sys.executable, "-m", "bot.brain.rasa_validation", str(project), str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        # A fault of the check itself says why at the end of its traceback.
        said = done.stdout.splitlines() or done.stderr.splitlines()[-20:]
        raise ModelError("The Rasa project is not in order. Rasa says:\n" + "\n".join(said))


def check_model() -> None:
    """Load the model and the actions as the server does; a model that is not current is trained anew and thrown away.

    Django has to be set up.

    Raises:
        KnowledgeError: a file that the brain reads is broken.
        ModelError: the model cannot be trained or loaded, or an action is missing.
    """
    with tempfile.TemporaryDirectory() as folder:
        model = current_model() if model_is_current() else Path(folder) / MODEL_NAME
        if not model.is_file():
            run_training(ROOT, settings().data, model, lambda _: None)
        # Imports Rasa: only when it is about to be used.
        from bot.brain.agent import Agent

        Agent(model).close()
