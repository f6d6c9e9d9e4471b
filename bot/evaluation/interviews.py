"""Whole interviews with simulated patients, through triage alone.

A row's patient opens with the first sentences and answers from what the whole text says. Patients drawn from the
knowledge show how well the ranking is calibrated where the knowledge is true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import fmean

from bot.case import Question
from bot.evaluation.calibration import calibration, claims
from bot.evaluation.figures import Figure, Miss, Section, Statistic, Table, measured, share
from bot.evaluation.judging import Judge, Judgement
from bot.evaluation.messages import NAMES, message_sets
from bot.evaluation.patients import drawn_patients, hold_interview, patient_of
from bot.evaluation.progress import Progress
from bot.evaluation.rows import Message, MessageSet, row_key
from bot.evaluation.scoring import misses, score_messages
from bot.knowledge.model import Knowledge

_DRAWN = 400
"""Patients drawn from the knowledge, shared among the causes as common as each is, at least `_LEAST` each."""

_LEAST = 3


@dataclass(frozen=True, slots=True)
class Ended:
    """An interview that came to its end: what was made of the opening alone and of the whole, and the way there."""

    message: Message
    before: Judgement
    after: Judgement
    questions: tuple[Question, ...]
    answers: tuple[str, ...]

    @property
    def way(self) -> str:
        """The questions with their answers, as ids."""
        asked = zip(self.questions, self.answers, strict=True)
        return "; ".join(f"{question.id}: {answer}" for question, answer in asked)


def measure_interviews(judge: Judge, progress: Progress) -> Section:
    """Return what interviews come to, and how long they are. Raises InputError."""
    figures: list[Figure] = []
    wrong: list[Miss] = []
    ended: dict[str, list[Ended]] = {}
    for messages in message_sets(judge):
        if any(message.in_scope for message in messages.messages):
            rows = [_held(message, judge) for message in progress(messages.messages, f"interviews: {messages.name}")]
            ended[NAMES[messages.name].removesuffix(", read whole")] = rows
            figures += _figures(messages, rows, judge)
            ways = {each.message.key: each.way for each in rows}
            wrong += misses(messages, _judged(rows), judge.knowledge, partial(_way, ways))
    texts = [each for rows in ended.values() for each in rows]
    reliable, table = calibration(
        "interviews.texts", "texts", claims((each.message.key, each.message.causes, each.after) for each in texts)
    )
    drawn, drawn_table = _drawn(judge, progress)
    return Section(
        "interviews",
        "After the interview with simulated patients",
        measured([*figures, *reliable, *drawn]),
        (_gains(ended), table, drawn_table),
        tuple(wrong),
    )


def _held(message: Message, judge: Judge) -> Ended:
    patient, opening = patient_of(message, judge), judge.case_of(message.opening)
    interview = hold_interview(patient, opening, judge.knowledge)
    answers = tuple(", ".join(patient.answer(question)) for question in interview.questions)
    return Ended(message, judge.judge(opening), judge.judge(interview.case), interview.questions, answers)


def _judged(rows: Iterable[Ended]) -> list[tuple[Message, Judgement]]:
    return [(each.message, each.after) for each in rows]


def _way(ways: Mapping[str, str], message: Message) -> str:
    return ways[message.key]


def _figures(messages: MessageSet, rows: Sequence[Ended], judge: Judge) -> Iterator[Figure]:
    prefix, name = f"interviews.{messages.name}", NAMES[messages.name].removesuffix(", read whole")
    yield from _without_noticed(score_messages(prefix, name, _judged(rows), judge.knowledge))
    asked = {each.message.key: len(each.questions) for each in rows if each.message.in_scope}
    yield from question_figures(prefix, name, asked)


def _gains(ended: Mapping[str, Sequence[Ended]]) -> Table:
    """Show what the interview adds to the opening, and what it costs in questions."""
    lines = []
    for name, rows in ended.items():
        known = [each for each in rows if each.message.causes]
        if known:
            screening = [sum(question.screening for question in each.questions) for each in known]
            lines.append(
                (
                    name,
                    str(len(known)),
                    *(
                        f"{fmean(judgement.rank(each.message.causes) <= most for each, judgement in pairs):.1%}"
                        for most in (1, 3)
                        for pairs in ([(each, each.before) for each in known], [(each, each.after) for each in known])
                    ),
                    f"{fmean(len(each.questions) for each in known):.1f}",
                    f"{fmean(screening):.1f}",
                )
            )
    heading = (
        "",
        "n",
        "first, opening",
        "first, after",
        "three, opening",
        "three, after",
        "questions",
        "for red flags",
    )
    return Table("What the interview adds to the opening (means)", heading, tuple(lines))


def _without_noticed(figures: list[Figure]) -> Iterator[Figure]:
    # Nothing is left to ask, so "raised or screened" says what "found" says.
    yield from (figure for figure in figures if not figure.id.endswith(".red_flag_noticed"))


def question_figures(prefix: str, name: str, asked: Mapping[str, int]) -> list[Figure]:
    """Return median, 95th percentile and most of the questions asked, each row's number by its key."""
    counts = {key: float(count) for key, count in asked.items()}
    return [
        Figure(f"{prefix}.{id_}", f"{name}: questions asked, {label}", counts, statistic, goal, lower_is_better=True)
        for id_, label, statistic, goal in (
            ("questions", "median", Statistic.MEDIAN, 6.0),
            ("questions_p95", "95th percentile", Statistic.P95, None),
            ("questions_most", "most", Statistic.MOST, 10.0),
        )
    ]


def _drawn(judge: Judge, progress: Progress) -> tuple[list[Figure], Table]:
    said: list[tuple[str, frozenset[str], Judgement]] = []
    asked: dict[str, int] = {}
    for cause_id, count in progress(_counts(judge.knowledge), "interviews: drawn patients"):
        patients = drawn_patients(judge.knowledge.causes[cause_id], judge.knowledge, count)
        for number, (patient, opening) in enumerate(patients):
            interview = hold_interview(patient, opening, judge.knowledge)
            # Patients drawn from other knowledge are other patients: the key keeps them apart.
            key = row_key({"cause": cause_id, "number": number, "knowledge": judge.knowledge.fingerprint})
            said.append((key, frozenset({cause_id}), judge.judge(interview.case)))
            asked[key] = len(interview.questions)
    ranks = {key: judgement.rank(accepted) for key, accepted, judgement in said}
    reliable, table = calibration("interviews.drawn", "drawn patients", claims(said))
    return [
        share("interviews.drawn.first_cause", "drawn patients: first cause right", _upto(ranks, 1)),
        share("interviews.drawn.three_causes", "drawn patients: right cause among three", _upto(ranks, 3)),
        *question_figures("interviews.drawn", "drawn patients", asked),
        *reliable,
    ], table


def _upto(ranks: Mapping[str, int], most: int) -> dict[str, bool]:
    return {key: rank <= most for key, rank in ranks.items()}


def _counts(knowledge: Knowledge) -> list[tuple[str, int]]:
    total = sum(cause.prior for cause in knowledge.causes.values())
    return [(id_, max(_LEAST, round(_DRAWN * cause.prior / total))) for id_, cause in knowledge.causes.items()]
