"""Build findings, sites, cues and the universal screen from their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from pathlib import Path

from bot.knowledge.fields import Record
from bot.knowledge.files import read_yaml
from bot.knowledge.model import AskedThing, Cues, FindingKind, FindingRecord, ScreenQuestion, Site
from bot.knowledge.wordings import Wordings, expand_phrases, read_combination

_MOST_THINGS = 5
"""Things that one spoken sentence asks for; more cannot be held in mind."""


def load_findings(
    path: Path, backgrounds: Mapping[FindingKind, float], wordings: Wordings
) -> tuple[FindingRecord, ...]:
    """Return the findings of one file of `findings/`, all of the file's kind, their phrases written out."""
    file = Record(path, read_yaml(path))
    kind = file.choice("kind", FindingKind)
    findings = file.records("findings", lambda record: _finding(record, kind, backgrounds[kind], wordings), least=1)
    file.end()
    return findings


def _finding(record: Record, kind: FindingKind, background: float, wordings: Wordings) -> FindingRecord:
    finding_id, name = record.id(), record.text("name")
    where = f"{record.path}: record {finding_id!r}"
    return FindingRecord(
        id=finding_id,
        name=name,
        question=record.text("question"),
        label=record.text("label", empty=True) or name,
        help=record.text("help", empty=True),
        phrases=expand_phrases(record.texts("phrases"), wordings, where),
        kind=kind,
        background=record.number("background", 0.0, 1.0, default=background),
        implies=record.texts("implies"),
        lasting=record.flag("lasting", default=False),
        circumstance=record.flag("circumstance", default=False),
        of_child=record.flag("of_child", default=False),
        together=tuple(read_combination(text, wordings, where) for text in record.texts("together")),
        denied_by=expand_phrases(record.texts("denied_by"), wordings, where),
        said=record.text("said"),
        said_not=record.text("said_not"),
        asked=record.text("asked"),
    )


def load_sites(path: Path) -> tuple[Site, ...]:
    """Return the places of the body."""
    file = Record(path, read_yaml(path))
    sites = file.records("sites", _site, least=1)
    file.end()
    return sites


def _site(record: Record) -> Site:
    return Site(
        id=record.id(),
        name=record.text("name"),
        phrases=record.texts("phrases", least=1),
        region=record.text("region", empty=True) or None,
        finding=record.text("finding", empty=True) or None,
        podiatric=record.flag("podiatric", default=True),
    )


def load_cues(path: Path) -> Cues:
    """Return the words that change what a statement means."""
    file = Record(path, read_yaml(path))
    cues = Cues(**{field.name: file.texts(field.name, least=1) for field in dataclass_fields(Cues)})
    file.end()
    return cues


def load_screen(path: Path) -> tuple[ScreenQuestion, ...]:
    """Return the questions of the universal short screen."""
    file = Record(path, read_yaml(path))
    screen = file.records("screen", _screen_question, least=1)
    file.end()
    return screen


def _screen_question(record: Record) -> ScreenQuestion:
    return ScreenQuestion(
        id=record.id(),
        asked=_asked(record),
        regions=record.texts("regions"),
        why=record.text("why"),
        sources=record.texts("sources", least=1),
        reviewed_on=record.date("reviewed_on"),
        reviewed_by=record.text("reviewed_by", empty=True),
    )


def _asked(record: Record) -> tuple[AskedThing, ...]:
    things = record.records("asked", _asked_thing, least=1)
    if len(things) > _MOST_THINGS:
        raise record.error("asked", f"holds more than {_MOST_THINGS} things. Put together what belongs together.")
    return things


def _asked_thing(record: Record) -> AskedThing:
    return AskedThing(words=record.text("words"), findings=record.texts("findings", least=1))
