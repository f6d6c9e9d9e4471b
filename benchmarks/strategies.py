"""Compare the ways of choosing the next question: questions asked, jumps between subjects, causes found."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.case import Case
from bot.evaluation.judging import Judge
from bot.evaluation.patients import Patient, drawn_patients, patient_of
from bot.evaluation.shared import dialogues, patients
from bot.knowledge.model import Knowledge
from bot.triage import answer_question, match_causes, next_question
from bot.triage.interview_choice import Strategy, subject_of
from bot.triage.likelihood import OTHER

Run = tuple[frozenset[str], Case]


def compare_strategies(knowledge: Knowledge, count: int) -> None:
    """Print a line a strategy and set; real texts only where `../shared/evaluation` is there."""
    sets = {"drawn": list(_drawn(knowledge, count)), **_texts()}
    heading = f"{'set':14} {'strategy':16} {'n':>5} {'median':>6} {'mean':>5} {'p95':>4}"
    print(f"{heading} {'jumps':>6} {'first':>7} {'three':>7}")
    for name, people in sets.items():
        for strategy in Strategy:
            runs = [(causes, _interview(patient, case, knowledge, strategy)) for causes, patient, case in people]
            _print(name, strategy, runs, knowledge)


def _drawn(knowledge: Knowledge, count: int) -> Iterator[tuple[frozenset[str], Patient, Case]]:
    for cause in knowledge.causes.values():
        for patient, opening in drawn_patients(cause, knowledge, count):
            yield frozenset({cause.id}), patient, opening


def _texts() -> dict[str, list[tuple[frozenset[str], Patient, Case]]]:
    judge = Judge()
    return {
        messages.name: [
            (frozenset(message.causes), patient_of(message, judge), judge.case_of(message.opening))
            for message in messages.messages
            if message.causes
        ]
        for messages in (dialogues(judge.knowledge), patients(judge.knowledge))
    }


def _interview(patient: Patient, case: Case, knowledge: Knowledge, strategy: Strategy) -> Case:
    while question := next_question(case, knowledge, strategy):
        case = answer_question(case, question, patient.answer(question), knowledge)
    return case


def _print(name: str, strategy: Strategy, runs: list[Run], knowledge: Knowledge) -> None:
    counts = sorted(len(case.asked) for _, case in runs)
    jumps = statistics.fmean(_jumps(case.asked, knowledge) for _, case in runs)
    ranks = [_rank(case, causes, knowledge) for causes, case in runs]
    first, three = (sum(rank <= most for rank in ranks) / len(ranks) for most in (1, 3))
    print(
        f"{name:14} {strategy:16} {len(runs):5} {statistics.median(counts):6} {statistics.fmean(counts):5.2f} "
        f"{counts[int(0.95 * len(counts))]:4} {jumps:6.2f} {first:7.1%} {three:7.1%}"
    )


def _jumps(asked: Iterable[str], knowledge: Knowledge) -> int:
    subjects = [subject for question_id in asked if (subject := subject_of(question_id, knowledge))]
    return sum(one != other for one, other in pairwise(subjects))


def _rank(case: Case, causes: frozenset[str], knowledge: Knowledge) -> int:
    ranked = [item.id for item in match_causes(case, knowledge).causes if item.id != OTHER]
    return min((ranked.index(cause) + 1 for cause in causes if cause in ranked), default=len(ranked) + 1)
