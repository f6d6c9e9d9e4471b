from dataclasses import replace

import pytest
from small_knowledge import (
    FINDINGS,
    INTERVIEW,
    RED_FLAGS,
    by_id,
    case_of,
    cause,
    finding,
    flag,
    has,
    small_knowledge,
    things,
)

from bot.case import Status, Urgency
from bot.knowledge.model import FindingKind, QuestionGroup, ScreenQuestion
from bot.triage import answer_question, next_question

KNOWLEDGE = small_knowledge()
SCREENED = ("bladder", "fever")


def test_suspected_red_flag_is_asked_before_anything_else():
    question = next_question(case_of("calf"), KNOWLEDGE)
    assert (question.id, question.screening) == ("screen_clot", True)
    assert [choice.id for choice in question.choices] == ["yes", "no", "unsure"]
    assert question.why == "To miss nothing."


def test_place_is_asked_before_the_short_screen_and_both_before_causes():
    case = case_of("burning")
    where = next_question(case, KNOWLEDGE)
    assert where.id == "ask_where"
    question = next_question(answer_question(case, where, ["heel"], KNOWLEDGE), KNOWLEDGE)
    assert (question.id, question.many) == ("screen_short", True)
    assert [choice.id for choice in question.choices] == ["bladder", "fever", "none", "unsure"]


def test_suspicion_is_asked_before_the_place():
    case = case_of("burning", suspected=("clot",))
    assert next_question(case, KNOWLEDGE).id == "screen_clot"


def test_place_is_not_asked_before_the_short_screen_where_a_red_flag_was_raised():
    assert next_question(case_of("fever", "red_joint"), KNOWLEDGE).id == "screen_short"


def test_place_waits_where_so_much_was_asked_that_lists_might_not_fit_any_more():
    case = case_of("burning", asked=tuple("abcde"))
    short = next_question(case, KNOWLEDGE)
    assert short.id == "screen_short"
    assert next_question(answer_question(case, short, ["none"], KNOWLEDGE), KNOWLEDGE).id == "ask_where"


def test_place_that_says_too_little_is_asked_for_among_those_within_it():
    interview = replace(INTERVIEW, vague_places=("foot",), places_within={"foot": ("heel", "toe")})
    records = by_id((*FINDINGS, finding("foot", FindingKind.LOCATION)))
    question = next_question(case_of("foot"), small_knowledge(interview=interview, findings=records))
    assert (question.id, question.findings) == ("ask_where", ("heel", "toe"))


def test_short_screen_leaves_out_what_was_answered():
    question = next_question(case_of("heel", absent=["fever"]), KNOWLEDGE)
    assert question.findings == ("bladder",)


def test_short_screen_of_another_region_is_not_asked():
    screen = (ScreenQuestion("short", things("bladder", "fever"), ("leg_and_back",)),)
    assert next_question(case_of("heel"), small_knowledge(screen=screen)) is None


def test_suspicion_covered_by_the_short_screen_is_asked_once():
    flags = by_id((*RED_FLAGS, flag("hot", Urgency.SAME_DAY, has("fever"), suspicion=has("heel"), raises=["fever"])))
    knowledge = small_knowledge(red_flags=flags)
    case = case_of("heel")
    question = next_question(case, knowledge)
    assert question.id == "screen_short"
    assert next_question(answer_question(case, question, ["none"], knowledge), knowledge) is None


def test_red_flag_of_a_named_region_belongs_to_the_required_set():
    flags = by_id((flag("hot", Urgency.SAME_DAY, has("red_joint"), raises=["red_joint"], regions=["heel_region"]),))
    case = case_of("heel", absent=SCREENED)
    assert next_question(case, small_knowledge(red_flags=flags)).id == "screen_hot"


def test_place_is_asked_when_it_is_not_known():
    question = next_question(case_of("burning", absent=SCREENED), KNOWLEDGE)
    assert (question.id, question.findings) == ("ask_where", ("heel", "toe", "calf"))
    assert question.why == "The place tells most."


def test_place_is_asked_once():
    case = case_of("burning", absent=SCREENED)
    skipped = answer_question(case, next_question(case, KNOWLEDGE), [], KNOWLEDGE)
    assert next_question(skipped, KNOWLEDGE) is None


def test_question_that_tells_most_is_asked_with_the_findings_own_reason():
    # Two causes remain, and one sign is almost constant in one of them and rare in the other.
    case = case_of("heel", "numb_leg", absent=[*SCREENED, "toe"])
    question = next_question(case, KNOWLEDGE)
    assert question.id == "ask_first_step"
    assert question.why == "Because it points to one cause."


def test_question_without_its_own_reason_names_the_two_leading_causes():
    question = next_question(case_of("calf", absent=[*SCREENED, "swollen_calf", "first_step"]), KNOWLEDGE)
    assert question.why == "To tell name of nerve from name of joint."


def test_no_question_when_one_cause_is_settled():
    assert next_question(case_of("heel", "first_step", absent=SCREENED), KNOWLEDGE) is None


def test_no_question_in_an_emergency():
    assert next_question(case_of("heel", "bladder"), KNOWLEDGE) is None


def test_only_screening_goes_on_after_a_red_flag_for_today():
    case = case_of("calf", "swollen_calf")
    question = next_question(case, KNOWLEDGE)
    assert question.screening
    assert next_question(answer_question(case, question, ["none"], KNOWLEDGE), KNOWLEDGE) is None


