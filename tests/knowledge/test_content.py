"""What the knowledge has to hold: the founding article, every emergency, wording that is fit to be shown."""

import re

import pytest

from bot.case import Case, Finding, Urgency
from bot.knowledge.checks import leaves
from bot.knowledge.model import FindingKind, Frequency
from bot.triage import explain_treatments

ARTICLE_CAUSES = {
    "flat_feet", "high_arches", "posture_misalignment", "sciatica", "degenerative_disc", "plantar_fasciitis",
}  # fmt: skip
ARTICLE_SIGNS = {"loc_one_foot", "loc_calf", "n_foot_drop", "ch_numb", "ch_heavy"}
ARTICLE_TREATMENTS = {
    "exercise", "massage", "reflexology", "medication_otc_nsaid", "corticosteroid_injection", "foot_surgery",
}  # fmt: skip
LEVELS = {
    "cauda_equina": "emergency", "cord_compression_cancer": "emergency", "sudden_foot_drop": "same_day",
    "stroke_like": "emergency", "rapid_ascending_weakness": "emergency", "dvt": "same_day",
    "pulmonary_embolism": "emergency", "chest_pain_heart": "emergency", "acute_limb_ischaemia": "emergency",
    "critical_limb_chronic": "same_day", "open_fracture_deformity": "emergency", "fracture_ottawa": "same_day",
    "achilles_rupture": "same_day", "septic_joint": "same_day", "cellulitis_sepsis": "same_day",
    "diabetic_foot": "same_day", "charcot_foot": "same_day", "compartment_syndrome": "emergency", "aaa": "emergency",
    "trauma_spine": "emergency", "back_cancer_infection": "soon", "foot_mass_skin_cancer": "soon",
    "puncture_foreign_bite_burn": "same_day", "postop_or_injection_problem": "same_day", "medicine_harm": "emergency",
    "suicide_selfharm": "emergency", "violence_abuse": "emergency", "child_specific": "same_day",
    "pregnancy_specific": "same_day", "anticoag_bleeding": "same_day", "immune_suppressed": "same_day",
    "severe_uncontrolled_pain": "same_day",
}  # fmt: skip
ESCALATING = {
    "sudden_foot_drop", "dvt", "critical_limb_chronic", "septic_joint", "cellulitis_sepsis", "diabetic_foot",
    "child_specific", "pregnancy_specific", "anticoag_bleeding", "puncture_foreign_bite_burn",
    "postop_or_injection_problem",
}  # fmt: skip
DOSE = re.compile(r"\d\s*(mg|milligram|ml|tablet|pill|capsule|g per|times the dose)", re.IGNORECASE)
PROMISE = re.compile(
    r"\b(cures?|guarantee\w*|nothing serious|definitely|no need to see)\b|\d\s*(%|percent)", re.IGNORECASE
)


def shown_texts(knowledge):
    for cause in knowledge.causes.values():
        yield from (cause.name, cause.summary, cause.foot_back, cause.course, *cause.self_care, *cause.clinic_care)
        yield from cause.see.values()
    for treatment in knowledge.treatments.values():
        yield from (treatment.name, treatment.summary, treatment.how, treatment.evidence, treatment.time_to_effect)
        yield from (caution.text for caution in treatment.cautions)
        yield from (exercise.how for exercise in treatment.exercises)
    for flag in knowledge.red_flags.values():
        yield from (flag.question, flag.advice, flag.escalated_advice)
    yield from (link.wording for link in knowledge.foot_back_links)


def test_causes_of_the_article_are_there_and_marked(knowledge):
    assert {cause.id for cause in knowledge.causes.values() if cause.in_article} == ARTICLE_CAUSES


def test_signs_that_foot_pain_comes_from_the_back_are_findings_and_pointers(knowledge):
    assert set(knowledge.findings) >= ARTICLE_SIGNS
    assert set(knowledge.back_pointers) >= ARTICLE_SIGNS - {"loc_calf"}


