"""The report as one HTML page, for the developer's own browser: it shows texts, so it is never committed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import groupby
from pathlib import Path

from django.template import Context, Engine

from bot.evaluation.figures import Miss, Section, Table
from bot.evaluation.report import HEADING, cells, full_name
from bot.evaluation.run import Evaluation
from bot.evaluation.verdicts import Verdict
from bot.settings import settings

PAGE = "evaluation.html"
_MOST_MISSES = 20


def write_page(evaluation: Evaluation) -> Path:
    """Write the page into `settings().var` and return its path."""
    path = settings().var / PAGE
    path.write_text(page_of(evaluation), encoding="utf-8")
    return path


def page_of(evaluation: Evaluation) -> str:
    """Return the page as HTML; it needs no script and nothing from elsewhere."""
    verdicts = [verdict for section in evaluation.verdicts.values() for verdict in section]
    aimed = [verdict for verdict in verdicts if verdict.figure.reached is not None]
    context = {
        "sections": [_section(section, evaluation.verdicts[section.id]) for section in evaluation.sections],
        "heading": HEADING,
        "failed": [full_name(verdict) for verdict in evaluation.failed],
        "goals": len(aimed),
        "reached": sum(bool(verdict.figure.reached) for verdict in aimed),
        "shared_missing": evaluation.shared_missing,
        "seconds": round(evaluation.seconds),
        "made": f"{dt.datetime.now(dt.UTC):%d %B %Y, %H:%M}",
    }
    engine = Engine(dirs=[str(Path(__file__).parent)])
    # Local forms of numbers and dates would need Django's settings, which a part without the model does not load.
    return str(engine.get_template("page.html").render(Context(context, use_l10n=False, use_tz=False)))


def _section(section: Section, verdicts: tuple[Verdict, ...]) -> dict[str, object]:
    return {
        "id": section.id,
        "title": section.title,
        "groups": _groups(verdicts),
        "tables": [_table(table) for table in section.tables],
        "misses": _misses(section.misses),
    }


def _groups(verdicts: tuple[Verdict, ...]) -> list[dict[str, object]]:
    return [
        {"name": name, "lines": [{"cells": cells(verdict), "tone": _tone(verdict)} for verdict in members]}
        for name, members in groupby(verdicts, key=lambda verdict: verdict.figure.group)
    ]


def _tone(verdict: Verdict) -> str:
    if verdict.worse:
        return "bad"
    if verdict.better or verdict.figure.reached:
        return "good"
    return "short" if verdict.figure.reached is False else ""


def _table(table: Table) -> dict[str, object]:
    lines = [
        [{"text": cell, "marked": (row, column) in table.marked} for column, cell in enumerate(line)]
        for row, line in enumerate(table.lines)
    ]
    return {"title": table.title, "heading": table.heading, "lines": lines, "upright": not table.in_terminal}


def _misses(misses: tuple[Miss, ...]) -> list[tuple[str, int, list[Miss]]]:
    """Return the worst rows of each set: its name, how many there are, the heaviest of them."""
    by_set: dict[str, list[Miss]] = defaultdict(list)
    for miss in sorted(misses, key=lambda miss: -miss.weight):
        by_set[miss.set].append(miss)
    return [(name, len(rows), rows[:_MOST_MISSES]) for name, rows in sorted(by_set.items())]
