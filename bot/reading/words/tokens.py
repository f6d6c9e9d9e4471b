"""Text into words: normalised forms, stems, sentences, and offsets into the original text."""

from __future__ import annotations

import re
import unicodedata
from contextlib import nullcontext
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, cast

import spacy
from spacy.attrs import NORM
from spacy.util import compile_infix_regex

from bot.reading.words.english import DROPPABLE, ENDINGS, INVARIANT, IRREGULAR, ORDERED, SENTENCE_ENDS

# Backtick, acute accent, modifier letter, full-width, single quotation marks, prime.
_APOSTROPHES = dict.fromkeys((0x60, 0xB4, 0x2BC, 0xFF07, 0x2018, 0x2019, 0x2032), "'")
_FEWEST_LETTERS_OF_A_STEM = 3
# Signs for words, and a contraction that stands apart ("could n't").
_SPELLED_OUT = {"&": "and", "+": "and", "n't": "not"}
_SIGNS_KEPT = 8
_RUN_OF_SIGNS = re.compile(rf"[^\w\s]{{{_SIGNS_KEPT + 1},}}")
_ANOTHER_SENSE = "~"
# Endings of words that say more than what they derive from ("heaviness").
_DERIVING = ("ness",)
_SHORT_STEM = re.compile("[^aeiou][aeiou][^aeiouwxy]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark of the text.

    Attributes:
        form: lower case, contractions written out ("n't" is "not"), spelling corrected.
        stem: the form without inflection.
        start: offset of the first character in the original text (inclusive).
        end: offset after the last character (exclusive).
        sentence: number of the sentence, from 0.
        is_mark: True for punctuation and line ends.
    """

    form: str
    stem: str
    start: int
    end: int
    sentence: int = 0
    is_mark: bool = False

    @property
    def in_another_sense(self) -> bool:
        """True where the word means none of what its form means elsewhere ("back" in "it is back")."""
        return self.stem.endswith(_ANOTHER_SENSE)

    def of_another_sense(self) -> Word:
        """Return the word with a stem that no bodily word has."""
        return self if self.in_another_sense else replace(self, stem=self.stem + _ANOTHER_SENSE)

    def respelled(self, form: str) -> Word:
        """Return the word with another spelling."""
        return replace(self, form=form, stem=stem_of(form))


class WordSplitter:
    """Splits text with spaCy's English tokenizer; safe to share between threads."""

    def __init__(self) -> None:
        self._nlp = spacy.blank("en")
        self._tokenizer = cast(Any, self._nlp.tokenizer)
        infixes = [*(self._nlp.Defaults.infixes or ()), r"(?<=[a-z])[.!?;&+](?=[a-z])", r"(?<=[a-z])/(?=[a-z])"]
        self._tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
        # "It hurts.it is red" holds no address.
        self._tokenizer.url_match = None
        # Only the norm of a word is used; working out its other attributes takes half of a reading's time.
        vocabulary = cast(Any, self._nlp.vocab)
        vocabulary.lex_attr_getters = {NORM: vocabulary.lex_attr_getters[NORM]}
        self._lock = Lock()

    def split(self, text: str, *, keep: bool = False) -> list[Word]:
        """Return the words and marks of the text, without spaces.

        Args:
            text: any text.
            keep: True for texts of our own, whose words spaCy may keep in memory.
        """
        plain = _RUN_OF_SIGNS.sub(_shortened, plain_text(text))
        # The zone frees what spaCy keeps of a text: visitors' words must not pile up in memory.
        with self._lock, nullcontext() if keep else self._nlp.memory_zone():
            raw = [(token.norm_, token.idx, token.idx + len(token)) for token in self._tokenizer(plain)]
        return _words(raw, plain)


def _shortened(run: re.Match[str]) -> str:
    """Return the first signs of a long run and blanks for the rest: the tokenizer takes a run apart sign by sign."""
    return run[0][:_SIGNS_KEPT].ljust(len(run[0]))


def stem_of(form: str) -> str:
    """Return the form without its inflection: "hurting" and "hurts" give "hurt"."""
    if form in IRREGULAR:
        return IRREGULAR[form]
    if form in INVARIANT or len(form) <= _FEWEST_LETTERS_OF_A_STEM or _ends_in_its_own_s(form):
        return form
    for ending, rest in ENDINGS:
        stem = form[: -len(ending)] + rest
        fewest = _FEWEST_LETTERS_OF_A_STEM + (ending in ("es", "e"))
        if form.endswith(ending) and len(stem) >= fewest and re.search("[aeiouy]", stem):
            stem = _smoothed(stem, ending)
            return form if stem in DROPPABLE or stem in ORDERED else stem
    return form


def may_stand_for(form: str, phrase: str, *, verb: bool = False) -> bool:
    """Tell whether a form may stand for a phrase of one word that has its stem ("bunions" for "bunion").

    It may gain an ending, but not lose one that makes another word ("flat" for "flats", "heavy" for "heaviness"), and
    an irregular form stands for itself alone ("bent" is not "bending"). A verb may lose its s ("hurt" for "hurts").
    """
    if form == phrase:
        return True
    if _is_irregular(form) or _is_irregular(phrase):
        return False
    if phrase.endswith("s") and form == phrase[:-1] and not verb:
        return False
    return not any(phrase.endswith(ending) and not form.endswith(ending) for ending in _DERIVING)


def is_past(form: str) -> bool:
    """Tell whether a form of a verb looks like a past one ("stepped", "ran")."""
    return form.endswith("ed") or _is_irregular(form)


def _is_irregular(form: str) -> bool:
    base = IRREGULAR.get(form)
    return base is not None and not form.startswith(base) and not form.endswith(("ing", "y"))


def _ends_in_its_own_s(form: str) -> bool:
    return form.endswith(("ss", "us", "is")) and not form.endswith("ness")


def _smoothed(stem: str, ending: str) -> str:
    """Undo what an ending does to a stem: a doubled consonant, a final e or y, and the e that "wiping" lost."""
    if ending in ("ing", "ed") and _SHORT_STEM.fullmatch(stem):
        return stem + "e"
    if len(stem) > _FEWEST_LETTERS_OF_A_STEM and stem[-1] == stem[-2] and stem[-1] not in "aeioulsfz":
        return stem[:-1]
    if len(stem) > _FEWEST_LETTERS_OF_A_STEM + 1 and stem[-1] in "ey":
        return stem[:-1]
    return stem


def plain_text(text: str) -> str:
    """Lower the case and undo typographic variants, character by character so that offsets stay."""
    text = text.translate(_APOSTROPHES)
    return text.lower() if text.isascii() else "".join(map(_plain_character, text))


def _plain_character(character: str) -> str:
    for variant in (unicodedata.normalize("NFKD", character)[:1], character):
        lowered = variant.lower()
        if len(lowered) == 1 and not unicodedata.combining(lowered):
            return lowered
    return character


def _words(raw: list[tuple[str, int, int]], plain: str) -> list[Word]:
    words: list[Word] = []
    sentence = 0
    for norm, start, end in raw:
        form = _form(norm, words)
        surface = plain[start:end]
        if "\n" in surface and surface.isspace():
            form = "\n"
        if not form or form == " " or (form.isspace() and form != "\n"):
            continue
        is_mark = not (form.isalnum() or any(character.isalnum() for character in form))
        words.append(Word(form, form if is_mark else stem_of(form), start, end, sentence, is_mark))
        if is_mark and not SENTENCE_ENDS.isdisjoint(form):
            sentence += 1
    return words


def _form(norm: str, before: list[Word]) -> str:
    form = norm.lower()
    if not form.isascii():
        form = "".join(character for character in form if unicodedata.category(character) not in ("Cf", "Mn"))
    if form == "m" and before and before[-1].form == "i":
        return "am"
    return _SPELLED_OUT.get(form, form)
