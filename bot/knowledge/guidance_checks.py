"""Check what is told after the likely cause is known: every reference resolves, and no text names a dose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.errors import KnowledgeError
from bot.knowledge.checks import check_placeholders, each, resolve
from bot.knowledge.guidance import doses_in
from bot.knowledge.model import USUAL, Advice, Knowledge

_Told = tuple[Path, str, str, Advice]  # file, record, field, what is told


def check_guidance(folder: Path, knowledge: Knowledge) -> None:
    """Raise KnowledgeError, with file, record, field and what to do, at the first thing that does not hold."""
    persons = folder / "persons.yml"
    for person in knowledge.persons.values():
        resolve(each(persons, person.id, "findings", person.findings), knowledge.findings, "finding", "findings/")
    for number, item in enumerate(knowledge.person_advice, start=1):
        resolve(each(persons, f"advice {number}", "persons", item.persons), knowledge.persons, "person", "persons.yml")
        resolve(each(persons, f"advice {number}", "topics", item.topics), knowledge.topics, "topic", "topics.yml")
    for path, record, field, advice in _told(folder, knowledge):
        if advice.source != USUAL:
            resolve(each(path, record, field, [advice.source]), knowledge.sources, "source", "sources.yml")
        check_placeholders(path, record, field, advice.text)
        for dose in doses_in(advice.text, knowledge.dose_words):
            problem = f"names an amount of medicine ({dose!r}). Instep never doses: leave it out."
            raise KnowledgeError(f"{path}: record {record!r}, field {field!r}: {problem}")


def _told(folder: Path, knowledge: Knowledge) -> Iterator[_Told]:
    for cause, guidance in knowledge.guidance.items():
        path = folder / "guidance" / f"{cause}.yml"
        yield from ((path, cause, topic, advice) for topic, advice in guidance.texts.items())
        yield from ((path, cause, f"for {person}, {topic}", said) for (person, topic), said in guidance.persons.items())
    for number, item in enumerate(knowledge.person_advice, start=1):
        yield folder / "persons.yml", f"advice {number}", "text", item.advice
    for topic in knowledge.topics.values():
        path = folder / "topics.yml"
        yield from ((path, topic.id, "same", advice) for advice in (topic.same,) if advice)
        yield from ((path, topic.id, "openings", Advice(text, USUAL)) for text in topic.openings.values())
        yield from ((path, topic.id, "urgent", Advice(text, USUAL)) for text in (topic.urgent, topic.emergency) if text)
