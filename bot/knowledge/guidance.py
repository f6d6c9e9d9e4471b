"""Build what is told after the likely cause is known: the topics, the persons, and one file a cause."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from bot.case import Urgency
from bot.knowledge.fields import Record, checked_choice
from bot.knowledge.files import read_yaml
from bot.knowledge.guidance_types import (
    Advice,
    CauseGuidance,
    GuidanceTopic,
    NextOffer,
    Person,
    PersonAdvice,
)


def load_topics(path: Path) -> tuple[tuple[GuidanceTopic, ...], tuple[str, ...]]:
    """Return the topics of `topics.yml`, and the words that make a number before them a dose."""
    file = Record(path, read_yaml(path))
    topics = file.records("topics", _topic, least=1)
    dose_words = file.texts("dose_words", least=1)
    file.end()
    of_cause = {topic.id for topic in topics if topic.is_of_cause}
    for topic in topics:
        if topic.text_of and topic.text_of not in of_cause:
            raise file.error("topics", f"{topic.id!r} takes the text of {topic.text_of!r}, which no cause has.")
        if unknown := set(topic.again).difference(each.id for each in topics):
            raise file.error("topics", f"{topic.id!r} goes on with {min(unknown)!r}. There is no such topic.")
    return topics, dose_words


def load_persons(path: Path) -> tuple[tuple[Person, ...], tuple[PersonAdvice, ...]]:
    """Return the persons of `persons.yml` in order of weight, and what holds for them whatever the cause is."""
    file = Record(path, read_yaml(path))
    persons = file.records("persons", _person, least=1)
    advice = file.records("advice", _person_advice)
    file.end()
    return persons, advice


def load_guidance(
    folder: Path, causes: Collection[str], topics: Collection[str], shared: Collection[str], persons: Collection[str]
) -> Mapping[str, CauseGuidance]:
    """Return the guidance of every cause by its id.

    Args:
        folder: `guidance/`, one file a cause, named after its id.
        causes: ids of all causes.
        topics: ids of the topics for which every cause has a text.
        shared: ids of the topics with one text for every cause; a cause may have words of its own.
        persons: ids of all persons.

    Raises:
        KnowledgeError: names file and field, and says what to do; also for a cause without a file.
    """
    paths = {path.stem: path for path in sorted(folder.glob("*.yml"))}
    for cause in causes:
        if cause not in paths:
            problem = "there is no such file, and every cause needs one. Copy that of a similar cause and write its"
            raise Record(folder / f"{cause}.yml", {}).error("", f"{problem} {len(topics)} texts.")
    for cause, path in paths.items():
        if cause not in causes:
            raise Record(path, {}).error("", f"there is no cause {cause!r}. Rename the file or delete it.")
    return {cause: _guidance(path, topics, shared, persons) for cause, path in paths.items()}


def doses_in(text: str, dose_words: Collection[str]) -> Iterator[str]:
    """Yield every amount of a medicine that a text names: a number before one of the words."""
    pattern = rf"[\d.,]*\d\s*(?:{'|'.join(map(re.escape, dose_words))})\b"
    yield from (found.group() for found in re.finditer(pattern, text, re.IGNORECASE))


def _guidance(path: Path, topics: Collection[str], shared: Collection[str], persons: Collection[str]) -> CauseGuidance:
    file = Record(path, read_yaml(path))
    told = Record(path, file.mapping("guidance"), "guidance")
    texts = {topic: _advice_in(told, topic) for topic in (*topics, *filter(told.has, shared))}
    told.end()
    special: dict[tuple[str, str], Advice] = {}
    for person, topic, advice in file.records("for", _special):
        if person not in persons or topic not in topics:
            raise file.error("for", f"{person!r}, {topic!r}: no such person (persons.yml) or topic (topics.yml).")
        if (person, topic) in special:
            raise file.error("for", f"{person!r} has two texts for {topic!r}. Make one of them.")
        special[person, topic] = advice
    file.end()
    return CauseGuidance(path.stem, texts, special)


def _special(record: Record) -> tuple[str, str, Advice]:
    return record.text("person"), record.text("topic"), _advice(record)


def _advice_in(record: Record, field: str) -> Advice:
    inner = Record(record.path, record.mapping(field), f"{record.where}, {field}")
    advice = _advice(inner)
    inner.end()
    return advice


def _advice(record: Record) -> Advice:
    return Advice(record.text("text"), record.text("source"))


def _topic(record: Record) -> GuidanceTopic:
    topic = record.id()
    same = _advice_in(record, "same") if record.has("same") else None
    text_of = record.text("text_of", empty=True)
    openings = record.mapping("openings", required=False)
    return GuidanceTopic(
        id=topic,
        urgent=record.text("urgent", empty=True),
        offer=record.choice("offer", NextOffer) if record.has("offer") else NextOffer.NONE,
        same=same,
        text_of="" if same else text_of or topic,
        openings={checked_choice(record, "openings", level, Urgency): text for level, text in openings.items()},
        asks_where=record.flag("asks_where", default=False),
        compares=record.flag("compares", default=False),
        emergency=record.text("emergency", empty=True),
        again=record.texts("again"),
    )


def _person(record: Record) -> Person:
    return Person(record.id(), record.texts("findings", least=1))


def _person_advice(record: Record) -> PersonAdvice:
    return PersonAdvice(
        persons=record.texts("persons", least=1),
        topics=record.texts("topics", least=1),
        instead=record.flag("instead", default=False),
        advice=_advice(record),
    )