def test_treatments_of_the_article_are_there_and_marked(knowledge):
    assert {item.id for item in knowledge.treatments.values() if item.in_article} == ARTICLE_TREATMENTS


def test_massage_is_told_with_the_tennis_ball_from_the_heel(knowledge):
    how = knowledge.treatments["massage"].how
    assert "tennis ball" in how
    assert "heel" in how.split(".")[0]


def test_reflexology_is_told_without_claiming_an_effect(knowledge):
    assert "no convincing evidence" in knowledge.treatments["reflexology"].evidence


def test_surgery_waits_until_conservative_measures_fail(knowledge):
    assert knowledge.treatments["foot_surgery"].name == "surgery when conservative measures fail"


@pytest.mark.parametrize(
    "sign", ["breathless", "rock-hard", "between the legs", "bent out of shape", "suddenly cold", "turned out after"]
)
def test_sign_of_an_emergency_stands_under_no_lower_level_of_a_cause(knowledge, sign):
    levels = {
        (cause.id, level) for cause in knowledge.causes.values() for level, text in cause.see.items() if sign in text
    }
    assert levels
    assert {level for _, level in levels} == {Urgency.EMERGENCY}


def test_cause_that_sits_in_the_back_names_the_signs_of_squeezed_nerves_as_an_emergency(knowledge):
    usual = (Frequency.ALMOST_ALWAYS, Frequency.OFTEN)
    of_the_back = [
        cause
        for cause in knowledge.causes.values()
        if {"loc_low_back", "back_pain_now"} <= {sign.finding for sign in cause.signs if sign.frequency in usual}
    ]
    assert "sciatica" in {cause.id for cause in of_the_back}
    for cause in of_the_back:
        assert "numbness between the legs" in cause.see[Urgency.EMERGENCY], cause.id


def test_home_care_of_the_skin_is_kept_from_feet_at_risk(knowledge):
    for cause_id in ("ingrown_toenail", "plantar_wart"):
        limits = [text for text in knowledge.causes[cause_id].self_care if text.startswith("no ")]
        assert any("diabetes" in text and "numb feet" in text for text in limits), cause_id


def test_risk_of_a_foot_ulcer_stands_in_its_record(knowledge):
    cause = knowledge.causes["diabetic_foot_ulcer"]
    assert "IWGDF23" in cause.sources
    assert "every one to three months" in cause.see[Urgency.ROUTINE]
    assert cause.urgency is Urgency.SAME_DAY


@pytest.mark.parametrize(("flag", "level"), LEVELS.items())
def test_red_flag_has_its_level(knowledge, flag, level):
    assert knowledge.red_flags[flag].level == Urgency(level)


@pytest.mark.parametrize("flag", sorted(ESCALATING))
def test_red_flag_can_become_an_emergency(knowledge, flag):
    assert knowledge.red_flags[flag].escalate is not None
    assert "{emergency_number}" in knowledge.red_flags[flag].escalated_advice


def test_emergency_advice_says_whom_to_call_in_its_first_two_sentences(knowledge):
    for flag in knowledge.red_flags.values():
        if flag.level is Urgency.EMERGENCY:
            start = " ".join(flag.advice.split(".")[:2])
            assert "{emergency_number}" in start or "{crisis_line}" in start, flag.id


def test_advice_is_at_most_three_sentences(knowledge):
    for flag in knowledge.red_flags.values():
        for text in (flag.advice, flag.escalated_advice):
            assert len(re.findall(r"[.?!](?:\s|$)", text)) <= 3, flag.id


def test_advice_of_an_emergency_offers_no_visit_at_the_practice(knowledge):
    for flag in knowledge.red_flags.values():
        emergency = [flag.escalated_advice, flag.advice if flag.level is Urgency.EMERGENCY else ""]
        assert not any("{practice_phone}" in text for text in emergency), flag.id


