"""Measure triage on the practice's knowledge: speed, and the interview with patients drawn from the knowledge.

    python -m benchmarks.triage [--patients 40] [--data data]
    python -m benchmarks.triage --strategies      compare ways of choosing the next question
    python -m benchmarks.triage --noise           the ranking when the numbers of the knowledge are blurred
    python -m benchmarks.triage --vignettes       causes of the scenarios of `tests/triage/scenarios`

The patients come from the same tables that rank the causes (see `bot.evaluation.patients`), so the shares are an upper
bound that shows what the interview loses, not how well real patients are matched.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from benchmarks.strategies import compare_strategies
from benchmarks.vignettes import blur_numbers, rank_vignettes
from bot.case import Case, Question
from bot.evaluation.patients import Patient, drawn_patients
from bot.knowledge import load_knowledge
from bot.knowledge.model import Knowledge
from bot.triage import answer_question, match_causes, next_question


def main() -> None:
    """Run the measurement and print one line a figure."""
    parser = argparse.ArgumentParser(description="Speed of triage and length of its interview.")
    parser.add_argument("--patients", type=int, default=40, help="simulated patients for each cause")
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--strategies", action="store_true")
    parser.add_argument("--noise", action="store_true")
    parser.add_argument("--vignettes", action="store_true")
    arguments = parser.parse_args()
    knowledge = load_knowledge(arguments.data / "knowledge")
    if arguments.strategies:
        return compare_strategies(knowledge, arguments.patients)
    if arguments.noise:
        return blur_numbers(knowledge)
    if arguments.vignettes:
        return rank_vignettes(knowledge)
    runs = [
        _interview(cause.id, patient, opening, knowledge)
        for cause in knowledge.causes.values()
        for patient, opening in drawn_patients(cause, knowledge, arguments.patients)
    ]
    _print_runs(runs, knowledge)


class _Run:
    """One interview: the rank of the true cause, the questions by kind and the time of each call in milliseconds."""

    def __init__(self, cause: str) -> None:
        self.cause = cause
        self.rank = 0
        self.questions: list[Question] = []
        self.question_ms: list[float] = []
        self.match_ms: list[float] = []


def _interview(cause_id: str, patient: Patient, opening: Case, knowledge: Knowledge) -> _Run:
    run, case = _Run(cause_id), opening
    while question := _timed(run.question_ms, next_question, case, knowledge):
        run.questions.append(question)
        case = answer_question(case, question, patient.answer(question), knowledge)
    matching = _timed(run.match_ms, match_causes, case, knowledge)
    run.rank = [item.id for item in matching.causes].index(cause_id) + 1
    return run


def _timed(times: list[float], function, *arguments):
    start = time.perf_counter()
    result = function(*arguments)
    times.append((time.perf_counter() - start) * 1000)
    return result


def _print_runs(runs: list[_Run], knowledge: Knowledge) -> None:
    print(
        f"knowledge: {len(knowledge.findings)} findings, {len(knowledge.causes)} causes, "
        f"{len(knowledge.red_flags)} red flags; {len(runs)} simulated patients"
    )
    _print_spread("next_question, ms", [time for run in runs for time in run.question_ms])
    _print_spread("match_causes, ms", [time for run in runs for time in run.match_ms])
    _print_spread("questions asked", [len(run.questions) for run in runs])
    _print_spread("  of these screening", [sum(question.screening for question in run.questions) for run in runs])
    print(f"every cause alike: first {_share(runs, 1):.1%}, among three {_share(runs, 3):.1%}")
    print(
        f"as common as in practice: first {_weighted(runs, 1, knowledge):.1%}, "
        f"among three {_weighted(runs, 3, knowledge):.1%}"
    )
    for cause_id in knowledge.causes:
        own = [run for run in runs if run.cause == cause_id]
        print(f"  {cause_id:32} first {_share(own, 1):6.1%}  among three {_share(own, 3):6.1%}")


def _print_spread(name: str, values: list[float]) -> None:
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    print(f"{name:24} median {statistics.median(ordered):.2f}, p95 {p95:.2f}, most {ordered[-1]:.2f}")


def _share(runs: list[_Run], rank: int) -> float:
    return sum(run.rank <= rank for run in runs) / len(runs)


def _weighted(runs: list[_Run], rank: int, knowledge: Knowledge) -> float:
    total = sum(knowledge.causes[run.cause].prior for run in runs)
    return sum(knowledge.causes[run.cause].prior for run in runs if run.rank <= rank) / total


if __name__ == "__main__":
    main()
