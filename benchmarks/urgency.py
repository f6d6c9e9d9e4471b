"""Urgency of the project's own messages: safe, right and over-triaged. `python -m benchmarks.urgency [mend|measure]`.

The messages of `tests/triage/urgency_texts.yml` are read alone, without an interview; `--show` prints what went wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from bot import measuring
from bot.case import Case, Urgency
from bot.knowledge.model import Knowledge, Practice
from bot.reading import SymptomReader
from bot.triage import judge_urgency, match_causes, screen_red_flags

FILE = Path(__file__).resolve().parents[1] / "tests" / "triage" / "urgency_texts.yml"

CALM = (Urgency.ROUTINE, Urgency.SELF_CARE)
"""Labels that leave time: whoever is sent to care sooner is over-triaged."""

Row = tuple[str, Urgency, Urgency]
"""A text, how soon it should be seen, and how soon it is told to be seen."""


def judged_rows(name: str, knowledge: Knowledge, practice: Practice) -> list[Row]:
    """Return the rows of one set, `mend` or `measure`."""
    rows: list[Mapping[str, str]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))[name]
    reader = SymptomReader(knowledge)
    judged = []
    for row in rows:
        case = Case().with_reading(reader.read(row["text"]))
        flags = screen_red_flags(case, knowledge, practice)
        told = judge_urgency(case, flags, match_causes(case, knowledge), knowledge)
        judged.append((row["text"], Urgency(row["urgency"]), told))
    return judged


def is_safe(wanted: Urgency, told: Urgency) -> bool:
    """Return whether nobody is told to wait longer than right; no advice yet counts as self-care."""
    return told.rank <= wanted.rank or wanted is Urgency.SELF_CARE


def is_over_triaged(wanted: Urgency, told: Urgency) -> bool:
    """Return whether somebody who has time is sent to care sooner."""
    return wanted in CALM and told.rank < wanted.rank


def _print(name: str, rows: Iterable[Row], *, show: bool) -> None:
    rows = list(rows)
    calm = [row for row in rows if row[1] in CALM]
    safe = sum(is_safe(wanted, told) for _, wanted, told in rows)
    over = sum(is_over_triaged(wanted, told) for _, wanted, told in calm)
    right = sum(wanted is told for _, wanted, told in rows)
    print(
        f"{name}: right {right / len(rows):.1%}, safe {safe / len(rows):.1%} of {len(rows)}, "
        f"self-care or routine not over-triaged {1 - over / len(calm):.1%} of {len(calm)}"
    )
    for text, wanted, told in rows if show else ():
        if wanted is not told:
            print(f"  {wanted} told {told}: {text}")


def main() -> None:
    """Measure one set or both."""
    names = [name for name in sys.argv[1:] if not name.startswith("-")] or ["mend", "measure"]
    knowledge, practice = measuring.check_data()
    for name in names:
        _print(name, judged_rows(name, knowledge, practice), show="--show" in sys.argv)


if __name__ == "__main__":
    main()
