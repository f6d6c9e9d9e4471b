from dataclasses import replace

from small_knowledge import PRACTICE, RED_FLAGS, by_id, case_of, flag, has, small_knowledge

from bot.case import Finding, Reading, Status, Tense, Urgency
from bot.knowledge.model import Criterion
from bot.triage import answer_question, next_question, record_red_flags, screen_red_flags, suspect_red_flags
from bot.triage.red_flags import criterion_holds

KNOWLEDGE = small_knowledge()


def raised(case):
    return [(item.id, item.level) for item in screen_red_flags(case, KNOWLEDGE, PRACTICE)]


def test_criterion_needs_as_many_parts_as_it_counts():
    two_of_three = Criterion(parts=(has("a"), has("b"), has("c")), count=2)
    assert criterion_holds(two_of_three, {"a", "c"})
    assert not criterion_holds(two_of_three, {"b"})


def test_negated_criterion_holds_while_its_finding_is_missing():
    untreated = Criterion(parts=(has("treated"),), negated=True)
    assert criterion_holds(untreated, {"broken"})
    assert not criterion_holds(untreated, {"broken", "treated"})


def test_red_flag_fires_only_when_all_its_findings_are_there():
    assert raised(case_of("calf")) == []
    assert raised(case_of("calf", "swollen_calf")) == [("clot", Urgency.SAME_DAY)]


def test_findings_of_the_past_and_feared_ones_raise_nothing():
    past = Finding("bladder", tense=Tense.PAST)
    feared = Finding("bladder", tense=Tense.HYPOTHETICAL)
    assert raised(replace(case_of("heel"), findings=(past, feared))) == []


def test_denied_and_unsure_findings_raise_nothing():
    assert raised(case_of("calf", absent=["swollen_calf"], unsure=["bladder"])) == []


def test_implied_finding_raises_the_flag():
    flags = by_id((flag("weak", Urgency.SAME_DAY, has("numb_leg")),))
    fired = screen_red_flags(case_of("back_travel"), small_knowledge(red_flags=flags), PRACTICE)
    assert [item.id for item in fired] == ["weak"]


def test_escalation_turns_a_flag_into_an_emergency_with_its_own_advice():
    (clot,) = screen_red_flags(case_of("calf", "swollen_calf", "breathless"), KNOWLEDGE, PRACTICE)
    assert (clot.level, clot.advice) == (Urgency.EMERGENCY, "Call 911 now.")


def test_advice_holds_the_practices_phone_number():
    (clot,) = screen_red_flags(case_of("calf", "swollen_calf"), KNOWLEDGE, PRACTICE)
    assert clot.advice == "Be seen today, call (555) 0100."


def test_most_urgent_flag_comes_first():
    assert [name for name, _ in raised(case_of("calf", "swollen_calf", "bladder"))] == ["spine", "clot"]


def test_flag_stays_raised_when_its_finding_is_denied_later():
    case = record_red_flags(case_of("calf", "swollen_calf"), KNOWLEDGE)
    denied = case.with_reading(Reading(findings=(Finding("swollen_calf", Status.ABSENT),)))
    assert raised(denied) == [("clot", Urgency.SAME_DAY)]


def test_escalated_flag_stays_an_emergency_when_the_escalation_is_denied_later():
    case = record_red_flags(case_of("calf", "swollen_calf", "breathless"), KNOWLEDGE)
    denied = case.with_reading(Reading(findings=(Finding("breathless", Status.ABSENT),)))
    assert raised(denied) == [("clot", Urgency.EMERGENCY)]


def test_raised_flag_that_left_the_knowledge_base_is_left_out():
    assert raised(case_of("heel", raised=("gone",))) == []


def test_combination_counts_over_turns():
    first = case_of("calf")
    later = first.with_reading(Reading(findings=(Finding("heel"),))).with_reading(
        Reading(findings=(Finding("swollen_calf"),))
    )
    assert raised(later) == [("clot", Urgency.SAME_DAY)]


def test_suspicion_lists_the_flag_until_its_question_is_answered():
    assert [item.id for item in suspect_red_flags(case_of("calf"), KNOWLEDGE)] == ["clot"]
    assert suspect_red_flags(case_of("calf", absent=["swollen_calf"]), KNOWLEDGE) == ()
    assert suspect_red_flags(case_of("calf", asked=("screen_clot",)), KNOWLEDGE) == ()
    assert suspect_red_flags(case_of("calf", "swollen_calf"), KNOWLEDGE) == ()


def test_doubt_in_the_visitors_own_words_keeps_the_suspicion_open():
    assert [item.id for item in suspect_red_flags(case_of("calf", unsure=["swollen_calf"]), KNOWLEDGE)] == ["clot"]


def test_doubted_or_feared_sign_is_asked_about():
    doubted = case_of("heel", unsure=["bladder"])
    feared = replace(case_of("heel"), findings=(Finding("bladder", tense=Tense.HYPOTHETICAL),))
    flags = by_id((flag("spine", Urgency.EMERGENCY, has("bladder"), raises=["bladder"]),))
    assert [item.id for item in suspect_red_flags(doubted, small_knowledge(red_flags=flags))] == ["spine"]
    assert [item.id for item in suspect_red_flags(feared, small_knowledge(red_flags=flags))] == ["spine"]


def test_most_urgent_suspicion_is_listed_first():
    flags = (*RED_FLAGS, flag("cold", Urgency.EMERGENCY, has("fever"), suspicion=has("calf"), raises=["fever"]))
    suspects = suspect_red_flags(case_of("calf"), small_knowledge(red_flags=by_id(flags)))
    assert [item.id for item in suspects] == ["cold", "clot"]


def test_unsure_answer_to_a_screening_question_counts_as_yes():
    case = case_of("calf")
    question = next_question(case, KNOWLEDGE)
    answered = answer_question(case, question, ["unsure"], KNOWLEDGE)
    assert question.id == "screen_clot"
    assert raised(answered) == [("clot", Urgency.SAME_DAY)]
    assert answered.raised == ("clot",)


def test_a_list_to_tick_has_the_words_of_a_patient():
    question = next_question(case_of("heel"), KNOWLEDGE)
    ticks = [choice.label for choice in question.choices if choice.id in KNOWLEDGE.findings]
    assert question.many and ticks
    assert ticks == [KNOWLEDGE.findings[finding_id].label for finding_id in question.findings]
