"""Simulated patients: they answer the interview's questions from what they have, and ask nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from bot.case import Case, Finding, Question, Status
from bot.evaluation.judging import Judge
from bot.evaluation.rows import Message
from bot.knowledge.model import Cause, FindingKind, Knowledge
from bot.triage import answer_question, next_question, record_red_flags
from bot.triage.evidence import expand_implied, gather_evidence
from bot.triage.screening import NO, NONE, UNSURE, YES

_LOOPS = 50
"""An interview that asks more is going round."""

_AGAINST = 0.02
"""How often a simulated patient has a finding that speaks against the own cause."""


@dataclass(frozen=True, slots=True)
class Patient:
    """Somebody with an answer to every question.

    Attributes:
        present: ids of the findings that the patient has.
        absent: ids of those that the patient knows to be missing; of all others the patient is not sure.
        doubted: alarm findings of a red flag that the row is labelled with: to them the answer is "not sure".
    """

    present: frozenset[str]
    absent: frozenset[str]
    doubted: frozenset[str] = frozenset()

    def answer(self, question: Question) -> list[str]:
        """Return the ids of the choices that the patient presses.

        What the patient's text does not mention is "not sure", but "no" to a red-flag question: there "not sure" counts
        as yes, and who writes down all troubles would hardly leave an emergency out.
        """
        ticked = [finding_id for finding_id in question.findings if finding_id in self.present]
        if ticked:
            return ticked if question.many else [YES]
        if question.screening:
            return [UNSURE] if self.doubted.intersection(question.findings) else [NONE if question.many else NO]
        if self.absent.issuperset(question.findings):
            return [NONE if question.many else NO]
        return [UNSURE]


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview that came to its end."""

    case: Case
    questions: tuple[Question, ...]


def hold_interview(patient: Patient, opening: Case, knowledge: Knowledge) -> Interview:
    """Ask the patient until nothing is left to ask.

    Raises:
        RuntimeError: the interview does not end.
    """
    case, questions = record_red_flags(opening, knowledge), list[Question]()
    while question := next_question(case, knowledge):
        questions.append(question)
        if len(questions) > _LOOPS:
            raise RuntimeError(f"The interview goes round: it asks {question.id} as question {len(questions)}.")
        case = answer_question(case, question, patient.answer(question), knowledge)
    return Interview(case, tuple(questions))


def patient_of(message: Message, judge: Judge) -> Patient:
    """Return a patient who has what the whole text says."""
    evidence = gather_evidence(judge.case_of(message.text), judge.knowledge)
    flags = [judge.knowledge.red_flags[id_] for ids in message.flags or () for id_ in ids]
    doubted = frozenset(finding_id for flag in flags for finding_id in flag.raises)
    return Patient(evidence.present, evidence.absent, doubted - evidence.absent)


def drawn_patients(cause: Cause, knowledge: Knowledge, count: int) -> Iterator[tuple[Patient, Case]]:
    """Yield patients with that cause and the case that each opens with; the same ones at every call.

    Each of the cause's findings is present as often as its record says, every other one as often as its background;
    no patient has an alarm finding. A patient opens with one place and one or two findings, and knows everything else.
    They come from the same tables that rank the causes: an upper bound that shows what the interview loses.
    """
    for number in range(count):
        chance = random.Random(f"{cause.id} {number}")
        present = _drawn(cause, knowledge, chance)
        yield Patient(present, frozenset(knowledge.findings) - present), _opening(cause, present, knowledge, chance)


def _drawn(cause: Cause, knowledge: Knowledge, chance: random.Random) -> frozenset[str]:
    shares = {record.id: record.background for record in knowledge.findings.values()}
    shares |= dict.fromkeys(cause.against, _AGAINST)
    shares |= {sign.finding: knowledge.probabilities[sign.frequency] for sign in cause.signs}
    alarms = {record.id for record in knowledge.findings.values() if record.kind is FindingKind.ALARM}
    has = (finding_id for finding_id, share in shares.items() if chance.random() < share and finding_id not in alarms)
    return expand_implied(has, knowledge) - alarms


def _opening(cause: Cause, present: frozenset[str], knowledge: Knowledge, chance: random.Random) -> Case:
    own = [sign.finding for sign in cause.signs if sign.finding in present]
    places = [finding_id for finding_id in own if knowledge.findings[finding_id].kind is FindingKind.LOCATION]
    others = [finding_id for finding_id in own if finding_id not in places]
    said = chance.sample(places, min(1, len(places))) + chance.sample(others, min(chance.choice((1, 2)), len(others)))
    return Case(findings=tuple(Finding(finding_id, Status.PRESENT) for finding_id in said))
