"""Which regions of the body a case names."""

from __future__ import annotations

from bot.knowledge.model import FindingKind, Knowledge, RegionRole, RegionRule
from bot.triage.evidence import Evidence


def name_regions(evidence: Evidence, knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """Return the regions that the findings name, each with the location findings that name it.

    Every reported place names its own region, a vague one (the foot) only beside no other; the interview's `regions`
    add to that, see `RegionRule`.
    """
    places = named_places(evidence, knowledge)
    rules = [
        rule for rule in knowledge.interview.regions if all(evidence.present.intersection(need) for need in rule.needs)
    ]
    for rule in rules:
        if rule.role is RegionRole.ALONE:
            return {rule.region: _counted(rule, places)}
    regions = _of_places(places, knowledge)
    added = {rule.region: _counted(rule, places) for rule in rules if rule.role is RegionRole.BESIDE}
    fallback = {rule.region: _counted(rule, places) for rule in rules if rule.role is RegionRole.FALLBACK}
    return {**added, **regions} or ({} if places else fallback)


def _of_places(places: frozenset[str], knowledge: Knowledge) -> dict[str, frozenset[str]]:
    regions: dict[str, frozenset[str]] = {}
    for site in knowledge.sites.values():
        if site.region and site.finding in places:
            regions[site.region] = regions.get(site.region, frozenset()) | {site.finding}
    vague = frozenset(knowledge.interview.vague_places)
    return {region: named for region, named in regions.items() if named - vague} or regions


def _counted(rule: RegionRule, places: frozenset[str]) -> frozenset[str]:
    return places.intersection(finding for need in rule.needs for finding in need)


def named_places(evidence: Evidence, knowledge: Knowledge) -> frozenset[str]:
    """Return the location findings that are present."""
    return frozenset(
        finding_id
        for finding_id in evidence.present
        if finding_id in knowledge.findings and knowledge.findings[finding_id].kind is FindingKind.LOCATION
    )
