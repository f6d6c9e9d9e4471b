"""A stand-in for TensorFlow in the serving process.

Rasa imports TensorFlow whatever the model is made of, because two modules derive a class each from one of its base
classes: `rasa.utils.tensorflow.callback` and `rasa.utils.tensorflow.data_generator`. Instep's model has no component
that computes with TensorFlow, so these two empty base classes are all that serving needs. Anything else asked of the
stand-in fails at once with AttributeError or ImportError. Training uses the real one.

What it saves is measured in `DECISIONS.md`.
"""

from __future__ import annotations

import sys
from types import ModuleType


class Callback:
    """In place of `tensorflow.keras.callbacks.Callback`."""


class Sequence:
    """In place of `tensorflow.keras.utils.Sequence`."""


def stand_in_for_tensorflow() -> None:
    """Put the stand-in in place, before the first import of `rasa`; leave a TensorFlow that is imported already."""
    if "tensorflow" in sys.modules:
        return
    callbacks = _module("tensorflow.keras.callbacks", Callback=Callback)
    keras_utils = _module("tensorflow.keras.utils", Sequence=Sequence)
    keras = _module("tensorflow.keras", callbacks=callbacks, utils=keras_utils)
    _module("tensorflow", keras=keras)


def _module(name: str, **members: object) -> ModuleType:
    module = ModuleType(name, "Stand-in of bot.brain.tensorflow_stand_in.")
    for key, value in members.items():
        setattr(module, key, value)
    sys.modules[name] = module
    return module
