"""Answers to the question just put: what rules take for one, and what was learnt of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.case import Finding, Question, Side, Status
from bot.reading.learned.reader import LearnedReader, LearnedText
from bot.reading.learned.thresholds import Thresholds

_CLOSED = frozenset({"yes", "no", "unsure"})
_WORDS_OF_A_BARE_ANSWER = 3


class AnswerWeigher:
    """Reads answers with what was learnt, and weighs them against what rules read."""

    def __init__(self, reader: LearnedReader, thresholds: Thresholds) -> None:
        self._reader, self._sure = reader, thresholds.answer
        self._places = {name: place for place, name in enumerate(reader.findings)}
        self._there, self._denied, _ = thresholds.of(reader.findings)

    def read(self, text: str, question: Question, ruled: Sequence[Finding], side: Side | None) -> list[Finding]:
        """Return what a text answers to the question just put.

        Args:
            text: as typed.
            question: a closed one, or a list.
            ruled: what rules take for its answer.
            side: the only one that the text names.
        """
        learned = self._reader.read(text, question.text)
        short = len(text.split()) <= _WORDS_OF_A_BARE_ANSWER
        if _CLOSED.issuperset(choice.id for choice in question.choices):
            status = self._answer(learned)
            if status is None:
                return list(ruled) if short else []
            if question.screening and any(item.status is Status.PRESENT for item in ruled):
                # Who may have a warning sign is taken to have it.
                answered = list(ruled)
            else:
                answered = [Finding(name, status, side, 0, len(text)) for name in question.findings]
            return answered if short else self._only_meant(answered, learned, question)
        picked = self._picked(learned, question.findings)
        # A "no" that stands apart answers a list that was asked in one sentence, but for what was learnt to be there.
        # To an open list it is for rules only where it is bare; within a longer answer it denies what was learnt.
        kept = [
            item
            for item in ruled
            if item.status is not Status.ABSENT
            or short
            or picked.get(item.id, Status.ABSENT if question.sentence else None) is item.status
        ]
        if short and kept:
            # "The third one", "none of these": exact, and nothing for what was learnt from sentences.
            return kept
        named = {item.id for item in kept}
        more = [Finding(name, status, side, 0, len(text)) for name, status in picked.items() if name not in named]
        return [*kept, *more]

    def _only_meant(self, answered: list[Finding], learned: LearnedText, question: Question) -> list[Finding]:
        """Return a yes to several things as a yes to those that its words name, where they name some.

        "Yeah, that leg's warmer" tells nothing of diabetes; what the words deny is denied.
        """
        if len(question.findings) == 1:
            return answered
        picked = self._picked(learned, question.findings)
        meant = {name for name, status in picked.items() if status is Status.PRESENT}
        kept = []
        for item in answered:
            if item.status is Status.PRESENT and picked.get(item.id) is Status.ABSENT:
                item = replace(item, status=Status.ABSENT)
            if item.status is not Status.PRESENT or not meant or item.id in meant:
                kept.append(item)
        return kept

    def _answer(self, text: LearnedText) -> Status | None:
        """Return what a text answers to a closed question: there, not there, not sure; None where it is no answer."""
        shares = text.answers[:3]
        if shares.sum() < self._sure:
            return None
        return (Status.PRESENT, Status.ABSENT, Status.UNSURE)[int(shares.argmax())]

    def _picked(self, text: LearnedText, findings: Sequence[str]) -> dict[str, Status]:
        """Return which of the findings of a list a text ticks or denies in answer to it."""
        best = text.findings[text.statements].max(axis=0)
        picked = {}
        for name in findings:
            if (place := self._places.get(name)) is None:
                continue
            there, denied, named = best[place]
            if there >= max(self._there[place], denied):
                picked[name] = Status.PRESENT
            elif denied >= max(self._denied[place], named):
                picked[name] = Status.ABSENT
        return picked
