"""One fact told in several ways counts once."""

from dataclasses import replace

import pytest

from bot.knowledge.model import FindingKind, RegionRole, RegionRule, Site
from bot.triage import match_causes
from bot.triage.evidence import gather_evidence
from bot.triage.regions import name_regions
from tests.triage.small_knowledge import FINDINGS, INTERVIEW, by_id, case_of, cause, finding, small_knowledge


def share_of(cause_id, case, knowledge):
    return {item.id: item.probability for item in match_causes(case, knowledge).causes}[cause_id]


def odds(case, knowledge):
    return share_of("skin", case, knowledge) / share_of("other_or_unclear", case, knowledge)


def with_signs(signs, correlated=()):
    findings = by_id((*FINDINGS, finding("hard", FindingKind.SIGN), finding("plug", FindingKind.SIGN, ["hard"])))
    causes = by_id((cause("skin", 0.5, signs), cause("toe_shape", 0.4, [("toe", "often", "low")])))
    return small_knowledge(
        findings=findings, causes=causes, correlated=correlated, prior_modifiers=(), region_priors={}
    )


def test_what_a_finding_implies_adds_nothing_for_a_cause_that_knows_the_finding():
    both = with_signs([("hard", "almost_always", "high"), ("plug", "often", "high")])
    precise = with_signs([("plug", "often", "high")])
    assert odds(case_of("plug"), both) == pytest.approx(odds(case_of("plug"), precise))


def test_what_a_finding_implies_counts_for_a_cause_that_knows_only_that():
    general = with_signs([("hard", "almost_always", "high")])
    assert odds(case_of("plug"), general) == pytest.approx(odds(case_of("hard"), general))


def test_denied_general_finding_counts_once():
    both = with_signs([("hard", "almost_always", "high"), ("plug", "often", "high")])
    general = with_signs([("hard", "almost_always", "high")])
    assert odds(case_of(absent=["hard"]), both) == pytest.approx(odds(case_of(absent=["hard"]), general))


def test_correlated_findings_prove_less_than_independent_ones_and_more_than_one():
    signs = [("burning", "often", "moderate"), ("first_step", "often", "moderate")]
    case, single = case_of("burning", "first_step"), case_of("burning")
    together, apart = with_signs(signs, (("burning", "first_step"),)), with_signs(signs)
    assert odds(single, together) < odds(case, together) < odds(case, apart)


def with_rules(*rules):
    sites = {
        "foot": Site("foot", "foot", (), "foot_region", "toe", podiatric=True),
        "heel": Site("heel", "heel", (), "heel_region", "heel", podiatric=True),
    }
    return small_knowledge(sites=sites, interview=replace(INTERVIEW, regions=rules, vague_places=("toe",)))


def regions(case, knowledge):
    return set(name_regions(gather_evidence(case, knowledge), knowledge))


def test_vague_place_names_its_region_only_beside_no_other():
    knowledge = with_rules()
    assert regions(case_of("toe"), knowledge) == {"foot_region"}
    assert regions(case_of("toe", "heel"), knowledge) == {"heel_region"}


def test_rule_stands_alone_beside_the_places_or_where_there_is_none():
    beside = with_rules(RegionRule("skin", (("red_joint",),), RegionRole.BESIDE))
    assert regions(case_of("heel", "red_joint"), beside) == {"heel_region", "skin"}
    alone = with_rules(RegionRule("skin", (("red_joint",),)))
    assert regions(case_of("heel", "red_joint"), alone) == {"skin"}
    fallback = with_rules(RegionRule("back", (("back_travel",),), RegionRole.FALLBACK))
    assert regions(case_of("heel", "back_travel"), fallback) == {"heel_region"}
    assert regions(case_of("back_travel"), fallback) == {"back"}


def test_cause_that_is_rare_leads_when_the_visitor_names_it():
    causes = by_id((cause("common", 0.8, [("heel", "often", "low")]), cause("rare", 0.0001, [])))
    knowledge = small_knowledge(causes=causes, prior_modifiers=(), region_priors={})
    assert match_causes(case_of(named_causes=("rare",)), knowledge).causes[0].id == "rare"
