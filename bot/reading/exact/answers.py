"""Bind an answer to the question just put: "yes", "not really", "the second one", "none of those"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.case import Finding, Question, Side, Status
from bot.knowledge.model import Cues
from bot.reading.exact.answer_words import DEGREES_OF_YES, LIST_WORDS, NOTHINGS, WELL, WORDS_AFTER_AN_ANSWER
from bot.reading.exact.picks import exception_starts, picked_by_number, picks_by_number_alone
from bot.reading.words.cue_book import CueBook
from bot.reading.words.english import CLAUSE_OPENERS, CONJUNCTIONS, DROPPABLE, FUNCTION_WORDS, NEGATORS, POINTERS
from bot.reading.words.matches import Match
from bot.reading.words.tokens import Word, WordSplitter

_STATUSES = {"affirm": Status.PRESENT, "deny": Status.ABSENT, "unsure": Status.UNSURE}
_CHOICES = {"yes": Status.PRESENT, "no": Status.ABSENT, "unsure": Status.UNSURE}
_WORDS_BEFORE_AN_ANSWER = 2
_WORDS_OF_A_SHORT_ANSWER = 7
_AFTER_AN_ANSWER = CLAUSE_OPENERS | CONJUNCTIONS | WORDS_AFTER_AN_ANSWER
_SMALL = FUNCTION_WORDS | POINTERS | LIST_WORDS | WORDS_AFTER_AN_ANSWER


def _stands_apart(words: Sequence[Word], cue: Match) -> bool:
    """Tell whether a yes or no is an answer of its own and no part of a statement ("no weight on it", "I have a dog").

    A degree answers whatever follows ("sometimes at night"); other words do at the end, before a mark or a new
    clause, or where only small words follow ("I don't have any of those").
    """
    if cue.key == "unsure" or DEGREES_OF_YES.issuperset(words[index].form for index in cue.words):
        return True
    said = [words[index].form for index in cue.words]
    if len(said) > 1 and said[0] in DEGREES_OF_YES | {"no"} and said[1] in CLAUSE_OPENERS:
        # "No I don't" is one, whatever it goes on to deny.
        return True
    rest = words[cue.last + 1 :]
    if not rest or rest[0].is_mark or rest[0].form in _AFTER_AN_ANSWER:
        return True
    ends = next((place for place, word in enumerate(rest) if word.is_mark), len(rest))
    return all(word.form in _SMALL for word in rest[:ends])


class AnswerReader:
    """Reads answers to the interview's questions."""

    def __init__(self, cues: Cues, splitter: WordSplitter) -> None:
        self._splitter = splitter
        self._all = CueBook({"all": cues.all_of_them}, splitter)
        self._book = CueBook({"affirm": cues.affirm, "deny": cues.deny, "unsure": cues.unsure}, splitter)

    def read(self, words: Sequence[Word], question: Question, side: Side | None) -> list[Finding]:
        """Return what the text answers to the question; nothing when it is no answer."""
        left_out = self.left_out(words, question)
        if left_out:
            start, end = words[0].start, words[-1].end
            return [
                Finding(each, Status.ABSENT if each in left_out else Status.PRESENT, side, start, end)
                for each in question.findings
            ]
        picked = self._picked(words, question)
        cue = self._cue(words) or (self._none_of_them(words) if question.sentence else None)
        every = self._every(words) if question.many and not picked else None
        if every is not None:
            start, end = words[every.first].start, words[every.last].end
            return [Finding(finding, Status.PRESENT, side, start, end) for finding in question.findings]
        if picked and question.sentence and cue is not None and cue.key == "deny":
            # "No, none of those, and no diabetes": what else is named is read as it stands.
            start, end = words[cue.first].start, words[cue.last].end
            rest = (finding for finding in question.findings if finding not in picked)
            return [Finding(finding, Status.ABSENT, side, start, end) for finding in rest]
        if picked:
            return self._choices(picked, words, question, side)
        if cue is None:
            return []
        status = _STATUSES[cue.key]
        if question.many and status is Status.PRESENT:
            # A bare yes to several does not tell which: the question is put again.
            return []
        start, end = words[cue.first].start, words[cue.last].end
        return [Finding(finding, status, side, start, end) for finding in question.findings]

    def is_bare(self, words: Sequence[Word]) -> bool:
        """Tell whether the text holds nothing but a yes, a no or a doubt and small words ("no none of that")."""
        cued = {index for book in (self._book, self._all) for cue in book.find(words) for index in cue.words}
        rest = (word.form for index, word in enumerate(words) if index not in cued and not word.is_mark)
        return all(form in _SMALL or form in NEGATORS for form in rest)

    def _cue(self, words: Sequence[Word]) -> Match | None:
        """Return the yes, no or not sure that opens the text, or with which a short text ends."""
        cues = [cue for cue in self._book.find(words) if _stands_apart(words, cue)]
        spoken = sum(not word.is_mark for word in words)
        opening = [cue for cue in cues if cue.first <= _WORDS_BEFORE_AN_ANSWER]
        if opening:
            return min(opening, key=lambda cue: (cue.first, -len(cue.words)))
        return cues[0] if cues and spoken <= _WORDS_OF_A_SHORT_ANSWER else None

    def _none_of_them(self, words: Sequence[Word]) -> Match | None:
        """Return the words of a longer text that deny the whole of a spoken list ("legs are fine, none of that")."""
        denied = (cue for cue in self._book.find(words) if cue.key == "deny" and len(cue.words) > 1)
        return next((cue for cue in denied if words[cue.first].form in NOTHINGS), None)

    def _every(self, words: Sequence[Word]) -> Match | None:
        """Return the words of a short text that tick every choice ("all of them"), unless they are denied.

        "All" alone does; "all good" and "it hurts all the time" say something else.
        """
        spoken = [word.form for word in words if not word.is_mark]
        found = [cue for cue in self._all.find(words) if len(cue.words) > 1 or LIST_WORDS.issuperset(spoken)]
        if not found or len(spoken) > _WORDS_OF_A_SHORT_ANSWER or not NEGATORS.isdisjoint(spoken):
            return None
        return None if not WELL.isdisjoint(spoken) else found[0]

    def _picked(self, words: Sequence[Word], question: Question) -> dict[str, Word]:
        """Return the ids of the choices that the text names by number or by their words, with the word that does."""
        spoken = [word for word in words if not word.is_mark]
        picked: dict[str, Word] = {}
        for choice, word in self._by_words(spoken, question):
            picked.setdefault(choice, word)
        if len(spoken) <= _WORDS_OF_A_SHORT_ANSWER:
            for choice, word in picked_by_number(spoken, question.choices):
                picked.setdefault(choice, word)
        return picked

    def is_exact(self, words: Sequence[Word], question: Question) -> bool:
        """Tell whether the text only answers a list: numbers of it, all, all but, or a no with small words."""
        spoken = [word for word in words if not word.is_mark]
        if not question.many or not spoken:
            return False
        if self.left_out(words, question) or self._every(words):
            return True
        if picks_by_number_alone(spoken):
            return bool(list(picked_by_number(spoken, question.choices)))
        cue = self._cue(words)
        if cue is None or cue.key != "deny":
            return False
        rest = (word for index, word in enumerate(words) if index not in cue.words and not word.is_mark)
        return all(word.form in _SMALL for word in rest)

    def left_out(self, words: Sequence[Word], question: Question) -> frozenset[str]:
        """Return the ids of the findings that the text leaves out of all ("all but the last"); else nothing."""
        spoken = [word for word in words if not word.is_mark]
        start = exception_starts(spoken)
        if start is None or not question.many:
            return frozenset()
        findings = tuple(choice for choice in question.choices if choice.id in question.findings)
        return frozenset(self._picked(spoken[start:], replace(question, choices=findings)))

    def _by_words(self, spoken: Sequence[Word], question: Question) -> Iterator[tuple[str, Word]]:
        stems = {word.stem: word for word in spoken}
        for choice in question.choices:
            label = {word.stem for word in self._splitter.split(choice.label) if not word.is_mark}
            content = {stem for stem in label if stem not in DROPPABLE} or label
            if choice.id not in _CHOICES and choice.id != "none" and content and content <= stems.keys():
                yield choice.id, stems[min(content)]

    def _choices(
        self, picked: dict[str, Word], words: Sequence[Word], question: Question, side: Side | None
    ) -> list[Finding]:
        (choice, word), *_ = picked.items()
        if choice == "none" or choice in _CHOICES:
            status = _CHOICES.get(choice, Status.ABSENT)
            return [Finding(finding, status, side, word.start, word.end) for finding in question.findings]
        findings = []
        for finding in question.findings:
            if finding in picked:
                named = picked[finding]
                findings.append(Finding(finding, Status.PRESENT, side, named.start, named.end))
            elif not question.screening:
                start, end = words[0].start, words[-1].end
                findings.append(Finding(finding, Status.ABSENT, None, start, end))
        return findings
