"""Going back to earlier questions, correcting answers, and adding a complaint in the middle."""

from bot.case import Case, Finding, Reading, Status
from bot.triage import answer_question, contradictions, next_question, question_before, reopen, screen_red_flags
from tests.triage.small_knowledge import PRACTICE, case_of, small_knowledge

KNOWLEDGE = small_knowledge()


def asked_case():
    """A burning foot: the heel was ticked as the place, then the short screen was answered with none."""
    case = case_of("burning")
    where = next_question(case, KNOWLEDGE)
    case = answer_question(case, where, ["heel"], KNOWLEDGE)
    screen = next_question(case, KNOWLEDGE)
    return answer_question(case, screen, ["none"], KNOWLEDGE), screen, where


def test_going_back_puts_the_same_question_again():
    case, screen, where = asked_case()
    assert question_before(case, next_question(case, KNOWLEDGE), KNOWLEDGE).choices == screen.choices
    assert question_before(case, screen, KNOWLEDGE).choices == where.choices
    assert question_before(case, where, KNOWLEDGE) is None


def test_going_back_to_the_warning_signs_opens_the_list():
    case, screen, _ = asked_case()
    assert screen.sentence
    assert not reopen(case, screen.id, KNOWLEDGE).sentence


def test_new_answer_replaces_the_earlier_one_and_counts_once():
    case, _, where = asked_case()
    corrected = answer_question(case, reopen(case, where.id, KNOWLEDGE), ["toe"], KNOWLEDGE)
    assert corrected.status_of("toe") is Status.PRESENT
    assert corrected.status_of("heel") is None
    assert corrected.asked == case.asked


def test_ticking_another_warning_sign_forgets_the_first_tick_and_keeps_its_red_flag():
    case = case_of("heel")
    screen = next_question(case, KNOWLEDGE)
    raised = answer_question(case, screen, ["bladder"], KNOWLEDGE)
    corrected = answer_question(raised, reopen(raised, screen.id, KNOWLEDGE), ["fever"], KNOWLEDGE)
    assert (corrected.status_of("bladder"), corrected.status_of("fever")) == (None, Status.PRESENT)
    assert [flag.id for flag in screen_red_flags(corrected, KNOWLEDGE, PRACTICE)] == ["spine"]


def test_going_back_and_skipping_keeps_the_earlier_answer():
    case, _, where = asked_case()
    assert answer_question(case, reopen(case, where.id, KNOWLEDGE), [], KNOWLEDGE) == case


def test_what_was_told_in_words_is_not_offered_when_a_list_is_put_again():
    told = Case(findings=(Finding("calf", start=3, end=7),))
    case = answer_question(told, reopen_where(told), ["heel", "toe"], KNOWLEDGE)
    assert reopen(case, "ask_where", KNOWLEDGE).findings == ("heel", "toe")


def reopen_where(case):
    asked = Case(findings=case.findings, asked=("ask_where",))
    return reopen(asked, "ask_where", KNOWLEDGE)


def test_skipped_list_offers_everything_again():
    case = case_of(asked=("ask_where",))
    assert reopen(case, "ask_where", KNOWLEDGE).findings == ("heel", "toe", "calf")


def test_corrected_screening_answer_leaves_the_raised_red_flag_standing():
    case = case_of("heel")
    screen = next_question(case, KNOWLEDGE)
    raised = answer_question(case, screen, ["bladder"], KNOWLEDGE)
    corrected = answer_question(raised, reopen(raised, screen.id, KNOWLEDGE), ["none"], KNOWLEDGE)
    assert corrected.status_of("bladder") is Status.ABSENT
    assert [flag.id for flag in screen_red_flags(corrected, KNOWLEDGE, PRACTICE)] == ["spine"]


def test_red_flag_question_is_put_again_as_a_closed_one():
    case = case_of("calf")
    answered = answer_question(case, next_question(case, KNOWLEDGE), ["no"], KNOWLEDGE)
    again = reopen(answered, "screen_clot", KNOWLEDGE)
    assert (again.screening, again.many, again.findings) == (True, False, ("swollen_calf",))
    raised = answer_question(answered, again, ["unsure"], KNOWLEDGE)
    assert [flag.id for flag in screen_red_flags(raised, KNOWLEDGE, PRACTICE)] == ["clot"]


def test_question_that_was_not_put_cannot_be_reopened():
    assert reopen(case_of("heel"), "ask_where", KNOWLEDGE) is None


def test_question_of_another_part_is_passed_over_on_the_way_back():
    case = case_of("heel", asked=("ask_first_step", "ask_cautions"))
    assert question_before(case, None, KNOWLEDGE).id == "ask_first_step"


def test_message_that_says_the_opposite_is_noticed():
    case = case_of("heel", absent=["burning"])
    reading = Reading(findings=(Finding("heel", Status.ABSENT), Finding("burning"), Finding("toe")))
    assert contradictions(case, reading) == ("heel", "burning")


def test_complaint_added_in_the_middle_is_screened_before_causes_go_on():
    case, _, _ = asked_case()
    added = case.with_reading(Reading(findings=(Finding("calf", start=0, end=4),)))
    assert next_question(added, KNOWLEDGE).id == "screen_clot"
