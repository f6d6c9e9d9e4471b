"""Measure a sealed set once, untouched, and show the untouched figures beside today's."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import InputError
from bot.evaluation.figures import Figure, Section, Table
from bot.evaluation.judging import Judge
from bot.evaluation.progress import Progress, silent
from bot.evaluation.sealed.rows import SEALED, SealedSet, read_sealed, sealed_names
from bot.evaluation.sealed.scoring import score_sealed
from bot.evaluation.verdicts import show_value
from bot.settings import ROOT

FIGURES = Path("benchmarks", "figures", "sealed")
"""Where the untouched figures lie in the project."""

MEASURED = ("bot", "data", "actions", "config.yml", "domain.yml")
"""What decides the figures: with changes in it that are not committed, no commit says what was measured."""

TITLE = "Sealed sets"


@dataclass(frozen=True, slots=True)
class Seal:
    """The untouched figures of a set: when and at which commit, value and number of rows of each by its id."""

    date: str
    commit: str
    fingerprint: str
    figures: Mapping[str, tuple[float, int]]


def measure_sealed(judge: Judge, progress: Progress, root: Path = ROOT) -> Section:
    """Return today's figures of the sets that were measured untouched; others are only named. Raises InputError."""
    figures: list[Figure] = []
    lines: list[tuple[str, ...]] = []
    for name in sealed_names(root / SEALED):
        seal = read_seal(name, root)
        if seal is None:
            lines.append((name, "", f"not measured yet: instep evaluate --seal {name}", ""))
            continue
        rows = read_sealed(name, judge.knowledge, root / SEALED)
        today = score_sealed(rows, judge, progress)
        figures += today
        lines += beside(seal, rows, today)
    heading = ("figure", "n", "untouched", "today")
    return Section("sealed", TITLE, tuple(figures), (Table("Untouched and today", heading, tuple(lines)),))


def seal_set(name: str, judge: Judge, progress: Progress = silent, root: Path = ROOT) -> Section:
    """Measure a set for the first time and write `<name>.json`.

    Raises:
        InputError: there is no such set, it was measured before, or changes are not committed.
    """
    rows = read_sealed(name, judge.knowledge, root / SEALED)
    path = root / FIGURES / f"{name}.json"
    if path.exists():
        raise InputError(f"{name} was measured untouched before; {path.name} is never written again. Write a new set.")
    commit = _commit(root)
    figures = score_sealed(rows, judge, progress)
    path.parent.mkdir(parents=True, exist_ok=True)
    written = {
        "set": name,
        "date": f"{dt.datetime.now(dt.UTC):%Y-%m-%d}",
        "commit": commit,
        "fingerprint": rows.fingerprint,
        "figures": {
            figure.id: {"name": figure.what, "value": round(figure.value, 4), "n": len(figure.rows)}
            for figure in figures
        },
    }
    with path.open("x", encoding="utf-8") as file:
        file.write(json.dumps(written, indent=1) + "\n")
    return Section("sealed", f"Sealed set {name}, untouched", figures)


def read_seal(name: str, root: Path = ROOT) -> Seal | None:
    """Return the untouched figures of a set, None before it was measured. Raises InputError."""
    path = root / FIGURES / f"{name}.json"
    if not path.is_file():
        return None
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        figures = {id_: (float(each["value"]), int(each["n"])) for id_, each in kept["figures"].items()}
        return Seal(str(kept["date"]), str(kept["commit"]), str(kept["fingerprint"]), figures)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f"{path.name} is not what `instep evaluate --seal` writes; restore it from git.") from None


def beside(seal: Seal, rows: SealedSet, today: tuple[Figure, ...]) -> list[tuple[str, ...]]:
    """Return the lines of a set: each figure untouched and today, under a line that says when and at which commit."""
    changed = "" if seal.fingerprint == rows.fingerprint else ", rows CHANGED since"
    head = (f"{rows.name}: untouched {seal.date} at {seal.commit[:9]}{changed}", "", "", "")
    lines: list[tuple[str, ...]] = [head]
    for figure in today:
        before = seal.figures.get(figure.id)
        untouched = show_value(figure, before[0]) if before else "not measured"
        lines.append((f"  {figure.what}", str(len(figure.rows)), untouched, show_value(figure, figure.value)))
    return lines


def _commit(root: Path) -> str:
    """Return the commit that is measured."""
    if changed := _git(root, "status", "--porcelain", "--", *MEASURED):
        raise InputError(f"Commit first, so that the commit says what was measured. Changed: {changed.split()[1]} ...")
    return _git(root, "rev-parse", "HEAD")


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        raise InputError("Seal from a git checkout: the untouched figures name their commit.") from None
    return done.stdout.strip()
