"""Stand-ins for what Rasa imports in every process and only training uses.

- TensorFlow: two modules derive a class each from one of its base classes (`rasa.utils.tensorflow.callback` and
  `rasa.utils.tensorflow.data_generator`).
- `sklearn.model_selection`: `rasa.utils.tensorflow.model_data` takes one function from it, and with it all of
  scikit-learn and scipy's statistics come into the process.

Instep's model has no component that computes with either while serving, so empty classes and a function that refuses
are all that is needed. Anything else asked of a stand-in fails at once with AttributeError or ImportError. Training
uses the real ones. What it saves is measured in `DECISIONS.md`.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, NoReturn


class Callback:
    """In place of `tensorflow.keras.callbacks.Callback`."""


class Sequence:
    """In place of `tensorflow.keras.utils.Sequence`."""


def train_test_split(*_: Any, **__: Any) -> NoReturn:
    """In place of `sklearn.model_selection.train_test_split`."""
    raise RuntimeError("The serving process does not train: use `make train`.")


def stand_in_for_training() -> None:
    """Put the stand-ins in place, before the first import of `rasa`; leave what is imported already."""
    if "tensorflow" not in sys.modules:
        callbacks = _module("tensorflow.keras.callbacks", Callback=Callback)
        keras_utils = _module("tensorflow.keras.utils", Sequence=Sequence)
        keras = _module("tensorflow.keras", callbacks=callbacks, utils=keras_utils)
        _module("tensorflow", keras=keras)
    if "sklearn" not in sys.modules:
        _module("sklearn.model_selection", train_test_split=train_test_split)


def _module(name: str, **members: object) -> ModuleType:
    module = ModuleType(name, "Stand-in of bot.brain.stand_ins.")
    for key, value in members.items():
        setattr(module, key, value)
    sys.modules[name] = module
    return module
