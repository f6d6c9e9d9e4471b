"""Whether a case is about what Instep covers: feet, legs and the low back."""

from __future__ import annotations

from bot.case import Scope
from bot.knowledge.model import Knowledge
from bot.triage.evidence import Evidence
from bot.triage.regions import named_places

_ELSEWHERE = (Scope.KNEE_HIP, Scope.OTHER)


def is_in_scope(evidence: Evidence, knowledge: Knowledge) -> bool:
    """Return whether something about feet, legs or the back was reported.

    What was read as a message about the knee or hip alone, or about another part of the body, is out of scope unless it
    reports a place of the foot or what only feet and legs have. A reported place decides: one place that Instep covers
    is enough, and a complaint about another part of the body is out of scope whatever it feels like. The interview's
    `lesser_places` (a leg, the low back) cover nothing beside another part of the body, nor beside `skin_signs` (an
    itching leg). When that leaves the place open, one of the findings that the interview lists under `scope`, the name
    of a cause, or the mere mention of a foot before any other part of the body is needed.
    """
    covered = {site.finding: site.podiatric for site in knowledge.sites.values() if site.finding}
    places = named_places(evidence, knowledge)
    ours = frozenset(place for place in places if covered.get(place, True))
    # "Legs give out when I walk": a place of ours and no other outweighs what the whole sounds like.
    named = not ours.isdisjoint(knowledge.interview.vague_places)
    alone = named and ours == places and evidence.scope is Scope.OTHER
    if evidence.scope in _ELSEWHERE and not alone and not _tells_ours(evidence, knowledge):
        return False
    weakened = ours < places or not evidence.present.isdisjoint(knowledge.interview.skin_signs)
    lesser = ours.intersection(knowledge.interview.lesser_places) if weakened else frozenset()
    if ours - lesser:
        return True
    telling = not evidence.present.isdisjoint(knowledge.interview.scope)
    first = next((knowledge.sites[site] for site in evidence.sites if site in knowledge.sites), None)
    if places - ours:
        spanning = not evidence.present.isdisjoint(knowledge.interview.spanning)
        return spanning or (telling and bool(lesser) and (first is None or first.podiatric))
    mentioned = first is not None and first.finding in knowledge.interview.mentions
    return telling or bool(evidence.named) or mentioned


def _tells_ours(evidence: Evidence, knowledge: Knowledge) -> bool:
    """Return whether a place of the foot is reported, or a finding that only feet and legs have."""
    ours = {*knowledge.interview.mentions, *knowledge.interview.scope}
    return not evidence.present.isdisjoint(ours)
