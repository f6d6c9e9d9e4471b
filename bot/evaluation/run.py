"""Run the parts of the evaluation."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.brain.training import current_model
from bot.evaluation.after_result import measure_after_result
from bot.evaluation.conversations import measure_conversations
from bot.evaluation.dates import measure_dates
from bot.evaluation.figures import Section
from bot.evaluation.findings import measure_findings
from bot.evaluation.intents import measure_intents
from bot.evaluation.interviews import measure_interviews
from bot.evaluation.judging import Judge
from bot.evaluation.messages import measure_messages, measure_red_flags
from bot.evaluation.osce.measure import measure_osce
from bot.evaluation.pairs import measure_pairs
from bot.evaluation.progress import Progress, silent
from bot.evaluation.record import Kept, read_record
from bot.evaluation.rows import SHARED
from bot.evaluation.sealed.seal import measure_sealed, seal_set
from bot.evaluation.urgency import measure_urgency
from bot.evaluation.verdicts import Verdict, judge_figures

PARTS: Mapping[str, Callable[[Judge, Progress], Section]] = {
    "messages": measure_messages,
    "red_flags": measure_red_flags,
    "urgency": measure_urgency,
    "pairs": measure_pairs,
    "findings": measure_findings,
    "intents": measure_intents,
    "after_result": measure_after_result,
    "dates": measure_dates,
    "interviews": measure_interviews,
    "osce": measure_osce,
    "conversations": measure_conversations,
    "sealed": measure_sealed,
}
"""What can be measured alone, by name, in the order of the report."""


NEED_MODEL = frozenset({"intents", "after_result", "conversations"})
"""Parts that ask the trained model."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured.

    Attributes:
        verdicts: of each section, by its id.
        seconds: that it took.
        shared_missing: True where other people's texts are not beside the project.
    """

    sections: tuple[Section, ...]
    verdicts: Mapping[str, tuple[Verdict, ...]]
    seconds: float
    shared_missing: bool

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The figures that fell too far."""
        return tuple(verdict for section in self.verdicts.values() for verdict in section if verdict.worse)


def evaluate(only: str = "", progress: Progress = silent) -> Evaluation:
    """Measure every part, or one, and compare with the committed result.

    Args:
        only: one of `PARTS`; empty for all.
        progress: shows how far each set is.

    Raises:
        InputError: a row cannot be used; names file and line.
        KnowledgeError: a file under `data/` is not what it has to be.
        ModelError: there is no current model.
    """
    started = time.monotonic()
    parts = [only] if only else list(PARTS)
    if NEED_MODEL.intersection(parts):
        # A missing model is told at once, not after half of the work.
        current_model()
    judge, committed = Judge(), read_record()
    sections = tuple(PARTS[name](judge, progress) for name in parts)
    return Evaluation(
        sections,
        {section.id: _verdicts(section, committed) for section in sections},
        time.monotonic() - started,
        not SHARED.is_dir(),
    )


def seal(name: str, progress: Progress = silent) -> Evaluation:
    """Measure a sealed set untouched, write its figures, and return them. Raises InputError, KnowledgeError."""
    started = time.monotonic()
    section = seal_set(name, Judge(), progress)
    verdicts = {section.id: _verdicts(section, {})}
    return Evaluation((section,), verdicts, time.monotonic() - started, shared_missing=False)


def _verdicts(section: Section, committed: Mapping[str, Kept]) -> tuple[Verdict, ...]:
    return tuple(judge_figures(section.figures, committed))
