"""How judged messages become figures, on judgements made by hand and on the practice's own knowledge."""

import pytest

from bot import measuring
from bot.case import Question, Urgency
from bot.evaluation.judging import Judgement
from bot.evaluation.rows import Message, MessageSet
from bot.evaluation.scoring import misses, score_messages
from bot.triage.result import RankedCause


def judgement(*causes, flags=None, urgency=Urgency.ROUTINE, question=None, in_scope=True):
    ranked = tuple(RankedCause(cause, 0.6 / number) for number, cause in enumerate(causes, start=1))
    return Judgement(ranked, flags or {}, urgency, question, in_scope)


def message(key="k", **labels):
    return Message(key, key, f"text of {key}", "text", **labels)


def values(judge, *judged):
    figures = score_messages("part.set", "a set", judged, judge.knowledge)
    return {figure.id.removeprefix("part.set."): figure.value for figure in figures if figure.rows}


def test_first_and_third_cause_are_counted_where_a_cause_is_labelled(judge):
    labelled = message(causes=frozenset({"gout"}))
    got = values(judge, (labelled, judgement("bunion", "sesamoiditis", "gout")))
    assert (got["first_cause"], got["three_causes"]) == (0, 1)
    assert "first_cause" not in values(judge, (message(in_scope=True), judgement("bunion")))


def test_a_cause_that_fits_well_is_too_much_where_none_can_be_told(judge):
    got = values(judge, (message(none_fits=True, in_scope=True), judgement("bunion")))
    assert got["overclaimed"] == 1


FLAGS = (frozenset({"dvt"}),)


@pytest.mark.parametrize(
    ("raised", "found"),
    [
        ({"dvt": Urgency.SAME_DAY}, 1),
        ({"cauda_equina": Urgency.EMERGENCY}, 1),
        ({"severe_uncontrolled_pain": Urgency.SOON}, 0),
        ({}, 0),
    ],
)
def test_a_red_flag_is_found_when_it_or_one_as_urgent_is_raised(judge, raised, found):
    got = values(judge, (message(flags=FLAGS), judgement(flags=raised)))
    assert got["red_flag_found"] == found


def test_a_screening_question_counts_only_for_what_it_asks(judge):
    raises = judge.knowledge.red_flags["dvt"].raises
    asked = Question("screen_dvt", "?", (), raises, screening=True)
    other = Question("screen_stroke_like", "?", (), judge.knowledge.red_flags["stroke_like"].raises, screening=True)
    assert values(judge, (message(flags=FLAGS), judgement(question=asked)))["red_flag_noticed"] == 1
    assert values(judge, (message(flags=FLAGS), judgement(question=other)))["red_flag_noticed"] == 0


def test_an_alarm_is_false_only_where_nobody_labelled_the_row_urgent(judge):
    alarm = judgement(flags={"dvt": Urgency.SAME_DAY})
    assert values(judge, (message(flags=()), alarm))["false_alarm"] == 1
    assert "false_alarm" not in values(judge, (message(flags=(), urgency=Urgency.SAME_DAY), alarm))
    assert "false_alarm" not in values(judge, (message(flags=None), alarm))


@pytest.mark.parametrize(
    ("label", "least", "given", "outcome"),
    [
        (Urgency.SOON, None, Urgency.ROUTINE, "under"),
        (Urgency.ROUTINE, None, Urgency.SOON, "over"),
        (Urgency.ROUTINE, None, Urgency.ROUTINE, "exact"),
        (Urgency.ROUTINE, None, Urgency.NONE, "under"),
        (Urgency.ROUTINE, Urgency.SELF_CARE, Urgency.SELF_CARE, None),
        (Urgency.SOON, Urgency.ROUTINE, Urgency.SELF_CARE, "under"),
        (Urgency.SELF_CARE, None, Urgency.NONE, None),
    ],
)
def test_urgency_is_exact_under_the_least_safe_level_or_over_the_right_one(judge, label, least, given, outcome):
    got = values(judge, (message(urgency=label, least_urgency=least), judgement(urgency=given)))
    assert {name: got[f"urgency_{name}"] for name in ("exact", "under", "over")} == {
        name: float(name == outcome) for name in ("exact", "under", "over")
    }


def test_a_row_without_a_labelled_urgency_is_neither_exact_nor_under_nor_over(judge):
    assert not [name for name in values(judge, (message(flags=()), judgement())) if "urgency" in name]


@pytest.mark.parametrize(
    ("told", "handled"),
    [
        (judgement(in_scope=False), 1),
        (judgement("knee_hip_problem"), 1),
        (judgement("knee_hip_problem", "gout"), 0),
        (judgement("gout"), 0),
    ],
)
def test_a_knee_or_hip_is_handled_as_a_neighbour_when_no_other_cause_is_told(judge, told, handled):
    got = values(judge, (message(neighbour=True), told))
    assert got["neighbour"] == handled
    assert "foreign_cause" not in got


def test_a_cause_for_another_part_of_the_body_is_counted(judge):
    assert values(judge, (message(in_scope=False), judgement("gout")))["foreign_cause"] == 1


def test_wrong_rows_are_shown_but_never_those_of_a_blind_set(judge):
    row = message(causes=frozenset({"gout"}))
    judged = [(row, judgement("bunion"))]
    (miss,) = misses(MessageSet("seen", (row,)), judged, judge.knowledge)
    assert (miss.expected, miss.found) == ("gout", "bunion")
    assert not list(misses(MessageSet("unseen", (row,), blind=True), judged, judge.knowledge))


@pytest.fixture(scope="module")
def match():
    return measuring.matcher()


@pytest.mark.parametrize("text", ["My heel hurts with the first steps", "I can't pee and my back hurts", "toothache"])
def test_the_judge_and_the_command_match_agree(judge, match, text):
    answer = match({"id": 1, "text": text})
    ours = judge.judge(judge.case_of(text))
    assert ours.urgency == answer["urgency"]
    assert ours.in_scope == answer["in_scope"]
    assert {"id": ours.question and ours.question.id} == {"id": (answer["next_question"] or {}).get("id")}
    assert [(id_, level.value) for id_, level in ours.flags.items()] == [
        (flag["id"], flag["level"]) for flag in answer["red_flags"]
    ]
    ranked = [cause["id"] for cause in answer["causes"] if cause["id"] != "other_or_unclear"]
    assert [cause.id for cause in ours.causes] == (ranked if ours.in_scope else [])


def test_message_read_as_out_of_scope_ranks_no_cause():
    outside = Judgement(causes=(), flags={}, urgency=Urgency.NONE, question=None, in_scope=False)
    assert outside.rank({"gout"}) > 3
