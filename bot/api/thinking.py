"""The one place that starts and stops the brain of a serving process."""

from __future__ import annotations

from bot.brain import worker


def start() -> None:
    """Load the model in the background and then work the turns; returns at once."""
    worker.start()


def stop() -> None:
    """Stop working turns; what is unanswered is answered after the next start."""
    worker.stop()


def ready() -> bool:
    """Return True once the model is loaded and turns are worked."""
    return worker.ready()
