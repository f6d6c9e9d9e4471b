"""A sample of simulated patients on the website's own path: they type, the whole bot answers.

Needs the trained model.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.case import Question, Urgency
from bot.evaluation.figures import Figure, Miss, Section, Statistic, measured, share
from bot.evaluation.judging import ALARMS, Judge
from bot.evaluation.listener import Line, Listener
from bot.evaluation.patients import Patient, patient_of
from bot.evaluation.progress import Progress
from bot.evaluation.rows import Message
from bot.evaluation.shared import dialogues, patients
from bot.triage.screening import YES

_CALM = 15
"""How many rows without a red flag are in the sample, beside all rows with one."""

_LONGEST = 1000
"""Most characters that the website takes."""

_TURNS = 25
"""A conversation that takes more turns is going round."""

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
    if question.sentence and set(patient.answer(question)) & set(question.findings):
        return labels[YES]
    pressed = [labels[choice] for choice in patient.answer(question) if choice in labels]
    # The last choice is the one that says least.
    return _shortened(", ".join(pressed) or question.choices[-1].label)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0]


def _figures(ends: Iterable[Talked]) -> list[Figure]:
    rows = {end.message.key: end for end in ends}
    questions = {key: float(end.questions) for key, end in rows.items()}
    prefix, name = "conversations.sample", "sample of patients"
    return [
        *_causes(prefix, name, rows),
        *_alarms(prefix, name, rows),
        share(f"{prefix}.ended", f"{name}: came to an end", {key: end.ended for key, end in rows.items()}, goal=1.0),
        *(
            Figure(
                f"{prefix}.{id_}", f"{name}: questions asked, {what}", questions, statistic, goal, lower_is_better=True
            )
            for id_, what, statistic, goal in (
                ("questions", "median", Statistic.MEDIAN, 6.0),
                ("questions_most", "most", Statistic.MOST, 10.0),
            )
        ),
    ]


def _causes(prefix: str, name: str, rows: Mapping[str, Talked]) -> list[Figure]:
    # Causes are not told beside an emergency, and rightly so.
    told = {key: end for key, end in rows.items() if end.message.causes and end.urgency is not Urgency.EMERGENCY}
    first = {key: not end.message.causes.isdisjoint(end.causes[:1]) for key, end in told.items()}
    three = {key: not end.message.causes.isdisjoint(end.causes) for key, end in told.items()}
    return [
        share(f"{prefix}.first_cause", f"{name}: first cause told is right", first),
        share(f"{prefix}.three_causes", f"{name}: a right cause is told", three),
    ]


def _alarms(prefix: str, name: str, rows: Mapping[str, Talked]) -> list[Figure]:
    flagged = {key: end.alarm for key, end in rows.items() if end.message.flags}
    calm = {key: end.alarm for key, end in rows.items() if not end.message.flags}
    return [
        share(f"{prefix}.alarm_raised", f"{name}: alarm told where one is needed", flagged, goal=1.0, safety=True),
        share(f"{prefix}.false_alarm", f"{name}: alarm told without need", calm, goal=0.05, lower_is_better=True),
    ]


def _misses(ends: Iterable[Talked]) -> Iterable[Miss]:
    for end in ends:
        wanted = "an alarm" if end.message.flags else " or ".join(sorted(end.message.causes))
        right = end.alarm if end.message.flags else not end.message.causes.isdisjoint(end.causes)
        if not right or not end.ended:
            found = f"{', '.join(end.causes) or 'no cause'}; {end.urgency}; {end.questions} questions"
            yield Miss("sample", end.message.id, end.message.text, wanted, found, 2.0 if end.message.flags else 1.0)
