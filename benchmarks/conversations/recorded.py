"""Patients of recorded interviews, who answer the bot's questions in the words of the transcript."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from benchmarks.conversations.visitors import Said
from bot.case import Question, Status
from bot.evaluation.judging import Judge
from bot.evaluation.osce.patient import patient_of_transcript, read_transcript
from bot.evaluation.osce.rows import Recorded, read_recorded
from bot.triage.screening import NO, NONE, UNSURE


class RecordedVisitor:
    """Opens with the recorded first words; a question is answered by the turns that tell something of it.

    What a turn tells is what the row's labels name and the reader finds in the turn beside the doctor's question: a
    misheard finding of these patients is one that is lost or turned round on the way from the reader to the case.
    """

    def __init__(self, recorded: Recorded, judge: Judge) -> None:
        self.key = recorded.message.key
        self.causes = recorded.message.causes
        self._patient = patient_of_transcript(recorded, judge)
        self._opening = Said(recorded.message.opening, _told(recorded, judge.read(recorded.message.opening).findings))
        turns = recorded.turns[1:]
        self._turns = [Said(turn.answer, _told(recorded, read_transcript([turn], judge).findings)) for turn in turns]

    def opening(self) -> Said:
        """Return the recorded first words."""
        return self._opening

    def answer(self, question: Question | None) -> Said | None:
        """Return the turns that tell of the question's findings, else the choice that fits; None without a question."""
        if question is None:
            return None
        named = [turn for turn in self._turns if not turn.told.keys().isdisjoint(question.findings)]
        there = [turn for turn in named if any(turn.told.get(item) is Status.PRESENT for item in question.findings)]
        if there:
            told = {item: status for turn in there for item, status in turn.told.items()}
            return Said(" ".join(dict.fromkeys(turn.text for turn in there)), told)
        labels = {choice.id: choice.label for choice in question.choices}
        chosen = [labels[item] for item in self._patient.answer(question) if item in labels]
        denies = labels.get(NONE) or labels.get(NO)
        told = dict.fromkeys(question.findings, Status.ABSENT) if chosen == [denies] else {}
        return Said(", ".join(chosen) or labels.get(UNSURE, ""), told)

    def after_result(self) -> Iterable[Said]:
        """Yield nothing: what the patient asks later stands in no relation to what the bot told."""
        return ()


def recorded_visitors(judge: Judge, folder: Path) -> Iterator[RecordedVisitor]:
    """Yield the patients whose complaint is in scope; none where the folder has no recorded interviews."""
    for recorded in read_recorded(judge.knowledge, folder):
        if recorded.message.in_scope:
            yield RecordedVisitor(recorded, judge)


def _told(recorded: Recorded, findings: Iterable[object]) -> Mapping[str, Status]:
    labelled = dict.fromkeys(recorded.present, Status.PRESENT) | dict.fromkeys(recorded.absent, Status.ABSENT)
    return {item.id: item.status for item in findings if labelled.get(item.id) is item.status}
