"""Groups of words that mean the same, and the phrases that are made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import product
from pathlib import Path

from bot.errors import KnowledgeError
from bot.knowledge.fields import Record
from bot.knowledge.files import read_yaml
from bot.knowledge.symptom_types import Combination

_GROUP = re.compile("<([a-z_]+)>")

Wordings = Mapping[str, tuple[str, ...]]
"""Name of a group -> the words that may stand for it."""


def load_wordings(path: Path) -> Wordings:
    """Return the groups of one file.

    Raises:
        KnowledgeError: names file, group and field, and says what to do.
    """
    file = Record(path, read_yaml(path))
    groups = dict(file.records("groups", lambda record: (record.id(), record.texts("words", least=1)), least=1))
    file.end()
    return groups


def expand_phrases(phrases: Iterable[str], wordings: Wordings, where: str) -> tuple[str, ...]:
    """Return the phrases with every "<group>" replaced by each of its words in turn.

    What is written out stands first; a made phrase that is written out as well stands once.

    Args:
        phrases: as the record holds them.
        wordings: see `load_wordings`.
        where: file and record, for the error.

    Raises:
        KnowledgeError: a group that does not exist.
    """
    phrases = tuple(phrases)
    written = [phrase for phrase in phrases if not _GROUP.search(phrase)]
    made = [each for phrase in phrases if _GROUP.search(phrase) for each in _made(phrase, wordings, where)]
    known = set(written)
    return (*written, *(each for each in dict.fromkeys(made) if each not in known))


def read_combination(text: str, wordings: Wordings, where: str) -> Combination:
    """Return the combination that a record writes as "<numb> + toe|foot - after sitting".

    Every part after a "+" is needed, none after a "-" may be there; "|" parts words that mean the same.

    Args:
        text: as the record holds it.
        wordings: see `load_wordings`.
        where: file and record, for the error.

    Raises:
        KnowledgeError: a group that does not exist, or fewer than two parts.
    """
    pieces = re.split(r" ([+-]) ", f" + {text}")[1:]
    signed = list(zip(pieces[::2], pieces[1::2], strict=True))
    wanted = tuple(_part(part, wordings, where) for sign, part in signed if sign == "+")
    without = tuple(_part(part, wordings, where) for sign, part in signed if sign == "-")
    if len(wanted) < 2:
        raise KnowledgeError(f"{where}, field 'together': {text!r} has one part only. Write it under 'phrases'.")
    return Combination(wanted, without)


def _part(text: str, wordings: Wordings, where: str) -> tuple[str, ...]:
    return expand_phrases((word.strip() for word in text.split("|")), wordings, where)


def _made(phrase: str, wordings: Wordings, where: str) -> Iterable[str]:
    pieces = _GROUP.split(phrase)
    names = pieces[1::2]
    if unknown := sorted(set(names) - wordings.keys()):
        known = ", ".join(sorted(wordings))
        raise KnowledgeError(
            f"{where}, field 'phrases': {phrase!r} names unknown groups {unknown}. Groups of wordings.yml: {known}."
        )
    for words in product(*(wordings[name] for name in names)):
        spoken = [text for pair in zip(pieces[::2], (*words, ""), strict=True) for text in pair]
        yield " ".join("".join(spoken).split())
