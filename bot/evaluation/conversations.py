"""A sample of simulated patients on the website's own path: they type, the whole bot answers.

Needs the trained model.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.case import Choice, Question, Urgency
from bot.evaluation.figures import Figure, Miss, Section, Statistic, measured, share
from bot.evaluation.judging import ALARMS, Judge
from bot.evaluation.patients import Patient, patient_of
from bot.evaluation.progress import Progress
from bot.evaluation.rows import Message
from bot.evaluation.shared import dialogues, patients
from bot.triage.screening import NO, NONE, UNSURE, YES

_CALM = 15
"""How many rows without a red flag are in the sample, beside all rows with one."""

_LONGEST = 1000
"""Most characters that the website takes."""

_TURNS = 25
"""A conversation that takes more turns is going round."""

Line = Mapping[str, Any]
Say = Callable[[str, str], Line]


@dataclass(frozen=True, slots=True)
class Talked:
    """How a conversation ended: the last answer that told causes or an alarm, and the questions put before."""

    message: Message
    causes: tuple[str, ...]
    urgency: Urgency
    questions: int
    ended: bool

    @property
    def alarm(self) -> bool:
        """Whether an emergency or a same-day red flag was told."""
        return self.urgency in ALARMS


def measure_conversations(judge: Judge, progress: Progress) -> Section:
    """Return what conversations with the whole bot come to. Raises InputError, ModelError."""
    sample = _sample(judge)
    if not sample:
        return Section("conversations", _TITLE, ())
    # Loads Django and the model: only when this part is asked for.
    from bot.brain.talk import Talk

    say = Talk().say
    logging.getLogger("bot").setLevel(logging.WARNING)
    listener = Listener(judge)
    ends = [talk_through(message, judge, listener, say) for message in progress(sample, "conversations: sample")]
    return Section("conversations", _TITLE, measured(_figures(ends)), misses=tuple(_misses(ends)))


_TITLE = "Whole conversations with the bot"


def _sample(judge: Judge) -> list[Message]:
    messages = (*patients(judge.knowledge).messages, *dialogues(judge.knowledge).messages)
    flagged = [message for message in messages if message.flags]
    calm = sorted((message for message in messages if not message.flags and message.causes), key=lambda row: row.key)
    return [*flagged, *calm[:_CALM]]


class Listener:
    """Understands what the bot asks from the words and choices that a visitor sees."""

    def __init__(self, judge: Judge) -> None:
        knowledge = judge.knowledge
        self._findings = {record.name.lower(): record.id for record in knowledge.findings.values()}
        asked: dict[str, tuple[str, ...]] = {
            record.question: (record.id,) for record in knowledge.findings.values() if record.question
        }
        asked |= {record.question: record.raises for record in knowledge.red_flags.values() if record.question}
        self._asked = asked
        self._screening = {record.question for record in knowledge.red_flags.values()}
        self._screening |= {screen.text for screen in knowledge.screen}
        words = knowledge.interview
        labels = {YES: words.yes, NO: words.no, UNSURE: words.unsure, NONE: words.none}
        self._fixed = {label.lower(): id_ for id_, label in labels.items()}

    def question(self, replies: Sequence[Line]) -> Question | None:
        """Return the question of the last bubble with choices; None where it asks for no finding."""
        bubble = next((reply for reply in reversed(replies) if reply["choices"]), None)
        if bubble is None:
            return None
        choices = [Choice(self._id(label), label) for label in bubble["choices"]]
        offered = tuple(choice.id for choice in choices if choice.id in self._findings.values())
        text = next((known for known in self._asked if known in bubble["text"]), "")
        findings = offered or self._asked.get(text, ())
        known = [choice for choice in choices if choice.id]
        if not findings or not known:
            return None
        screening = any(known in bubble["text"] for known in self._screening if known)
        return Question("asked", bubble["text"], tuple(known), findings, many=bool(offered), screening=screening)

    def _id(self, label: str) -> str:
        return self._fixed.get(label.lower()) or self._findings.get(label.lower(), "")


def talk_through(message: Message, judge: Judge, listener: Listener, say: Say) -> Talked:
    """Let the patient of a row answer until causes or an emergency are told, or nothing more is asked."""
    patient, told = patient_of(message, judge), say(message.key, _shortened(message.opening))
    for asked in range(_TURNS):
        question = listener.question(told["replies"])
        if question is None or told["causes"] or told["urgency"] == Urgency.EMERGENCY:
            return Talked(message, tuple(told["causes"]), Urgency(told["urgency"]), asked, ended=True)
        told = say(message.key, _typed(patient, question))
    return Talked(message, (), Urgency(told["urgency"]), _TURNS, ended=False)


def _typed(patient: Patient, question: Question) -> str:
    labels = {choice.id: choice.label for choice in question.choices}
    pressed = [labels[choice] for choice in patient.answer(question) if choice in labels]
    # The last choice is the one that says least.
    return _shortened(", ".join(pressed) or question.choices[-1].label)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0]


def _figures(ends: Iterable[Talked]) -> list[Figure]:
    rows = {end.message.key: end for end in ends}
    # Causes are not told beside an emergency, and rightly so.
    told = {key: end for key, end in rows.items() if end.message.causes and end.urgency is not Urgency.EMERGENCY}
    flagged = {key: end.alarm for key, end in rows.items() if end.message.flags}
    calm = {key: end.alarm for key, end in rows.items() if not end.message.flags}
    questions = {key: float(end.questions) for key, end in rows.items()}
    prefix, name = "conversations.sample", "sample of patients"
    return [
        share(
            f"{prefix}.first_cause",
            f"{name}: first cause told is right",
            {key: not end.message.causes.isdisjoint(end.causes[:1]) for key, end in told.items()},
        ),
        share(
            f"{prefix}.three_causes",
            f"{name}: a right cause is told",
            {key: not end.message.causes.isdisjoint(end.causes) for key, end in told.items()},
        ),
        share(f"{prefix}.alarm_raised", f"{name}: alarm told where one is needed", flagged, goal=1.0, safety=True),
        share(f"{prefix}.false_alarm", f"{name}: alarm told without need", calm, goal=0.05, lower_is_better=True),
        share(f"{prefix}.ended", f"{name}: came to an end", {key: end.ended for key, end in rows.items()}, goal=1.0),
        Figure(
            f"{prefix}.questions",
            f"{name}: questions asked, median",
            questions,
            Statistic.MEDIAN,
            goal=6,
            lower_is_better=True,
        ),
        Figure(
            f"{prefix}.questions_most",
            f"{name}: questions asked, most",
            questions,
            Statistic.MOST,
            goal=10,
            lower_is_better=True,
        ),
    ]


def _misses(ends: Iterable[Talked]) -> Iterable[Miss]:
    for end in ends:
        wanted = "an alarm" if end.message.flags else " or ".join(sorted(end.message.causes))
        right = end.alarm if end.message.flags else not end.message.causes.isdisjoint(end.causes)
        if not right or not end.ended:
            found = f"{', '.join(end.causes) or 'no cause'}; {end.urgency}; {end.questions} questions"
            yield Miss("sample", end.message.id, end.message.text, wanted, found, 2.0 if end.message.flags else 1.0)
