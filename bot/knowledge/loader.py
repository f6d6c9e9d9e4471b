"""Read `data/knowledge/` and `data/practice.yml` into frozen types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

from bot.errors import KnowledgeError
from bot.knowledge.causes import load_cause
from bot.knowledge.checks import check_knowledge
from bot.knowledge.fears import load_fears
from bot.knowledge.files import fingerprint
from bot.knowledge.guidance import load_guidance, load_persons, load_topics
from bot.knowledge.guidance_checks import check_guidance
from bot.knowledge.interview import load_interview
from bot.knowledge.model import Knowledge, Practice
from bot.knowledge.practice import read_practice
from bot.knowledge.red_flags import load_red_flags
from bot.knowledge.scales import load_scales
from bot.knowledge.symptoms import load_cues, load_findings, load_screen, load_sites
from bot.knowledge.treatments import load_foot_back, load_sources, load_treatments, treatments_by_cause
from bot.knowledge.urgency import load_sooner_rules
from bot.knowledge.wordings import load_wordings


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_Item = TypeVar("_Item", bound=_HasId)


def load_knowledge(folder: Path) -> Knowledge:
    """Return every record of `folder` (`data/knowledge`), checked.

    The same object is returned while no file changes: records are frozen, and reading them takes most of a second.

    Raises:
        KnowledgeError: names file, id and field, and says what to do.
    """
    return _load(folder, fingerprint(folder, folder.rglob("*.yml")))


@lru_cache(maxsize=2)
def _load(folder: Path, content: str) -> Knowledge:
    scales = load_scales(folder / "scales.yml")
    treatments = load_treatments(folder / "treatments.yml")
    wordings = load_wordings(folder / "wordings.yml")
    findings = [
        finding for path in _files(folder / "findings") for finding in load_findings(path, scales.backgrounds, wordings)
    ]
    fears, mentions = load_fears(folder / "fears.yml")
    causes = [load_cause(path, scales.priors, treatments_by_cause(treatments)) for path in _files(folder / "causes")]
    knowledge = Knowledge(
        findings=_by_id(folder / "findings", findings),
        sites=_by_id(folder / "sites.yml", load_sites(folder / "sites.yml")),
        causes=_by_id(folder / "causes", causes),
        treatments=_by_id(folder / "treatments.yml", treatments),
        red_flags=_by_id(folder / "red_flags.yml", load_red_flags(folder / "red_flags.yml")),
        screen=load_screen(folder / "screen.yml"),
        cues=load_cues(folder / "cues.yml"),
        sources=_by_id(folder / "sources.yml", load_sources(folder / "sources.yml")),
        probabilities=scales.probabilities,
        region_priors=scales.region_priors,
        prior_modifiers=scales.prior_modifiers,
        back_pointers=scales.back_pointers,
        foot_pointers=scales.foot_pointers,
        foot_back_links=load_foot_back(folder / "foot_back.yml"),
        fingerprint=content,
        other_prior=scales.other_prior,
        derived_findings=scales.derived_findings,
        child_finding=scales.child_finding,
        correlated=scales.correlated,
        interview=load_interview(folder / "interview.yml"),
        fears=_by_id(folder / "fears.yml", fears),
        mentions=mentions,
        sooner=load_sooner_rules(folder / "urgency.yml"),
    )
    knowledge = _with_guidance(knowledge, folder)
    check_knowledge(folder, knowledge, scales.priors)
    check_guidance(folder, knowledge)
    return knowledge


def _with_guidance(knowledge: Knowledge, folder: Path) -> Knowledge:
    """Return the knowledge base with what answers questions about a likely cause."""
    topics, dose_words = load_topics(folder / "topics.yml")
    persons, person_advice = load_persons(folder / "persons.yml")
    of_cause = [topic.id for topic in topics if topic.is_of_cause]
    shared = [topic.id for topic in topics if topic.same is not None]
    return replace(
        knowledge,
        topics=_by_id(folder / "topics.yml", topics),
        dose_words=dose_words,
        persons=_by_id(folder / "persons.yml", persons),
        person_advice=person_advice,
        guidance=load_guidance(
            folder / "guidance", [*knowledge.causes], of_cause, shared, [person.id for person in persons]
        ),
    )


def load_practice(path: Path) -> Practice:
    """Return the practice that `path` (`data/practice.yml`) describes, checked.

    Raises:
        KnowledgeError: names file and field, and says what to do.
    """
    return read_practice(path)


def _files(folder: Path) -> list[Path]:
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise KnowledgeError(f"{folder}: holds no .yml file. Restore the folder or set INSTEP_DATA to the right one.")
    return paths


def _by_id(path: Path, items: Iterable[_Item]) -> Mapping[str, _Item]:
    found: dict[str, _Item] = {}
    for item in items:
        if item.id in found:
            raise KnowledgeError(
                f"{path}: record {item.id!r}, field 'id': stands twice. Rename or delete one of the two."
            )
        found[item.id] = item
    return found
