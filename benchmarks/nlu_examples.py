"""The examples of data/nlu, as texts with their intents."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

NLU = Path(__file__).resolve().parent.parent / "data" / "nlu"
_MARK = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def training_examples() -> list[tuple[str, str]]:
    """Return (text, intent) of every example, in the order of the files."""
    found = []
    for path in sorted(NLU.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if "intent" in entry:
                lines = entry["examples"].splitlines()
                found += [(_MARK.sub(r"\1", line[2:]).strip(), entry["intent"]) for line in lines if line[2:].strip()]
    return found
