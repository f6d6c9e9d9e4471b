"""Read YAML files under `data/`: broken syntax, doubled keys and trap lines are refused by file and line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any

import yaml

from bot.errors import KnowledgeError

# Rasa takes every YAML file under data/ that has such a line, at any indentation, for training data.
_TRAP = re.compile(r"^\s*[\"']?(nlu|responses|stories|rules)[\"']?\s*:", re.MULTILINE)


class _Loader(yaml.CSafeLoader):
    """The C loader, except that a key that stands twice in a mapping is an error and dates stay text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = key_node.value
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def read_yaml(path: Path) -> Any:
    """Return the content of one YAML file.

    Raises:
        KnowledgeError: the file is missing, is not UTF-8 YAML, or holds a line that Rasa would take for training data.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise KnowledgeError(
            f"{path}: there is no such file. Restore it or set INSTEP_DATA to the right folder."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: cannot be read ({error}). Save it as plain UTF-8 text.") from error
    refuse_trap_lines(path, text)
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "not readable as YAML"
        raise KnowledgeError(f"{path}{line}: {problem}. Correct this line; indentation and quotes matter.") from error


def refuse_trap_lines(path: Path, text: str) -> None:
    """Raise KnowledgeError when Rasa would take the text for training data."""
    if found := _TRAP.search(text):
        line = text.count("\n", 0, found.start(1)) + 1
        raise KnowledgeError(
            f"{path} line {line}: a line here must not start with {found.group(1)!r} and a colon, because Rasa "
            "would take the file for training data. Use another word or reword the line."
        )


def fingerprint(folder: Path, paths: Iterable[Path]) -> str:
    """Return the SHA-256 over the names (relative to `folder`) and contents of the files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
