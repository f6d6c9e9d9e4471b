"""Whether a message is written in another language than English, by its letters and its small words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.errors import KnowledgeError

# An apostrophe within a word belongs to it, as in "j'ai" and "don't".
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_ADDRESS = re.compile(r"\S+@\S+|\S+://\S+|www\.\S+")
_LATIN = "LATIN"
_FEWEST_FOREIGN = 2
_MOST_ALONE = 4


@dataclass(frozen=True, slots=True)
class Languages:
    """Small words by language.

    Attributes:
        english: words that count for English.
        words: words that count for each other language; no English ones.
        alone: words that tell another language in a message of a few words.
    """

    english: frozenset[str]
    words: Mapping[str, frozenset[str]]
    alone: frozenset[str]

    def is_foreign(self, text: str) -> bool:
        """Return True when the text is written in another language.

        Most of its letters are of another script; or its words speak more for one other language than for English.
        Names, Latin terms, misspelt words and numbers speak for none.
        """
        # Compatibility forms (full width, mathematical bold) are the letters that they look like.
        said = _WORD.findall(_ADDRESS.sub(" ", unicodedata.normalize("NFKC", text)))
        letters = [letter for word in said for letter in word if letter.isalpha()]
        if letters and sum(map(_is_latin, letters)) * 2 < len(letters):
            return True
        words = [word.lower().replace("\u2019", "'") for word in said]
        english = sum(word in self.english for word in words)
        if len(words) <= _MOST_ALONE and english == 0 and any(word in self.alone for word in words):
            return True
        listed = max(({*words} & each for each in self.words.values()), key=len, default=set())
        # Names have accents too; a word that begins small is none.
        accented = {word for word in said if not word.isascii() and word[0].islower() and "\u2019" not in word}
        # A single listed word is a name or a slip.
        return bool(listed) and len(listed | accented) >= _FEWEST_FOREIGN and len(listed | accented) > 2 * english


def load_languages(path: Path) -> Languages:
    """Return the languages of a YAML file.

    Raises:
        KnowledgeError: the file is missing or a field is not what it has to be.
    """
    try:
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        english = frozenset(record["english"].split())
        entries = record["languages"].values()
        spoken = english | frozenset(record["shared"].split())
        words = {name: frozenset(entry["words"].split()) - spoken for name, entry in record["languages"].items()}
        alone = frozenset(word for entry in entries for word in entry["alone"]) - spoken
    except (OSError, yaml.YAMLError, KeyError, AttributeError, TypeError) as error:
        raise KnowledgeError(f"{path.name} cannot be used: {error!r}.") from error
    return Languages(english, words, alone)


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_LATIN)
