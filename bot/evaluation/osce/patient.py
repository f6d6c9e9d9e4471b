"""The patient of a recorded interview, who answers Instep's questions from the transcript.

Every answer is read beside the question that it was given to: "No." to "any fever?" denies fever. What the row itself
says is there or absent outranks what was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.case import Case, Finding, Question, Reading, Status, Tense
from bot.evaluation.judging import Judge
from bot.evaluation.osce.rows import Recorded, Turn
from bot.evaluation.patients import Patient
from bot.triage.evidence import gather_evidence
from bot.triage.screening import closed_choices, many_choices

_OF_RELATIVES = re.compile(
    r"\b(family|parents?|mother|father|mom|dad|siblings?|brothers?|sisters?|aunts?|uncles?|cousins?|grand\w+)\b", re.I
)
"""A turn about the family tells nothing about the patient, whoever of the two brings it up."""

_LAST_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_ASKS = re.compile(r"\?$|\b(any|have you|do you|did you|are you|is there|does it|was there)\b", re.I)
_MOST_WORDS = 30
"""A longer sentence explains: "OK" to it affirms nothing."""


def patient_of_transcript(recorded: Recorded, judge: Judge) -> Patient:
    """Return a patient who has what the row and the transcript say; of everything else the patient is not sure."""
    case = read_transcript(recorded.turns, judge)
    labelled = [Finding(item) for item in sorted(recorded.present)]
    labelled += [Finding(item, Status.ABSENT) for item in sorted(recorded.absent)]
    evidence = gather_evidence(case.with_reading(Reading(tuple(labelled))), judge.knowledge)
    return Patient(evidence.present - recorded.absent, evidence.absent | recorded.absent)


def read_transcript(turns: Iterable[Turn], judge: Judge) -> Case:
    """Return the case of the whole transcript; a bare yes or no never overturns what the patient told in words."""
    case, told = Case(), set[str]()
    for turn in turns:
        if _OF_RELATIVES.search(f"{turn.question} {turn.answer}"):
            continue
        own = judge.read(turn.answer)
        told.update(item.id for item in own.findings)
        answered = (item for item in _answered(turn, judge) if item.id not in told)
        case = case.with_reading(replace(own, findings=(*own.findings, *answered), who=None))
    return case


def _answered(turn: Turn, judge: Judge) -> Iterator[Finding]:
    """Yield what a yes or a no says about the findings that the doctor's question names."""
    asked = _asked(turn.question, judge)
    named = tuple(dict.fromkeys(item.id for item in asked if item.status is not Status.ABSENT))
    denied = tuple(dict.fromkeys(item.id for item in asked))
    if named:
        answer = judge.reader.read(turn.answer, _question(named, judge, many=len(named) > 1))
        yield from (item for item in answer.findings if item.id in named and item.status is not Status.UNSURE)
    elif denied:
        # "You can walk normally?" - "Yes": it denies all; "No" to "no fever?" may mean either.
        answer = judge.reader.read(turn.answer, _question(denied, judge, many=False))
        affirmed = (item for item in answer.findings if item.id in denied and item.status is Status.PRESENT)
        yield from (replace(item, status=Status.ABSENT) for item in affirmed)


def _asked(text: str, judge: Judge) -> list[Finding]:
    sentence = _LAST_SENTENCE.split(text.strip())[-1]
    if not _ASKS.search(sentence) or len(sentence.split()) > _MOST_WORDS:
        return []
    # A doctor's question names findings in the words of rules; what was learnt is how patients speak.
    return [item for item in judge.rules.read(sentence).findings if item.tense is not Tense.PAST]


def _question(finding_ids: tuple[str, ...], judge: Judge, *, many: bool) -> Question:
    """Return the doctor's question as Instep would put it; of several findings a bare yes tells none."""
    choices = many_choices(finding_ids, judge.knowledge) if many else closed_choices(judge.knowledge)
    # As in screening: what an answer does not name among several is not thereby denied.
    return Question("recorded", "", choices, finding_ids, many=many, screening=many)
