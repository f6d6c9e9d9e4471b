"""Which intents the groups of general messages get: `python -m benchmarks.intents` from the project's root.

Needs a trained model. The messages of `../shared/evaluation` are measured on only; without that folder nothing is.
Declined counts as right for what is out of scope: the intents out_of_scope, ask_other_body_part, ask_language and
nlu_fallback.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

from bot.brain.understanding import understand

EVALUATION = Path(__file__).resolve().parents[2] / "shared" / "evaluation"
DECLINED = frozenset({"out_of_scope", "ask_other_body_part", "ask_language", "nlu_fallback"})
SMALL_TALK = {
    "greet": "greet",
    "goodbye": "goodbye",
    "thank_you": "thank",
    "affirm": "affirm",
    "deny": "deny",
    "bot_challenge": "bot_challenge",
    "help": "ask_help",
    "repeat": "repeat",
    "cancel": "cancel",
    "unsure": "unsure",
    "insurance_like": "ask_insurance",
}
MOST_SHOWN = 6
PATIENTS = "patients' messages"


def main() -> None:
    if not EVALUATION.is_dir():
        print(f"no evaluation texts at {EVALUATION}: nothing measured")
        return
    intents: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _rows("generic_and_out_of_scope"):
        intents[row["group"]][understand(row["text"])[0]] += 1
    for row in _rows("patient_foot"):
        intents[PATIENTS][understand(row["text"])[0]] += 1
    for group, counts in sorted(intents.items()):
        shown = ", ".join(f"{intent} {number}" for intent, number in counts.most_common(MOST_SHOWN))
        print(f"{group}: {counts.total()} messages, declined {_declined(counts):.1%}; {shown}")
    known = [intents[group] for group in SMALL_TALK]
    right = sum(intents[group][intent] for group, intent in SMALL_TALK.items())
    kept = sum(counts.total() * (1 - _declined(counts)) for counts in known)
    total = sum(counts.total() for counts in known)
    print(f"out-of-scope recall {_declined(intents['out_of_scope']):.1%}")
    print(f"in-scope recall: small talk {kept / total:.1%} (right intent {right / total:.1%}), ", end="")
    print(f"patients' messages {1 - _declined(intents[PATIENTS]):.1%}")


def _declined(counts: Counter[str]) -> float:
    return sum(counts[intent] for intent in DECLINED) / counts.total()


def _rows(name: str) -> list[dict[str, str]]:
    with (EVALUATION / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
