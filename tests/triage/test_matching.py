from dataclasses import replace

import pytest
from small_knowledge import CAUSES, by_id, case_of, cause, small_knowledge

from bot.case import Finding, Tense, Who
from bot.triage import leading_causes, match_causes

KNOWLEDGE = small_knowledge()


def share(case, cause_id, knowledge=KNOWLEDGE):
    return next(item.probability for item in match_causes(case, knowledge).causes if item.id == cause_id)


def first(case):
    return match_causes(case, KNOWLEDGE).causes[0].id


def test_matching_starts_at_the_priors():
    assert share(case_of(), "fascia") == pytest.approx(0.4)
    assert share(case_of(), "other_or_unclear") == pytest.approx(0.1)


def test_matching_ranks_cause_with_more_signs_first():
    assert first(case_of("toe", "red_joint")) == "joint"
    assert first(case_of("burning", "numb_leg")) == "nerve"


def test_probabilities_sum_to_one_and_fall():
    ranked = [item.probability for item in match_causes(case_of("heel", absent=["toe"]), KNOWLEDGE).causes]
    assert sum(ranked) == pytest.approx(1)
    assert ranked == sorted(ranked, reverse=True)


def test_denying_an_almost_constant_sign_counts_far_more_than_denying_an_occasional_one():
    open_case = share(case_of("burning"), "fascia")
    without_constant = share(case_of("burning", absent=["first_step"]), "fascia")
    without_occasional = share(case_of("heel", absent=["burning"]), "fascia")
    assert without_constant < open_case / 3
    assert without_occasional > share(case_of("heel"), "fascia") * 0.9


def test_unsure_past_and_unmentioned_findings_have_no_effect():
    past = case_of("heel")
    past = type(past)(findings=(*past.findings, Finding("red_joint", tense=Tense.PAST)))
    assert share(case_of("heel", unsure=["first_step"]), "fascia") == share(case_of("heel"), "fascia")
    assert share(past, "joint") == share(case_of("heel"), "joint")


def test_finding_that_speaks_against_a_cause_lowers_it():
    alone = by_id((CAUSES[0], cause("bare", 0.4, [("heel", "almost_always", "high")])))
    knowledge = small_knowledge(causes=alone, region_priors={}, prior_modifiers=())
    before = share(case_of("heel", "first_step"), "fascia", knowledge)
    assert share(case_of("heel", "first_step", "numb_leg"), "fascia", knowledge) < before


def test_place_brings_in_the_priors_of_its_region():
    assert share(case_of("heel"), "fascia") > 0.8


def test_places_together_name_a_region_of_their_own():
    assert share(case_of("calf", "back_travel"), "nerve") > 0.95


def test_circumstance_multiplies_the_cause_that_it_favours_once():
    odds_before = share(case_of(), "sugar_nerve") / share(case_of(), "nerve")
    with_sugar = case_of("sugar")
    assert share(with_sugar, "sugar_nerve") / share(with_sugar, "nerve") == pytest.approx(6 * odds_before)


def test_unspecific_sign_never_multiplies_by_more_than_two():
    odds_before = share(case_of(), "joint") / share(case_of(), "nerve")
    old = case_of(age_years=70)
    assert share(old, "joint") / share(old, "nerve") <= 2 * odds_before + 1e-9


def test_age_outside_a_band_denies_its_finding():
    assert share(case_of("toe", age_years=30), "joint") < share(case_of("toe"), "joint")


def test_child_makes_the_childs_finding_present():
    knowledge = small_knowledge(causes=by_id((*CAUSES, cause("growth", 0.1, [("young", "almost_always", "high")]))))
    assert share(case_of("heel", who=Who.CHILD), "growth", knowledge) > share(case_of("heel"), "growth", knowledge)


def test_implied_finding_counts_for_its_causes():
    assert share(case_of("back_travel"), "nerve") == pytest.approx(share(case_of("back_travel", "numb_leg"), "nerve"))


def test_denied_finding_denies_what_implies_it():
    knowledge = small_knowledge(causes=by_id((*CAUSES, cause("disc", 0.2, [("back_travel", "almost_always", "high")]))))
    assert share(case_of(absent=["numb_leg"]), "disc", knowledge) < share(case_of(), "disc", knowledge) / 3


def test_other_leads_when_nothing_fits():
    denied = ["heel", "first_step", "numb_leg", "toe", "red_joint", "burning"]
    assert first(case_of("calf", absent=denied)) == "other_or_unclear"


@pytest.mark.parametrize("present", [["heel"], ["first_step"], ["numb_leg"], ["hand", "toe"]])
def test_foot_leg_and_back_are_in_scope(present):
    assert match_causes(case_of(*present), KNOWLEDGE).in_scope


@pytest.mark.parametrize("present", [[], ["burning"], ["sugar"], ["hand"], ["hand", "red_joint"], ["fever"]])
def test_nothing_podiatric_is_out_of_scope(present):
    assert not match_causes(case_of(*present), KNOWLEDGE).in_scope


def test_unknown_finding_id_has_no_effect():
    assert share(case_of("heel", "left_over_from_older_data"), "fascia") == share(case_of("heel"), "fascia")


def test_leading_causes_leave_out_the_other_bucket_and_the_unlikely():
    leading = [item.id for item in leading_causes(match_causes(case_of("heel", "first_step"), KNOWLEDGE))]
    assert leading == ["fascia"]


def test_nothing_leads_out_of_scope():
    assert leading_causes(match_causes(case_of("hand"), KNOWLEDGE)) == ()


def test_doubt_about_a_warning_sign_speaks_for_no_cause():
    causes = (cause("clot_leg", 0.1, [("swollen_calf", "often", "high")]), *CAUSES)
    knowledge = small_knowledge(causes=by_id(causes))
    heel = case_of("heel")
    doubted = replace(heel, findings=(*heel.findings, Finding("swollen_calf", doubted=True)))
    assert match_causes(doubted, knowledge) == match_causes(heel, knowledge)
    assert match_causes(case_of("heel", "swollen_calf"), knowledge) != match_causes(heel, knowledge)


def test_denied_warning_sign_ranks_nothing():
    causes = (cause("clot_leg", 0.1, [("swollen_calf", "often", "high")]), *CAUSES)
    knowledge = small_knowledge(causes=by_id(causes))
    assert match_causes(case_of("heel", absent=["swollen_calf"]), knowledge) == match_causes(case_of("heel"), knowledge)
