from small_knowledge import PRACTICE, case_of, small_knowledge

from bot.case import Urgency
from bot.triage import (
    answer_question,
    caution_question,
    explain_causes,
    explain_treatments,
    judge_urgency,
    match_causes,
    screen_red_flags,
    unasked_cautions,
)

KNOWLEDGE = small_knowledge()


def explained(case):
    return explain_causes(case, match_causes(case, KNOWLEDGE), KNOWLEDGE)


def urgency(case):
    flags = screen_red_flags(case, KNOWLEDGE, PRACTICE)
    return judge_urgency(case, flags, match_causes(case, KNOWLEDGE), KNOWLEDGE)


def option(options, treatment_id):
    return next(item for item in options if item.id == treatment_id)


def test_clear_cause_fits_well_and_names_its_reasons():
    (fascia,) = explained(case_of("heel", "first_step"))
    assert (fascia.id, fascia.fit) == ("fascia", "fits well")
    assert set(fascia.reasons_for) == {"the heel", "the first_step"}
    assert fascia.reasons_against == ()
    assert fascia.foot_back == "how fascia links foot and back"
    assert fascia.sources == ("The Book (https://book.example)",)


def test_reasons_against_are_contrary_findings_and_denied_signs():
    told = {cause.id: cause for cause in explained(case_of("heel", "burning", "numb_leg", absent=["toe"]))}
    assert told["fascia"].reasons_against == ("the numb_leg",)


def test_cause_below_half_is_only_possible():
    fits = {cause.fit for cause in explained(case_of("toe", "burning")) if cause.id != "joint"}
    assert fits == {"possible"}


def test_at_most_three_causes_are_told_and_never_the_other_bucket():
    told = [cause.id for cause in explained(case_of("toe", "burning", "numb_leg", "sugar"))]
    assert len(told) <= 3
    assert "other_or_unclear" not in told


def test_no_cause_is_told_beside_an_emergency():
    assert explained(case_of("heel", "first_step", "bladder")) == ()


def test_no_cause_is_told_without_a_reported_reason():
    assert explained(case_of("calf")) == ()


def test_treatments_hold_those_of_the_cause_and_always_the_articles():
    ids = [item.id for item in explain_treatments(case_of("heel"), ["fascia"], KNOWLEDGE)]
    assert ids == ["massage", "splint", "pills"]
    assert [item.id for item in explain_treatments(case_of(), [], KNOWLEDGE)] == ["massage", "pills"]


def test_contraindicated_treatment_says_why_instead_of_how():
    options = explain_treatments(case_of("heel", "sugar", "thinner"), ["fascia"], KNOWLEDGE)
    massage, pills = option(options, "massage"), option(options, "pills")
    assert (massage.how, massage.blocked) == ("", "Not with sugar.")
    assert (pills.how, pills.blocked) == ("", "Not because of the thinner.")
    assert option(options, "splint").how == "how to do splint"


def test_unsure_contraindication_forbids_as_well():
    options = explain_treatments(case_of("heel", unsure=["sugar"]), ["fascia"], KNOWLEDGE)
    assert option(options, "massage").how == ""


def test_no_treatment_is_told_beside_an_emergency():
    assert explain_treatments(case_of("heel", "bladder"), ["fascia"], KNOWLEDGE) == ()


def test_no_treatment_is_described_while_a_red_flag_waits_for_today():
    options = explain_treatments(case_of("calf", "swollen_calf"), ["fascia"], KNOWLEDGE)
    assert {(item.how, item.blocked) for item in options} == {("", "Be seen first.")}


def test_unasked_cautions_are_what_would_forbid_and_is_not_known():
    case = case_of("heel", absent=["sugar"])
    options = explain_treatments(case, ["fascia"], KNOWLEDGE)
    assert unasked_cautions(case, options, KNOWLEDGE) == ("thinner",)


def test_caution_question_is_put_once_and_its_answer_blocks():
    case = case_of("heel")
    question = caution_question(case, explain_treatments(case, ["fascia"], KNOWLEDGE), KNOWLEDGE)
    answered = answer_question(case, question, ["thinner"], KNOWLEDGE)
    options = explain_treatments(answered, ["fascia"], KNOWLEDGE)
    assert question.findings == ("sugar", "thinner")
    assert option(options, "pills").blocked and not option(options, "massage").blocked
    assert caution_question(answered, options, KNOWLEDGE) is None


def test_urgency_is_that_of_the_most_urgent_flag():
    assert urgency(case_of("calf", "swollen_calf")) is Urgency.SAME_DAY
    assert urgency(case_of("calf", "swollen_calf", "bladder")) is Urgency.EMERGENCY


def test_urgency_without_flags_is_what_the_leading_cause_asks_for():
    assert urgency(case_of("heel", "first_step")) is Urgency.ROUTINE
    assert urgency(case_of("numb_leg", "burning")) is Urgency.SOON


def test_urgency_is_none_when_nothing_fits():
    assert urgency(case_of("hand")) is Urgency.NONE
