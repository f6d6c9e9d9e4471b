"""The figures of a sealed set."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.case import Reading, Scope, Status, Tense
from bot.evaluation.figures import Figure, measured, share
from bot.evaluation.findings import status_in
from bot.evaluation.judging import Judge, Judgement
from bot.evaluation.pairs import compare, raises_or_asks, score_pairs
from bot.evaluation.progress import Progress, silent
from bot.evaluation.scoring import is_handled_as_neighbour
from bot.evaluation.sealed.rows import AlarmKind, AlarmText, Said, ScopeText, SealedSet, Statement
from bot.knowledge.model import FindingKind, Knowledge


def score_sealed(rows: SealedSet, judge: Judge, progress: Progress = silent) -> tuple[Figure, ...]:
    """Return every figure that the files of a set allow."""
    prefix, name = f"sealed.{rows.name}", f"sealed {rows.name}"
    return measured(
        [
            *_statements(prefix, name, list(progress(rows.statements, f"{name}: statements")), judge),
            *_alarms(prefix, name, list(progress(rows.alarms, f"{name}: red flags")), judge),
            *_scopes(prefix, name, list(progress(rows.scopes, f"{name}: scope")), judge),
            *score_pairs(
                f"{prefix}.pairs", f"{name}, pairs", [compare(each, judge) for each in rows.pairs], judge.knowledge
            ),
        ]
    )


def _statements(prefix: str, name: str, rows: Sequence[Statement], judge: Judge) -> list[Figure]:
    def status(said: Said, wanted: Status) -> dict[str, bool]:
        return {
            row.key: row.finding is not None and status_in(judge.read(row.text), row.finding) is wanted
            for row in rows
            if row.said is said
        }

    nothing = {
        row.key: reads_as_there(judge.read(row.text), row, judge.knowledge) for row in rows if row.said is Said.NOTHING
    }
    return [
        share(f"{prefix}.there", f"{name}: finding there, read so", status(Said.THERE, Status.PRESENT), goal=0.90),
        share(f"{prefix}.denied", f"{name}: finding denied, read so", status(Said.DENIED, Status.ABSENT), goal=0.90),
        share(f"{prefix}.nothing", f"{name}: nothing said, read as there", nothing, goal=0.10, lower_is_better=True),
    ]


def reads_as_there(reading: Reading, row: Statement, knowledge: Knowledge) -> bool:
    """Return whether one of the row's findings is read as there now; of a row that lists none, any symptom."""
    present = {item.id for item in reading.findings if item.status is Status.PRESENT and item.tense is Tense.NOW}
    if row.not_present:
        return not present.isdisjoint(row.not_present)
    return any(knowledge.findings[item].kind is not FindingKind.CONTEXT for item in present)


def _alarms(prefix: str, name: str, rows: Sequence[AlarmText], judge: Judge) -> list[Figure]:
    judged = [(row, judge.judge(judge.case_of(row.text))) for row in rows]
    own = [(row.key, row.flag, each) for row, each in judged if row.kind is AlarmKind.ALARM and row.flag]

    def alarmed(kind: AlarmKind) -> dict[str, bool]:
        return {row.key: each.alarm for row, each in judged if row.kind is kind}

    raised = {key: flag in each.flags for key, flag, each in own}
    noticed = {key: raises_or_asks(flag, each, judge.knowledge) for key, flag, each in own}
    unwanted = [
        share(f"{prefix}.{kind}_alarmed", f"{name}: any alarm, {what}", alarmed(kind), goal=goal, lower_is_better=True)
        for kind, what, goal in (
            (AlarmKind.NEAR, "near misses", None),
            (AlarmKind.CALM, "calm messages", 0.05),
        )
    ]
    return [
        share(f"{prefix}.flag_raised", f"{name}: own red flag raised", raised, safety=True),
        share(f"{prefix}.flag_noticed", f"{name}: own red flag raised or asked", noticed, goal=0.98, safety=True),
        *unwanted,
    ]


def _scopes(prefix: str, name: str, rows: Sequence[ScopeText], judge: Judge) -> list[Figure]:
    judged = [(row, judge.judge(judge.case_of(row.text))) for row in rows]

    def each(scope: Scope, test: Callable[[Judgement], bool]) -> dict[str, bool]:
        return {row.key: test(judgement) for row, judgement in judged if row.scope is scope}

    known = {row.key: judgement.scope is row.scope for row, judgement in judged if judgement.scope is not None}
    none = each(Scope.NONE, lambda judgement: bool(judgement.told))
    return [
        share(f"{prefix}.in_scope", f"{name}: kept in scope", each(Scope.OURS, lambda judgement: judgement.in_scope)),
        share(
            f"{prefix}.neighbour",
            f"{name}: knee or hip handled as a neighbour (no foot or back cause)",
            each(Scope.KNEE_HIP, is_handled_as_neighbour),
        ),
        share(
            f"{prefix}.foreign_cause",
            f"{name}: foot or back cause for another part of the body",
            each(Scope.OTHER, lambda judgement: bool(judgement.causes)),
            goal=0.03,
            lower_is_better=True,
        ),
        share(f"{prefix}.cause_for_none", f"{name}: a cause told where nothing hurts", none, lower_is_better=True),
        share(f"{prefix}.scope_right", f"{name}: scope read right, where it is read", known),
    ]
