"""Whether questions after a result are understood, and answered for the right cause. Needs the trained model.

Whether the words of an answer are right is for a person to judge: each row shows them beside the question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.brain.understanding import shared_agent
from bot.case import Case, Reading
from bot.conversation import answer_about, answer_while_urgent, likely_question
from bot.evaluation.figures import Miss, Section, measured, share
from bot.evaluation.judging import Judge
from bot.evaluation.progress import Progress
from bot.evaluation.shared import shared_rows
from bot.knowledge import load_meanings
from bot.knowledge.model import IntentMeaning, Knowledge
from bot.reading.words.naming import NameBook
from bot.settings import settings
from bot.triage.result import RaisedFlag

_LABELS = Path(__file__).with_name("after_result_labels.yml")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with what was made of it: the topics read, the cause it was answered for, the words said."""

    key: str
    row: Mapping[str, Any]
    expected: tuple[str, ...]
    topics: tuple[str, ...]
    cause: str
    right_cause: bool
    said: str

    @property
    def understood(self) -> bool:
        """True where one of the topics read is one that was asked for."""
        return not set(self.topics).isdisjoint(self.expected)


def measure_after_result(judge: Judge, progress: Progress) -> Section:
    """Return how many questions are read as the right topic and answered for the right cause, with each answer."""
    causes = NameBook(judge.knowledge.causes)
    rows = [_asked(key, row, judge, causes) for key, row in progress(shared_rows("after_result"), "after the result")]
    answered = {each.key: each.understood and each.right_cause for each in rows}
    figures = [
        share("after_result.topic", "after the result: topic right", {each.key: each.understood for each in rows}),
        share("after_result.answered", "after the result: right topic answered for the right cause", answered),
    ]
    return Section(
        "after_result",
        "Questions after the result",
        measured(figures),
        misses=tuple(_miss(each) for each in rows if not each.understood or not each.right_cause),
        shown=tuple(line for each in rows for line in _lines(each)),
    )


def _asked(key: str, row: Mapping[str, Any], judge: Judge, causes: NameBook) -> Asked:
    label = _labels()[row["id"]]
    parsed = shared_agent().understand(row["question"])
    reading = Reading.from_json(parsed["reading"])
    meanings = load_meanings(settings().data / "intents.yml")
    main = meanings.sure(reading.intent, reading.confidence)
    ranking = [(item["name"], float(item["confidence"])) for item in parsed["intent_ranking"] if item["name"]]
    likely = likely_question(main, ranking, meanings)
    asked = [one for one in meanings.asked(main, reading.acts) if one.is_about_result] or [
        one for one in (likely,) if one
    ]
    expected = label.get("cause") or causes.best(row["cause"], least=0) or ""
    cause = reading.subject.cause or expected
    case = _case(row, judge)
    said = " // ".join(_said(asked, cause, label.get("flag", ""), case, judge))
    topics = tuple(meaning.topic for meaning in asked)
    return Asked(key, row, tuple(label["topics"]), topics, cause, cause == expected, said or f"[{reading.intent}]")


def _case(row: Mapping[str, Any], judge: Judge) -> Case:
    """Return the case of the person as the row describes them, read as a visitor's own words."""
    reading = judge.reader.read(row["person"])
    age = next((int(word) for word in row["person"].replace(",", " ").split() if word.isdigit()), None)
    return Case().with_reading(replace(reading, age_years=age))


def _said(asked: Sequence[IntentMeaning], cause: str, flag: str, case: Case, judge: Judge) -> Iterator[str]:
    if flag and asked:
        yield answer_while_urgent(
            [meaning.topic for meaning in asked], _raised(flag, judge.knowledge), judge.knowledge
        ).text
        return
    for meaning in asked:
        told = answer_about(meaning.topic, cause, case, judge.knowledge)
        yield f"{told.text} [{', '.join(told.sources) or 'no source'}]"


def _raised(flag: str, knowledge: Knowledge) -> RaisedFlag:
    record = knowledge.red_flags[flag]
    return RaisedFlag(record.id, record.name, record.level, record.advice)


def _miss(each: Asked) -> Miss:
    return Miss("after_result", each.row["id"], each.row["question"], " or ".join(each.expected), each.said)


def _lines(each: Asked) -> Iterator[str]:
    yield f"\n{each.row['id']}  {each.row['cause']}; {each.row['person']}"
    yield f"  asked: {each.row['question']}"
    yield f"  read:  {', '.join(each.topics) or 'no question about the result'} ({each.cause})"
    yield f"  said:  {each.said}"
    yield f"  right: {each.row['right']}"
    yield f"  wrong: {each.row['wrong']}"


@cache
def _labels() -> Mapping[str, Mapping[str, Any]]:
    labels: Mapping[str, Mapping[str, Any]] = yaml.safe_load(_LABELS.read_text(encoding="utf-8"))["labels"]
    return labels