def test_every_finding_of_a_red_flag_can_be_said_in_many_ways(knowledge):
    derived = {item.finding for item in knowledge.derived_findings} | {knowledge.child_finding}
    used = {leaf for flag in knowledge.red_flags.values() for leaf in leaves(flag.criteria)} - derived
    answered = {finding for flag in knowledge.red_flags.values() for finding in flag.raises}
    places = {site.finding for site in knowledge.sites.values()}
    few = {finding for finding in used - answered - places if _wordings(knowledge.findings[finding]) < 8}
    assert few == set()


def _wordings(finding):
    return len(finding.phrases) + sum(len(rule.parts[0]) * len(rule.parts[1]) for rule in finding.together)


def test_every_warning_sign_is_used_by_a_red_flag_or_screen(knowledge):
    used = {
        leaf
        for flag in knowledge.red_flags.values()
        for criterion in (flag.criteria, flag.escalate, flag.suspicion)
        for leaf in leaves(criterion)
    }
    warning = {item.id for item in knowledge.findings.values() if item.kind is FindingKind.ALARM}
    assert warning - used == set()


def test_questions_are_whole_sentences(knowledge):
    for finding in knowledge.findings.values():
        assert re.fullmatch(r"[A-Z].*\?", finding.question), finding.id
        assert len(finding.question.split()) >= 3, finding.id


def test_names_read_well_after_you_told_me(knowledge):
    for finding in knowledge.findings.values():
        assert not re.match(r"(a|an|the|no|not)\b", finding.name), finding.id
        assert not finding.name.endswith("."), finding.id


def test_no_text_names_a_dose(knowledge):
    assert [text for text in shown_texts(knowledge) if DOSE.search(text)] == []


def test_no_text_promises_or_gives_a_percentage(knowledge):
    assert [text for text in shown_texts(knowledge) if PROMISE.search(text)] == []


def test_no_shown_text_holds_a_source_key(knowledge):
    keys = {source for source in knowledge.sources if source != "tv"}
    assert [text for text in shown_texts(knowledge) if keys.intersection(re.findall(r"[A-Z][A-Z0-9_]{3,}", text))] == []


def test_nobody_has_signed_yet(knowledge):
    records = (*knowledge.causes.values(), *knowledge.treatments.values(), *knowledge.red_flags.values())
    assert {record.reviewed_on for record in records} == {None}


def test_probabilities_are_ordered(knowledge):
    values = [knowledge.probabilities[name] for name in ("almost_always", "often", "sometimes", "rarely", "never")]
    assert values == sorted(values, reverse=True)
    assert values[-1] > 0


def test_priors_and_the_share_of_others_add_up_to_one(knowledge):
    total = sum(cause.prior for cause in knowledge.causes.values()) + knowledge.other_prior
    assert total == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize(
    "finding",
    ["c_ulcer_bleed", "c_kidney", "c_liver", "c_blood_thinner", "c_heart_failure", "c_hypertension", "c_nsaid_allergy",
     "c_pregnant", "c_interacting_medicine"],
)  # fmt: skip
def test_anti_inflammatory_medicine_is_kept_from_those_whom_it_harms(knowledge, finding):
    case = Case(findings=(Finding(finding),))
    options = {option.id: option for option in explain_treatments(case, ["plantar_fasciitis"], knowledge)}
    assert options["medication_otc_nsaid"].blocked
    assert not options["medication_otc_nsaid"].how


def test_massage_is_kept_from_swollen_calves_and_numb_feet(knowledge):
    assert set(knowledge.treatments["massage"].blocked_by) >= {"a_calf_swollen", "c_diabetes", "n_reduced_feeling"}


def test_places_that_are_not_covered_lead_to_a_finding_outside(knowledge):
    outside = [site for site in knowledge.sites.values() if not site.podiatric]
    assert {"hand", "head", "belly"} <= {site.id for site in outside}
    assert {site.finding for site in outside} == {"loc_elsewhere"}
