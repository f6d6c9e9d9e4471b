"""Choices that a text picks by number: "the second", "first two", "2 and 4", "option three"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.case import Choice
from bot.reading.exact.answer_words import EXCEPTIONS, ITEMS, LIST_WORDS, NUMBERING, ORDINALS, WHOLES
from bot.reading.words.english import NUMBERS
from bot.reading.words.tokens import Word

_SEVERAL = re.compile(r"\d(?:[,/.]\d)+")


def picked_by_number(spoken: Sequence[Word], choices: Sequence[Choice]) -> Iterator[tuple[str, Word]]:
    """Yield the id of each choice that the words pick by its place, with the word that does.

    A number picks alone ("1 and 3") or with a word of the list ("number 3", "the first two"), never as a time, a
    dose or a date ("for 3 weeks", "4 ibuprofen a day").
    """
    bare = picks_by_number_alone(spoken)
    if len(choices) < len({word.form for word in spoken if word.form in ORDINALS}):
        return
    for index, word in enumerate(spoken):
        if not bare and not _picks_in_a_sentence(spoken, index):
            continue
        for place in _places(spoken, index, len(choices) - _trailing(choices)):
            if -len(choices) <= place < len(choices):
                yield choices[place].id, word


def picks_by_number_alone(spoken: Sequence[Word]) -> bool:
    """Tell whether the words are all of a list: numbers, and what stands around them."""
    return all(_is_of_a_list(word.form) for word in spoken)


def exception_starts(spoken: Sequence[Word]) -> int | None:
    """Return the index after "all but", "everything except", "all of them apart from"; None where there is none."""
    forms = [word.form for word in spoken]
    starts = [index for index, form in enumerate(forms) if form in EXCEPTIONS]
    return starts[0] + 1 if starts and not WHOLES.isdisjoint(forms[: starts[0]]) else None


def _places(spoken: Sequence[Word], index: int, findings: int) -> Iterator[int]:
    form, before = spoken[index].form, spoken[index - 1].form if index else ""
    count = _count(spoken[index + 1].form) if index + 1 < len(spoken) else 0
    if form in ("first", "last") and count > 1:
        yield from range(count) if form == "first" else range(max(findings - count, 0), findings)
    elif form in ORDINALS and not (before in ("first", "last") and _count(form)):
        yield ORDINALS[form]
    elif before in NUMBERING and form in NUMBERS:
        yield NUMBERS[form] - 1
    elif _SEVERAL.fullmatch(form):
        yield from (int(figure) - 1 for figure in re.findall(r"\d", form))


def _is_of_a_list(form: str) -> bool:
    return (
        form in ORDINALS or form in LIST_WORDS or form in NUMBERS or bool(_SEVERAL.fullmatch(form)) or form.isdecimal()
    )


def _picks_in_a_sentence(spoken: Sequence[Word], index: int) -> bool:
    """Tell whether a number among other words picks all the same ("number 3 hurts me", "I have the second one")."""
    before = spoken[index - 1].form if index else ""
    after = spoken[index + 1].form if index + 1 < len(spoken) else ""
    if before in ("number", "option", "choice", "answer") or after in ITEMS:
        return True
    return before == "the" and spoken[index].form.isalpha() and (not after or bool(_count(after)))


def _count(form: str) -> int:
    return int(form) if form.isdecimal() else NUMBERS.get(form, 0)


def _trailing(choices: Sequence[Choice]) -> int:
    """Return how many choices at the end stand for no finding ("none of these", "not sure")."""
    return sum(choice.id in ("none", "unsure") for choice in choices)
