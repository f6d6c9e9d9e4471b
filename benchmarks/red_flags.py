"""Red flags on the project's own messages: found, asked for, false alarms. `python -m benchmarks.red_flags [FILE...]`.

Reads the sets of `tests/triage/red_flag_texts` whose entries have `alarms` and `near`; `--show` prints what went wrong.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot import measuring
from bot.case import Case, Urgency, most_urgent
from bot.knowledge.model import Knowledge
from bot.reading import SymptomReader
from bot.triage.red_flags import fired_levels, record_red_flags, suspect_red_flags

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "triage" / "red_flag_texts"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one conversation."""

    levels: dict[str, Urgency]
    suspects: tuple[str, ...]

    @property
    def worst(self) -> Urgency:
        """The most urgent level raised."""
        return most_urgent(self.levels.values())

    @property
    def alarms(self) -> bool:
        """True when an emergency or a same-day flag is up."""
        return self.worst in (Urgency.EMERGENCY, Urgency.SAME_DAY)


def messages(turns: str | list[str]) -> list[str]:
    """Return the messages of one conversation: a list, or a text that stands alone."""
    return [turns] if isinstance(turns, str) else turns


def play(turns: str | list[str], reader: SymptomReader, knowledge: Knowledge) -> Outcome:
    """Return what the messages of one conversation raise."""
    case = Case()
    for text in messages(turns):
        case = record_red_flags(case.with_reading(reader.read(text)), knowledge)
    return Outcome(fired_levels(case, knowledge), tuple(flag.id for flag in suspect_red_flags(case, knowledge)))


def load_set(name: str) -> list[dict[str, Any]]:
    """Return the groups of one set; empty for a set of another form."""
    groups = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return groups if isinstance(groups, list) else []


def count_outcomes(
    groups: list[dict[str, Any]], reader: SymptomReader, knowledge: Knowledge, *, show: bool = False
) -> Counter[str]:
    """Return how many alarms were `raised` at their level and `noticed`, and how many near misses rang `false`."""
    counts: Counter[str] = Counter()
    for group in groups:
        for turns in group["alarms"]:
            seen = play(turns, reader, knowledge)
            right = seen.worst.rank <= Urgency(group["level"]).rank
            noticed = right or group["flag"] in seen.suspects or (seen.alarms and bool(seen.suspects))
            counts.update(alarms=1, raised=right, noticed=noticed)
            if show and not right:
                print("ASKED" if noticed else "MISSED", group["flag"], turns, dict(seen.levels), seen.suspects)
        for turns in group["near"]:
            seen = play(turns, reader, knowledge)
            counts.update(near=1, false=seen.alarms, asked=bool(seen.suspects) and not seen.alarms)
            if show and seen.alarms:
                print("FALSE", group["flag"], turns, dict(seen.levels))
    return counts


def measure(groups: list[dict[str, Any]], reader: SymptomReader, knowledge: Knowledge, *, show: bool) -> None:
    """Print the figures of one set."""
    counts = count_outcomes(groups, reader, knowledge, show=show)
    _share("raised at the level or above", counts["raised"], counts["alarms"])
    _share("raised, or its own question asked", counts["noticed"], counts["alarms"])
    _share("false alarms", counts["false"], counts["near"])
    _share("closed question on a calm message", counts["asked"], counts["near"])


def time_long_case(reader: SymptomReader, knowledge: Knowledge, texts: list[str]) -> None:
    """Print what one screening costs once many messages were said."""
    case = Case()
    for text in texts:
        case = case.with_reading(reader.read(text))
    taken = []
    for _ in range(200):
        start = time.perf_counter()
        fired_levels(case, knowledge)
        suspect_red_flags(case, knowledge)
        taken.append(1000 * (time.perf_counter() - start))
    taken.sort()
    print(f"screen over {len(texts)} messages, {len(case.findings)} findings: ", end="")
    print(f"median {statistics.median(taken):.2f} ms, p95 {taken[190]:.2f} ms")


def _share(name: str, part: int, of: int) -> None:
    print(f"  {name:<40} {part:>4} of {of:<4} {part / of if of else 0:7.1%}")


def main() -> None:
    """Measure the named files, or all."""
    names = [name for name in sys.argv[1:] if not name.startswith("-")]
    knowledge, _ = measuring.check_data()
    reader = SymptomReader(knowledge)
    texts: list[str] = []
    for path in sorted(FOLDER.glob("*.yml")):
        groups = load_set(path.stem)
        if not groups or (names and path.stem not in names):
            continue
        print(path.stem)
        measure(groups, reader, knowledge, show="--show" in sys.argv)
        texts += [text for group in groups for turns in group["near"] for text in messages(turns)]
    if texts:
        time_long_case(reader, knowledge, texts)


if __name__ == "__main__":
    main()
