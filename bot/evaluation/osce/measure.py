"""What recorded interviews come to: from the opening alone, and when Instep asks and the transcript answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.case import Question
from bot.evaluation.figures import Figure, Miss, Section, measured, share
from bot.evaluation.interviews import question_figures
from bot.evaluation.judging import Judge, Judgement
from bot.evaluation.osce.patient import patient_of_transcript
from bot.evaluation.osce.rows import Recorded, read_recorded
from bot.evaluation.patients import hold_interview
from bot.evaluation.progress import Progress
from bot.evaluation.rows import Message, MessageSet
from bot.evaluation.scoring import INTERVIEW_GOALS, misses, score_messages
from bot.knowledge.model import Knowledge

OPENING = "recorded interviews, opening alone"
REPLAY = "recorded interviews, replayed"


@dataclass(frozen=True, slots=True)
class Replayed:
    """A replay that came to its end."""

    recorded: Recorded
    before: Judgement
    after: Judgement
    questions: tuple[Question, ...]
    answers: tuple[str, ...]

    @property
    def raised_required(self) -> bool:
        """Whether one of the required red flags is raised."""
        return not self.recorded.required.isdisjoint(self.after.flags)

    @property
    def false_flags(self) -> frozenset[str]:
        """The raised red flags that are neither required nor allowed."""
        return frozenset(self.after.flags) - self.recorded.required - self.recorded.allowed

    @property
    def way(self) -> str:
        """The questions with their answers, as ids."""
        asked = zip(self.questions, self.answers, strict=True)
        return "; ".join(f"{question.id}: {answer}" for question, answer in asked)


def measure_osce(judge: Judge, progress: Progress) -> Section:
    """Return the figures of the recorded interviews. Raises InputError."""
    rows = progress(list(read_recorded(judge.knowledge)), "osce: replay")
    replays = [replay(recorded, judge) for recorded in rows]
    return Section(
        "osce",
        "Recorded interviews",
        measured([*_opening(replays, judge.knowledge), *_replay(replays, judge.knowledge)]),
        misses=tuple(_misses(replays, judge.knowledge)),
    )


def replay(recorded: Recorded, judge: Judge) -> Replayed:
    """Open with the patient's first words, and let the transcript answer until nothing is left to ask."""
    opening = judge.case_of(recorded.message.opening)
    patient = patient_of_transcript(recorded, judge)
    interview = hold_interview(patient, opening, judge.knowledge)
    answers = tuple(", ".join(patient.answer(question)) for question in interview.questions)
    return Replayed(recorded, judge.judge(opening), judge.judge(interview.case), interview.questions, answers)


def _opening(replays: Sequence[Replayed], knowledge: Knowledge) -> list[Figure]:
    # How urgent it is comes out later: the opening is not judged by it.
    judged = [(replace(each.recorded.message, urgency=None), each.before) for each in replays]
    return score_messages("osce.opening", OPENING, judged, knowledge)


def _replay(replays: Sequence[Replayed], knowledge: Knowledge) -> list[Figure]:
    prefix = "osce.replay"
    required = {each.recorded.message.key: each.raised_required for each in replays if each.recorded.required}
    false = {each.recorded.message.key: bool(each.false_flags) for each in replays}
    asked = {each.recorded.message.key: len(each.questions) for each in replays}
    return [
        *score_messages(prefix, REPLAY, _judged(replays), knowledge, INTERVIEW_GOALS),
        share(f"{prefix}.red_flag_raised", f"{REPLAY}: a required red flag raised", required, goal=1.0, safety=True),
        share(f"{prefix}.false_flag", f"{REPLAY}: any red flag that is not right", false, lower_is_better=True),
        *question_figures(prefix, REPLAY, asked),
    ]


def _judged(replays: Sequence[Replayed]) -> list[tuple[Message, Judgement]]:
    return [(each.recorded.message, each.after) for each in replays]


def _misses(replays: Sequence[Replayed], knowledge: Knowledge) -> Iterator[Miss]:
    ways = {each.recorded.message.key: each.way for each in replays}
    rows = MessageSet("osce", tuple(each.recorded.message for each in replays))
    yield from misses(rows, _judged(replays), knowledge, lambda message: ways[message.key])
    for each in replays:
        message, raised = each.recorded.message, ", ".join(each.after.flags) or "no red flag"
        if each.recorded.required and not each.raised_required:
            wanted = " or ".join(sorted(each.recorded.required))
            yield Miss("osce", message.id, message.text, f"red flag {wanted}", raised, 100, each.way)
        elif each.false_flags:
            wanted = ", ".join(sorted(each.recorded.required | each.recorded.allowed)) or "no red flag"
            yield Miss("osce", message.id, message.text, f"at most {wanted}", raised, 50, each.way)