def test_causes_are_not_asked_after_eight_questions():
    case = case_of("heel", "numb_leg", absent=[*SCREENED, "toe"])
    assert next_question(replace(case, asked=tuple("abcdefg")), KNOWLEDGE) is not None
    assert next_question(replace(case, asked=tuple("abcdefgh")), KNOWLEDGE) is None


def test_nothing_is_asked_after_ten_questions():
    case = case_of("calf")
    assert next_question(replace(case, asked=tuple("abcdefghi")), KNOWLEDGE).screening
    assert next_question(replace(case, asked=tuple("abcdefghij")), KNOWLEDGE) is None


def test_complaint_about_another_part_of_the_body_is_not_interviewed():
    assert next_question(case_of("hand"), KNOWLEDGE) is None


@pytest.mark.parametrize(
    ("choice", "status"), [("yes", Status.PRESENT), ("no", Status.ABSENT), ("unsure", Status.UNSURE)]
)
def test_closed_answer_sets_the_status(choice, status):
    case = case_of("heel", "numb_leg", absent=[*SCREENED, "toe"])
    question = next_question(case, KNOWLEDGE)
    assert answer_question(case, question, [choice], KNOWLEDGE).status_of("first_step") is status


def test_ticked_findings_are_present_and_the_others_stay_unknown():
    case = case_of("burning", absent=SCREENED)
    answered = answer_question(case, next_question(case, KNOWLEDGE), ["heel", "calf"], KNOWLEDGE)
    assert answered.having(Status.PRESENT) == {"burning", "heel", "calf"}
    assert answered.status_of("toe") is None


def test_none_of_these_denies_all_that_a_list_offers():
    case = case_of("burning", absent=SCREENED)
    answered = answer_question(case, next_question(case, KNOWLEDGE), ["none"], KNOWLEDGE)
    assert answered.having(Status.ABSENT) == {"heel", "toe", "calf", *SCREENED}


def test_what_a_list_offered_is_not_asked_again():
    signs = [("sugar", "almost_always", "high"), ("thinner", "almost_always", "high")]
    causes = by_id((cause("mild", 0.5, []), cause("sick", 0.5, signs, urgency=Urgency.SOON)))
    knowledge = small_knowledge(causes=causes, region_priors={}, prior_modifiers=(), screen=())
    case = case_of("toe")
    left = answer_question(case, next_question(case, knowledge), [], knowledge)
    assert left.asked == ("group_health",)
    assert next_question(left, knowledge) is None


def test_unsure_about_the_place_denies_nothing():
    case = case_of("burning", absent=SCREENED)
    answered = answer_question(case, next_question(case, KNOWLEDGE), ["unsure"], KNOWLEDGE)
    assert answered.having(Status.UNSURE) == {"heel", "toe", "calf"}


def test_empty_answer_only_marks_the_question_as_asked():
    case = case_of("calf")
    answered = answer_question(case, next_question(case, KNOWLEDGE), [], KNOWLEDGE)
    assert answered == replace(case, asked=("screen_clot",))


def test_closed_no_does_not_cancel_what_was_reported_meanwhile():
    case = case_of("calf")
    question = next_question(case, KNOWLEDGE)
    reported = case_of("calf", "swollen_calf")
    assert answer_question(reported, question, ["no"], KNOWLEDGE).status_of("swollen_calf") is Status.PRESENT


def test_choice_that_was_not_offered_is_refused():
    case = case_of("calf")
    with pytest.raises(ValueError, match="screen_clot"):
        answer_question(case, next_question(case, KNOWLEDGE), ["bladder"], KNOWLEDGE)


def test_findings_of_one_theme_are_asked_together_when_that_tells_more():
    signs = [("sugar", "almost_always", "high"), ("thinner", "almost_always", "high")]
    causes = by_id((cause("mild", 0.5, []), cause("sick", 0.5, signs, urgency=Urgency.SOON)))
    knowledge = small_knowledge(causes=causes, region_priors={}, prior_modifiers=(), screen=())
    question = next_question(case_of("toe"), knowledge)
    assert (question.id, question.many, question.why) == ("group_health", True, "It matters.")
    assert question.findings == ("sugar", "thinner")


OWN_GROUP = QuestionGroup(
    "sore", "What is it like?", ("sugar", "thinner"), "It tells.", beside=("burning",), instead_of=("health",)
)


def knowledge_with_own_group():
    signs = [("sugar", "almost_always", "high"), ("thinner", "almost_always", "high"), ("old", "often", "high")]
    causes = by_id((cause("mild", 0.5, []), cause("sick", 0.5, signs, urgency=Urgency.SOON)))
    interview = replace(KNOWLEDGE.interview, groups=(*KNOWLEDGE.interview.groups, OWN_GROUP))
    return small_knowledge(causes=causes, region_priors={}, prior_modifiers=(), screen=(), interview=interview)


def test_group_of_a_complaint_is_asked_in_place_of_those_that_do_not_fit_it():
    knowledge = knowledge_with_own_group()
    case = case_of("toe", "burning")
    question = next_question(case, knowledge)
    assert question.id == "group_sore"
    after = next_question(answer_question(case, question, ["unsure"], knowledge), knowledge)
    assert after is None or (after.id != "group_health" and "old" not in after.findings)


def test_group_of_a_complaint_is_asked_of_nobody_else():
    assert next_question(case_of("toe"), knowledge_with_own_group()).id == "group_health"
