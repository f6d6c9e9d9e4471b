"""The parts as functions from one JSON line to another, so that anybody can measure them on their own texts."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from typing import Any

from bot.case import Case, Finding, Question, Reading, Side, Status, Tense
from bot.dates.when import read_when
from bot.errors import InputError
from bot.knowledge import load_knowledge, load_meanings, load_practice
from bot.knowledge.intents import check_meanings, domain_names
from bot.knowledge.model import Knowledge, Practice
from bot.reading import SymptomReader
from bot.reading.learned.added_heads import FILE as HEADS
from bot.reading.learned.corpus import check_corpus, read_corpus
from bot.settings import ROOT, settings
from bot.triage import judge_urgency, match_causes, next_question, screen_red_flags
from bot.triage.result import RaisedFlag

Line = dict[str, Any]

# Far above the 1,000 characters that the website takes, so that whole histories can be measured.
_MAX_TEXT = 20_000


def check_data() -> tuple[Knowledge, Practice]:
    """Load knowledge and practice, and check what intents mean against the domain; raises KnowledgeError."""
    data = settings().data
    practice, knowledge = load_practice(data / "practice.yml"), load_knowledge(data / "knowledge")
    rows = data / "intents.yml"
    check_meanings(rows, load_meanings(rows), practice, domain_names(ROOT / "domain.yml"), knowledge.topics)
    return knowledge, practice


def check_reading() -> None:
    """Check the corpus and the weights of reading; raises CorpusError and EncoderError."""
    data = settings().data
    knowledge = load_knowledge(data / "knowledge")
    check_corpus(read_corpus(data / "reading"), knowledge.findings, knowledge.red_flags)
    SymptomReader.learned(knowledge, data / "reading")


def reader() -> Callable[[Line], Line]:
    """Return the function behind `instep read`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
    from bot.brain.understanding import understand

    knowledge, practice = check_data()
    symptom_reader = SymptomReader.learned(knowledge, settings().data / "reading", settings().models / HEADS)

    def answer(line: Line) -> Line:
        text = _text(line, "text")
        intent, confidence = understand(text)
        case = Case().with_reading(reading := symptom_reader.read(text))
        return {
            "id": line.get("id"),
            "intent": intent,
            "confidence": round(confidence, 4),
            "findings": [_finding(item) for item in reading.findings if item.tense is Tense.NOW],
            "red_flags": _flags(screen_red_flags(case, knowledge, practice)),
        }

    return answer


def matcher() -> Callable[[Line], Line]:
    """Return the function behind `instep match`."""
    knowledge, practice = check_data()
    symptom_reader = SymptomReader.learned(knowledge, settings().data / "reading", settings().models / HEADS)

    def answer(line: Line) -> Line:
        case = Case().with_reading(_reading(line, symptom_reader, knowledge))
        flags = screen_red_flags(case, knowledge, practice)
        matching = match_causes(case, knowledge)
        return {
            "id": line.get("id"),
            "causes": [{"id": cause.id, "probability": round(cause.probability, 4)} for cause in matching.causes],
            "urgency": judge_urgency(case, flags, matching, knowledge).value,
            "red_flags": _flags(flags),
            "next_question": _question(next_question(case, knowledge)),
            "in_scope": matching.in_scope,
        }

    return answer


def dater() -> Callable[[Line], Line]:
    """Return the function behind `instep when`."""
    zone = check_data()[1].time_zone

    def answer(line: Line) -> Line:
        when = read_when(_text(line, "text"), _now(line, zone))
        return {
            "id": line.get("id"),
            "date": when.date.isoformat() if when.date else None,
            "time": when.time.isoformat("minutes") if when.time else None,
            "part_of_day": when.part_of_day,
        }

    return answer


def talker() -> Callable[[Line], Line]:
    """Return the function behind `instep talk`."""
    from bot.brain.talk import Talk

    talk = Talk()

    def answer(line: Line) -> Line:
        return talk.say(_text(line, "conversation"), _text(line, "text"))

    return answer


def _text(line: Line, field: str) -> str:
    value = line.get(field)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{field} is missing or empty; give it as a string.")
    if len(value) > _MAX_TEXT:
        raise InputError(f"{field} has {len(value)} characters; at most {_MAX_TEXT} are read.")
    return value


def _now(line: Line, zone: dt.tzinfo) -> dt.datetime:
    value = line.get("now")
    if value is None:
        return dt.datetime.now(zone)
    try:
        now = dt.datetime.fromisoformat(str(value))
    except ValueError:
        raise InputError("now is not a date and time in ISO 8601, such as 2026-11-22T09:30:00-05:00.") from None
    if not 1900 <= now.year <= 2200:
        raise InputError("now lies outside the years 1900 to 2200.")
    return now.replace(tzinfo=zone) if now.tzinfo is None else now.astimezone(zone)


def _reading(line: Line, symptom_reader: SymptomReader, knowledge: Knowledge) -> Reading:
    if "findings" not in line:
        return symptom_reader.read(_text(line, "text"))
    items = line["findings"]
    if not isinstance(items, list):
        raise InputError('findings is not a list; give [{"id": ..., "status": "present"}].')
    return Reading(findings=tuple(_given_finding(item, knowledge) for item in items))


def _given_finding(item: object, knowledge: Knowledge) -> Finding:
    if isinstance(item, str):
        item = {"id": item}
    if not isinstance(item, dict) or str(item.get("id")) not in knowledge.findings:
        raise InputError("a finding has no id of data/knowledge/findings; look the ids up there.")
    try:
        status = Status(item.get("status", Status.PRESENT))
        side = Side(item["side"]) if item.get("side") else None
    except ValueError as error:
        raise InputError(f"finding {item['id']}: {error}.") from None
    return Finding(id=item["id"], status=status, side=side)


def _finding(item: Finding) -> Line:
    return {
        "id": item.id,
        "status": item.status.value,
        "side": item.side.value if item.side else None,
        "start": item.start,
        "end": item.end,
    }


def _flags(flags: Sequence[RaisedFlag]) -> list[Line]:
    return [{"id": flag.id, "level": flag.level.value} for flag in flags]


def _question(question: Question | None) -> Line | None:
    if question is None:
        return None
    choices = [{"id": choice.id, "label": choice.label} for choice in question.choices]
    asked = {"id": question.id, "text": question.text, "choices": choices, "many": question.many}
    return {**asked, "sentence": question.sentence} if question.sentence else asked
