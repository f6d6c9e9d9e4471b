"""What is made of a first message alone, without any question asked."""

from __future__ import annotations

from bot.case import Tense
from bot.evaluation.figures import Figure, Miss, Section, measured
from bot.evaluation.held_out import read_messages, read_red_flags
from bot.evaluation.judging import Judge
from bot.evaluation.progress import Progress
from bot.evaluation.rows import HELD_OUT, Message, MessageSet
from bot.evaluation.scoring import misses, score_messages
from bot.evaluation.shared import dialogue_openings, dialogues, other_parts, patients

NAMES = {
    "patient_foot": "patients' messages",
    "cases_opening": "spoken histories, opening alone",
    "cases_dialogue": "spoken histories, read whole",
    "patient_other": "other parts of the body",
    "messages": "held-out messages",
    "red_flags": "held-out red flags",
}


def message_sets(judge: Judge) -> list[MessageSet]:
    """Return the sets whose rows say what they are about. Raises InputError."""
    return [
        patients(judge.knowledge),
        dialogues(judge.knowledge),
        other_parts(),
        MessageSet("messages", tuple(read_messages(HELD_OUT, judge.knowledge)), blind=True),
    ]


def measure_messages(judge: Judge, progress: Progress) -> Section:
    """Return causes, red flags, urgency and scope of first messages."""
    sets = [*message_sets(judge), dialogue_openings(judge.knowledge)]
    return _measure("messages", "First message alone", sets, judge, progress)


def measure_red_flags(judge: Judge, progress: Progress) -> Section:
    """Return which red flags are found in texts made for them, and which alarms are false."""
    rows = tuple(read_red_flags(HELD_OUT, judge.knowledge))
    return _measure("red_flags", "Red flags", [MessageSet("red_flags", rows, blind=True)], judge, progress)


def _measure(id_: str, title: str, sets: list[MessageSet], judge: Judge, progress: Progress) -> Section:
    figures: list[Figure] = []
    wrong: list[Miss] = []
    for messages in sets:
        rows = progress(messages.messages, f"{id_}: {messages.name}")
        judged = [(message, judge.judge(judge.case_of(message.text))) for message in rows]
        figures += score_messages(f"{id_}.{messages.name}", NAMES[messages.name], judged, judge.knowledge)
        wrong += misses(messages, judged, judge.knowledge, lambda message: _read(message, judge))
    return Section(id_, title, measured(figures), misses=tuple(wrong))


def _read(message: Message, judge: Judge) -> str:
    reading = judge.read(message.text)
    findings = [
        f"{item.id} {item.status}" + (f" ({item.tense})" * (item.tense != Tense.NOW)) for item in reading.findings
    ]
    return "; ".join((*findings, *(f"names {cause}" for cause in reading.named_causes))) or "nothing read"
