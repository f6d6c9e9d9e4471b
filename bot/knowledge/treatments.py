"""Build treatments, what is said about feet and back, and sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.knowledge.fields import Record
from bot.knowledge.files import read_yaml
from bot.knowledge.model import Caution, Exercise, FootBackLink, Source, Treatment


def load_treatments(path: Path) -> tuple[Treatment, ...]:
    """Return the treatment options in the order of the file, which is the order in which they are told."""
    file = Record(path, read_yaml(path))
    treatments = file.records("treatments", _treatment, least=1)
    file.end()
    return treatments


def treatments_by_cause(treatments: Iterable[Treatment]) -> Mapping[str, tuple[str, ...]]:
    """Return cause id -> ids of the treatments that name it."""
    options: dict[str, tuple[str, ...]] = {}
    for treatment in treatments:
        for cause in treatment.causes:
            options[cause] = (*options.get(cause, ()), treatment.id)
    return options


def _treatment(record: Record) -> Treatment:
    return Treatment(
        id=record.id(),
        name=record.text("name"),
        phrases=record.texts("phrases", least=1),
        summary=record.text("summary"),
        how=record.text("how", empty=True),
        evidence=record.text("evidence"),
        time_to_effect=record.text("time_to_effect", empty=True),
        cautions=record.records("cautions", _caution),
        blocked_by=record.texts("blocked_by"),
        causes=record.texts("causes"),
        in_article=record.flag("in_article", default=False),
        sources=record.texts("sources", least=1),
        reviewed_on=record.date("reviewed_on"),
        reviewed_by=record.text("reviewed_by", empty=True),
        exercises=record.records("exercises", _exercise),
        strength=record.text("strength"),
    )


def _caution(record: Record) -> Caution:
    return Caution(findings=record.texts("findings"), text=record.text("text"))


def _exercise(record: Record) -> Exercise:
    return Exercise(
        id=record.id(),
        name=record.text("name"),
        causes=record.texts("causes", least=1),
        how=record.text("how"),
        evidence=record.text("evidence"),
        caution=record.text("caution", empty=True),
        blocked_by=record.texts("blocked_by"),
    )


def load_foot_back(path: Path) -> tuple[FootBackLink, ...]:
    """Return what is said about how feet and back relate."""
    file = Record(path, read_yaml(path))
    links = file.records("links", _link, least=1)
    file.end()
    return links


def _link(record: Record) -> FootBackLink:
    return FootBackLink(
        claim=record.text("claim"),
        wording=record.text("wording"),
        sources=record.texts("sources", least=1),
        label=record.text("label"),
    )


def load_sources(path: Path) -> tuple[Source, ...]:
    """Return where the facts come from."""
    file = Record(path, read_yaml(path))
    sources = file.records("sources", _source, least=1)
    file.end()
    return sources


def _source(record: Record) -> Source:
    source_id = record.text("id")
    record.where = f"record {source_id!r}"
    return Source(
        id=source_id, title=record.text("title"), url=record.text("url", empty=True), status=record.text("status")
    )
