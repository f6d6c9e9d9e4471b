"""Whole interviews with simulated patients, through triage alone.

A row's patient opens with the first sentences and answers from what the whole text says. Patients drawn from the
knowledge show how well the ranking is calibrated where the knowledge is true.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

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


def measure_interviews(judge: Judge, progress: Progress) -> Section:
    """Return what interviews come to, and how long they are. Raises InputError."""
    figures: list[Figure] = []
    wrong: list[Miss] = []
    said: list[tuple[str, frozenset[str], Judgement]] = []
    for messages in message_sets(judge):
        if any(message.in_scope for message in messages.messages):
            judged, asked, ways = _interviewed(messages, judge, progress)
            name = NAMES[messages.name].removesuffix(", read whole")
            figures += _without_noticed(score_messages(f"interviews.{messages.name}", name, judged, judge.knowledge))
            figures += _questions(f"interviews.{messages.name}", name, asked)
            wrong += misses(messages, judged, judge.knowledge, partial(_way, ways))
            said += [(message.key, message.causes, judgement) for message, judgement in judged]
    reliable, table = calibration("interviews.texts", "texts", claims(said))
    drawn, drawn_table = _drawn(judge, progress)
    return Section(
        "interviews",
        "After the interview with simulated patients",
        measured([*figures, *reliable, *drawn]),
        (table, drawn_table),
        tuple(wrong),
    )


def _interviewed(
    messages: MessageSet, judge: Judge, progress: Progress
) -> tuple[list[tuple[Message, Judgement]], dict[str, int], dict[str, str]]:
    judged: list[tuple[Message, Judgement]] = []
    asked: dict[str, int] = {}
    ways: dict[str, str] = {}
    for message in progress(messages.messages, f"interviews: {messages.name}"):
        patient = patient_of(message, judge)
        interview = hold_interview(patient, judge.case_of(message.opening), judge.knowledge)
        ways[message.key] = "; ".join(f"{each.id}: {', '.join(patient.answer(each))}" for each in interview.questions)
        judged.append((message, judge.judge(interview.case)))
        if message.in_scope:
            asked[message.key] = len(interview.questions)
    return judged, asked, ways


def _way(ways: Mapping[str, str], message: Message) -> str:
    return ways[message.key]


def _without_noticed(figures: list[Figure]) -> Iterator[Figure]:
    # Nothing is left to ask, so "raised or screened" says what "found" says.
    yield from (figure for figure in figures if not figure.id.endswith(".red_flag_noticed"))


def _questions(prefix: str, name: str, asked: Mapping[str, int]) -> list[Figure]:
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
        *_questions("interviews.drawn", "drawn patients", asked),
        *reliable,
    ], table


def _upto(ranks: Mapping[str, int], most: int) -> dict[str, bool]:
    return {key: rank <= most for key, rank in ranks.items()}


def _counts(knowledge: Knowledge) -> list[tuple[str, int]]:
    total = sum(cause.prior for cause in knowledge.causes.values())
    return [(id_, max(_LEAST, round(_DRAWN * cause.prior / total))) for id_, cause in knowledge.causes.items()]
