"""The warning signs are asked in one sentence; what comes again comes shorter and in other words."""

from pathlib import Path

import pytest
from small_knowledge import case_of, small_knowledge

from bot.case import Case, Finding, Status
from bot.knowledge import load_knowledge
from bot.knowledge.model import AskedThing, ScreenQuestion
from bot.triage import next_question
from bot.triage.screening import closed_choices, in_a_row, put_again, screen_question, shown_choices

LISTED = (
    AskedThing("trouble peeing", ("bladder",)),
    AskedThing("a fever or a swollen calf", ("fever", "swollen_calf")),
)
KNOWLEDGE = small_knowledge(screen=(ScreenQuestion("short", LISTED, ()),))
REAL = load_knowledge(Path(__file__).parents[2] / "data" / "knowledge")


def asked(*present, **told):
    return next_question(case_of("heel", *present, **told), KNOWLEDGE)


def test_warning_signs_are_asked_in_one_sentence():
    assert asked().sentence == "Is there trouble peeing or a fever or a swollen calf?"
    assert asked().screening


def test_sentence_leaves_out_what_was_told_also_a_part_of_a_thing():
    assert asked(absent=["bladder"]).sentence == "Is there a fever or a swollen calf?"
    assert asked(absent=["fever"]).sentence == "Is there trouble peeing or some swollen_calf?"


def test_visitor_sees_three_choices_until_a_yes_opens_the_list():
    question = asked()
    assert [choice.label for choice in shown_choices(question, KNOWLEDGE)] == ["No, none", "Yes, one", "Not sure"]
    opened = question.opened()
    assert shown_choices(opened, KNOWLEDGE) == question.choices
    assert (opened.sentence, opened.text, opened.id) == ("", "Which of these?", question.id)


def test_sentence_that_comes_again_is_shorter_and_says_it_in_other_words():
    question = asked()
    denied = case_of("heel", absent=["fever", "swollen_calf"])
    again = put_again(question, denied, KNOWLEDGE)
    assert (again.sentence, again.findings) == ("And trouble peeing?", ("bladder",))
    last = put_again(again, denied, KNOWLEDGE)
    assert last.sentence == put_again(last, denied, KNOWLEDGE).sentence == "I need this one: trouble peeing?"


def test_not_sure_about_a_warning_sign_keeps_it_in_the_sentence():
    assert put_again(asked(), case_of("heel", unsure=["bladder"]), KNOWLEDGE).findings == asked().findings


def test_closed_question_that_comes_again_asks_just_for_a_yes_or_no():
    question = next_question(case_of("calf"), small_knowledge())
    again = put_again(question, case_of("calf"), KNOWLEDGE)
    assert again.text == "Just yes or no: some swollen_calf?"
    assert (again.findings, again.choices) == (question.findings, closed_choices(KNOWLEDGE))


def test_open_list_that_comes_again_asks_for_one():
    assert put_again(asked().opened(), case_of("heel"), KNOWLEDGE).text == "Which fits?"


@pytest.mark.parametrize(
    ("things", "row"), [((), ""), (("a",), "a"), (("a", "b"), "a or b"), (("a", "b", "c"), "a, b, or c")]
)
def test_things_stand_in_a_row_as_in_a_sentence(things, row):
    assert in_a_row(things, "or") == row


@pytest.mark.parametrize("screen", REAL.screen, ids=lambda screen: screen.id)
def test_every_finding_of_a_list_can_be_asked_for_alone(screen):
    for finding in screen.findings:
        others = tuple(item for item in screen.findings if item != finding)
        question = screen_question(screen, screen.findings, REAL)
        case = Case(findings=tuple(Finding(item, Status.ABSENT) for item in others))
        again = put_again(question, case, REAL)
        assert again.findings == (finding,)
        assert again.sentence != question.sentence
        assert again.sentence.count("{") == 0
