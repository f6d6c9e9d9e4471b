"""First figures on real messages: causes, red flags and scope. `python -m benchmarks.messages`.

Reads `../shared/evaluation` (see its README) and prints counts and shares; nothing of a message is printed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot import measuring
from bot.settings import settings

EVALUATION = Path(__file__).resolve().parents[2] / "shared" / "evaluation"
# Two names of the files that the knowledge base calls otherwise (their README says so).
SAME = {"muscle_strain_low_back": "low_back_strain", "heel_spur": "plantar_fasciitis"}
OTHER = "other_or_unclear"
ALARMS = ("emergency", "same_day")

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    """Return the rows of one evaluation file."""
    return [json.loads(line) for line in (EVALUATION / name).read_text(encoding="utf-8").splitlines() if line]


def share(name: str, right: int, of: int) -> None:
    """Print one line."""
    print(f"{name:<62} {right:>4} of {of:<4} {right / of if of else 0:7.1%}")


def causes(row: Row, match: Callable[[Row], Row]) -> list[str]:
    """Return the ids of the ranked causes that a visitor could be told, best first."""
    answer = match({"id": row["id"], "text": row["text"]})
    return [cause["id"] for cause in answer["causes"] if cause["id"] != OTHER] if answer["in_scope"] else []


def measure_foot(match: Callable[[Row], Row], known: set[str]) -> None:
    """Print how often a right cause leads, and what becomes of red flags, on messages about feet, legs and back."""
    answers = [(row, match({"id": row["id"], "text": row["text"]})) for row in rows("patient_foot.jsonl")]
    named = [
        (accept, [cause["id"] for cause in answer["causes"] if cause["id"] != OTHER])
        for row, answer in answers
        if (accept := {SAME.get(cause, cause) for cause in row["accept"]} & known)
    ]
    share("patient_foot: first cause right", sum(bool(accept & set(found[:1])) for accept, found in named), len(named))
    share(
        "patient_foot: right cause among three",
        sum(bool(accept & set(found[:3])) for accept, found in named),
        len(named),
    )
    flagged = [answer for row, answer in answers if row["red_flag"]]
    calm = [answer for row, answer in answers if not row["red_flag"]]
    share("patient_foot: red flag raised where one must be noticed", sum(map(raised, flagged)), len(flagged))
    share("patient_foot: raised or screened for", sum(raised(a) or screened(a) for a in flagged), len(flagged))
    share("patient_foot: emergency or same day raised without need", sum(map(raised, calm)), len(calm))
    share("patient_foot: in scope", sum(answer["in_scope"] for _, answer in answers), len(answers))


def measure_other(match: Callable[[Row], Row]) -> None:
    """Print how often another body part wrongly gets a foot or back cause."""
    messages = rows("patient_other.jsonl")
    share("patient_other: wrongly in scope", sum(bool(causes(row, match)) for row in messages), len(messages))


def measure_intents() -> None:
    """Print how often another body part is read as out of scope; that takes a trained model."""
    if not any(settings().models.glob("*.tar.gz")):
        print("patient_other: intents not measured, no trained model (make one with `rasa train`)")
        return
    messages, read = rows("patient_other.jsonl"), measuring.reader()
    intents = [read({"id": row["id"], "text": row["text"]})["intent"] for row in messages]
    share("patient_other: intent read as out of scope or not podiatry", sum(map(outside, intents)), len(messages))


def raised(answer: Row) -> bool:
    """Return True when an emergency or a same-day flag is up."""
    return any(flag["level"] in ALARMS for flag in answer["red_flags"])


def screened(answer: Row) -> bool:
    """Return True when the next question is a screening question."""
    return bool(answer["next_question"]) and answer["next_question"]["id"].startswith("screen")


def outside(intent: str | None) -> bool:
    """Return True for the intents that no journey serves."""
    return intent in ("out_of_scope", "describe_other_body_part", "nlu_fallback")


def main() -> None:
    """Print every figure."""
    if not EVALUATION.is_dir():
        sys.exit(f"No evaluation texts beside the project (looked for {EVALUATION.name} in shared): nothing measured.")
    match = measuring.matcher()
    known = set(measuring.check_data()[0].causes)
    measure_foot(match, known)
    measure_other(match)
    measure_intents()


if __name__ == "__main__":
    main()
