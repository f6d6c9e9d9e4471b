"""The report as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.evaluation.figures import Table
from bot.evaluation.run import Evaluation
from bot.evaluation.verdicts import Verdict

HEADING = ("figure", "value", "n", "goal", "committed", "change", "rows", "")


def as_text(evaluation: Evaluation) -> Iterator[str]:
    """Yield the lines of the report."""
    for section in evaluation.sections:
        yield f"\n{section.title}"
        yield from _grouped(evaluation.verdicts[section.id])
        for table in section.tables:
            if table.in_terminal and table.lines:
                yield from _table(table)
    yield ""
    yield from _ending(evaluation)


def as_json(evaluation: Evaluation) -> str:
    """Return one JSON object: each figure by its id, and the ids of those that fell."""
    figures = {
        verdict.figure.id: {
            "value": round(verdict.figure.value, 4),
            "n": len(verdict.figure.rows),
            "goal": verdict.figure.goal,
            "committed": verdict.committed,
            "better": verdict.change.better if verdict.change else None,
            "worse": verdict.change.worse if verdict.change else None,
            "note": verdict.note,
        }
        for section in evaluation.verdicts.values()
        for verdict in section
    }
    return json.dumps({"figures": figures, "fell": [verdict.figure.id for verdict in evaluation.failed]}, indent=1)


def cells(verdict: Verdict) -> tuple[str, ...]:
    """Return the cells of a figure's line, in the order of `HEADING`."""
    return (
        verdict.figure.what,
        verdict.show(verdict.figure.value),
        str(len(verdict.figure.rows)),
        verdict.goal_text,
        verdict.show(verdict.committed),
        verdict.change_text,
        verdict.rows_changed,
        verdict.note,
    )


def full_name(verdict: Verdict) -> str:
    """Return the figure's name with the part that it belongs to."""
    return f"{verdict.figure.id.split('.')[0]}: {verdict.figure.name}"


def _grouped(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield a heading and the lines of every group, all aligned alike."""
    lines: list[tuple[str, ...]] = []
    for group, members in groupby(verdicts, key=lambda verdict: verdict.figure.group):
        lines.append((group, *("" for _ in HEADING[1:])))
        lines += [("  " + name, *rest) for name, *rest in map(cells, members)]
    yield from _aligned(HEADING, lines)


def _ending(evaluation: Evaluation) -> Iterator[str]:
    if evaluation.shared_missing:
        yield "../shared/evaluation is not beside the project: only the project's own held-out sets were measured."
    if evaluation.failed:
        yield "Fell too far: " + "; ".join(map(full_name, evaluation.failed)) + "."
    else:
        yield "Nothing fell beyond the noise, and no safety figure fell."
    yield f"Measured in {evaluation.seconds:.0f} s."


def _table(table: Table) -> Iterator[str]:
    yield f"\n  {table.title}"
    yield from _aligned(table.heading, table.lines)


def _aligned(heading: Sequence[str], lines: Sequence[Sequence[str]]) -> Iterator[str]:
    if not lines:
        yield "  nothing to measure"
        return
    widths = [max(len(line[column]) for line in (heading, *lines)) for column in range(len(heading))]
    for line in (heading, *lines):
        first, *rest = (
            cell.ljust(width) if column in (0, len(widths) - 1) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        yield "  ".join(("", first, *rest)).rstrip()
