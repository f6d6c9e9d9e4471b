"""The clinician brief says what was told, denied, asked and feared, and survives its storage."""

from dataclasses import replace

from small_knowledge import PRACTICE, case_of, small_knowledge

from bot.case import Case, Finding, Side, Status, Tense
from bot.triage import Brief, make_brief

KNOWLEDGE = small_knowledge()


def test_brief_tells_findings_by_status_and_side():
    told = (
        Finding("heel", side=Side.LEFT),
        Finding("burning", Status.UNSURE),
        Finding("toe", Status.ABSENT),
        Finding("numb_leg", tense=Tense.PAST),
    )
    brief = make_brief(Case(findings=told, complaint="my heel", age_years=50), KNOWLEDGE, PRACTICE)
    assert brief.present == ("the heel (left)",)
    assert brief.unsure == ("the burning",)
    assert brief.absent == ("the toe",)
    assert brief.past == ("the numb_leg",)
    assert (brief.complaint, brief.age_years, brief.who) == ("my heel", 50, "self")


def test_brief_keeps_what_is_only_doubted_among_what_is_unsure():
    brief = make_brief(Case(findings=(Finding("heel"), Finding("numb_leg", doubted=True))), KNOWLEDGE, PRACTICE)
    assert (brief.present, brief.unsure) == (("the heel",), ("the numb_leg",))


def test_brief_ranks_causes_with_reasons():
    brief = make_brief(case_of("heel", "first_step"), KNOWLEDGE, PRACTICE)
    assert brief.causes[0].name == "name of fascia"
    assert brief.causes[0].reasons_for
    assert brief.urgency == "routine"


def test_brief_tells_raised_red_flags_and_denied_warnings_apart():
    brief = make_brief(case_of("calf", "swollen_calf", absent=["bladder"]), KNOWLEDGE, PRACTICE)
    assert [level for _, level in brief.red_flags] == ["same_day"]
    assert brief.denied_warnings == ("the bladder",)
    assert brief.absent == ()


def test_no_cause_stands_in_the_brief_of_an_emergency():
    brief = make_brief(case_of("heel", "first_step", "bladder"), KNOWLEDGE, PRACTICE)
    assert (brief.causes, brief.urgency) == ((), "emergency")


def test_brief_names_what_was_tried_and_skips_what_the_knowledge_no_longer_has():
    case = replace(case_of("heel"), tried=("massage", "gone"), named_causes=("fascia",))
    brief = make_brief(case, KNOWLEDGE, PRACTICE)
    assert brief.tried == (KNOWLEDGE.treatments["massage"].name,)
    assert brief.named_causes == ("name of fascia",)


def test_brief_names_an_alarm_that_was_taken_back_until_it_is_raised_again():
    taken_back = case_of("calf", withdrawn=("clot",))
    assert make_brief(taken_back, KNOWLEDGE, PRACTICE).withdrawn == ("name of clot",)
    again = case_of("calf", "swollen_calf", withdrawn=("clot",))
    assert make_brief(again, KNOWLEDGE, PRACTICE).withdrawn == ()


def test_brief_comes_back_from_json_as_it_was():
    case = case_of("calf", "swollen_calf", absent=["toe"], withdrawn=("spine",))
    brief = make_brief(case, KNOWLEDGE, PRACTICE)
    assert Brief.from_json(brief.to_json()) == brief
