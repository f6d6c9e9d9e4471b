"""One finished result from a text, the case and the open question: everything that later rooms need of a message."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.case import Case, Question, Reading, Status
from bot.knowledge.model import Knowledge, Meanings
from bot.reading.acts import Classified, Named, acts_of, main_intent, may_be_asked, without_questions
from bot.reading.corrections import corrects, side_alone, taken_back, with_places, with_right_places
from bot.reading.exact.impossible import WORST_PAIN, impossible_age, impossible_pain
from bot.reading.reports import is_general, reported
from bot.reading.subjects import SubjectReader
from bot.reading.symptom_reader import SymptomReader

_OTHER_PART = "other_body_part"
_LEAST_OTHER = 0.05
"""Confidence, 0 to 1, that another intent must have to take the place of one whose form the message has not."""


class MessageReader:
    """Reads one message at a time; holds no conversation."""

    def __init__(self, knowledge: Knowledge, meanings: Meanings, symptoms: SymptomReader | None = None) -> None:
        """Prepare the reader of findings and the names of records."""
        self._knowledge = knowledge
        self._meanings = meanings
        self._symptoms = symptoms or SymptomReader(knowledge)
        self._subjects = SubjectReader(knowledge)
        assents = sorted((*knowledge.cues.affirm, *knowledge.cues.unsure), key=len, reverse=True)
        self._yes = re.compile(rf"\W*(?:{'|'.join(map(re.escape, assents))})\b", re.IGNORECASE)
        doubts = sorted(knowledge.cues.unsure, key=len, reverse=True)
        self._doubts = re.compile(rf"\b(?:{'|'.join(map(re.escape, doubts))})\b", re.IGNORECASE)
        self._podiatric = frozenset(site.id for site in knowledge.sites.values() if site.podiatric)

    def read(
        self,
        text: str,
        case: Case | None = None,
        question: Question | None = None,
        classified: Classified | None = None,
    ) -> Reading:
        """Return everything that the text says. Never fails on any text; every offset lies in the text.

        Args:
            text: as typed.
            case: everything said before.
            question: the one that waits for an answer: a bare "yes" or "no" binds to it.
            classified: the intents of the message and of its clauses; without them only findings are read.
        """
        classified, case = classified or Classified(), case or Case()
        said = self._said(text, question, classified)
        main = self._main(said, text, classified, waiting=question is not None)
        meaning = self._meanings.sure(main.intent, main.confidence)
        said = reported(said, text, meaning, self._knowledge)
        answered = question is not None and any(item.id in question.findings for item in said.findings)
        general = not answered and is_general(said, text, meaning, classified.clauses, self._meanings, self._knowledge)
        said = self._beside_answer(self._without_settled(said, text, case), case, question)
        side = side_alone(text, said, self._knowledge)
        if not general:
            if meaning.may_name_place and (case.findings or meaning.tells):
                said = with_places(said, text, self._knowledge)
            said = taken_back(with_right_places(said, text, case, self._knowledge), text)
        pain = impossible_pain(text)
        return replace(
            said,
            severity_0_10=said.severity_0_10 if pain is None else WORST_PAIN,
            intent=main.intent,
            confidence=main.confidence,
            acts=acts_of(text, main, classified.clauses, said.findings, self._meanings, question),
            subject=self._subjects.read(text, meaning),
            general=general,
            side=side,
            corrects=corrects(text),
            impossible_pain=pain,
            impossible_age=impossible_age(text),
        )

    def _beside_answer(self, said: Reading, case: Case, question: Question | None) -> Reading:
        """Return the reading without other parts of the body that an answer names ("bladder same as ever")."""
        if question is None or not case.findings:
            return said
        unsaid = self._knowledge.interview.unsaid
        return replace(said, findings=tuple(item for item in said.findings if item.id not in unsaid))

    def _without_settled(self, said: Reading, text: str, case: Case) -> Reading:
        """Return the reading without doubts about what was denied before, where no word of the text doubts."""
        if self._doubts.search(text):
            return said
        doubts = {item.id for item in said.findings if item.status is Status.UNSURE}
        settled = {item for item in doubts if case.status_of(item) is Status.ABSENT}
        return replace(said, findings=tuple(item for item in said.findings if item.id not in settled))

    def _said(self, text: str, question: Question | None, classified: Classified) -> Reading:
        """Return what is told, feared and tried; an answer to the open question stands in no clause that asks."""
        rest = None
        if question is not None and classified.ranking:
            main = main_intent(classified.ranking[0], classified.clauses, self._meanings)
            rest = without_questions(text, main, classified.clauses, self._meanings, self._yes)
        if rest is None:
            said = self._symptoms.read(text, question)
        else:
            said = self._symptoms.read(text)
            told = {item.id for item in said.findings}
            # What only asks answers nothing.
            left = self._symptoms.read(rest, question).findings if rest.strip() else ()
            answers = (item for item in left if item.id not in told)
            said = replace(said, findings=tuple(sorted((*said.findings, *answers), key=lambda item: item.start)))
        return replace(said, feared=self._symptoms.feared(text), tried=self._symptoms.tried(text))

    def _main(self, said: Reading, text: str, classified: Classified, *, waiting: bool) -> Named:
        """Return the intent of the message; the parts of the body that are named decide where they contradict it.

        - Read as another part of the body, but all sites named are podiatric: the likeliest of the complaints.
        - Read as a complaint, but all sites named are others, and no cause: another part of the body. Not while a
          question waits for its answer, which may name any place.
        """
        if not classified.ranking:
            return Named("", 0.0)
        main = main_intent(classified.ranking[0], classified.clauses, self._meanings)
        if not may_be_asked(main, text, self._meanings):
            others = (named for named in classified.ranking if named.confidence >= _LEAST_OTHER)
            main = next((one for one in others if not self._meanings.of(one.intent).is_about_result), main)
        sites = frozenset(said.sites)
        meaning = self._meanings.of(main.intent)
        if not sites:
            return main
        if meaning.topic == _OTHER_PART and sites <= self._podiatric:
            return next((named for named in classified.ranking if self._meanings.of(named.intent).placed), main)
        elsewhere = sites.isdisjoint(self._podiatric) and not said.named_causes
        if meaning.placed and elsewhere and not waiting:
            return next((n for n in classified.ranking if self._meanings.of(n.intent).topic == _OTHER_PART), main)
        return main
