import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brain.second_goal import Goal, GoalRules, clauses, goals_of

RULES = GoalRules({"describe": 0, "treat": 0, "book": 1, "hours": 2}, frozenset({"greet"}), 0.6)


def goal(intent, confidence=0.9):
    return Goal(intent, confidence, 0, 1)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("my heel hurts, can I come Tuesday?", ["my heel hurts", "can I come Tuesday"]),
        ("Hours please? And is it free?", ["Hours please", "And is it free"]),
        ("my heel hurts", []),
        ("red, hot, sore", []),
        ("", []),
        ("...", []),
        ("no pain\nno gain", ["no pain", "no gain"]),
    ],
)
def test_sentences_and_clauses_are_parted(text, parts):
    assert [clause.text for clause in clauses(text)] == parts


@given(st.text(max_size=1000))
def test_clauses_lie_in_the_text_in_order_and_are_not_many(text):
    found = clauses(text)

    assert all(text[clause.start : clause.end] == clause.text for clause in found)
    assert [clause.start for clause in found] == sorted(clause.start for clause in found)
    assert len(found) <= 8


def test_the_surest_clause_of_another_group_is_the_second_goal():
    main, second = goals_of(("describe", 0.5), [goal("describe"), goal("book", 0.7), goal("hours", 0.8)], RULES)

    assert main == ("describe", 0.5)
    assert second == goal("hours", 0.8)


@pytest.mark.parametrize("other", [goal("treat"), goal("book", 0.5), goal("greet"), goal("unknown")])
def test_a_clause_of_the_same_group_an_unsure_one_and_small_talk_are_no_second_goal(other):
    assert goals_of(("describe", 0.5), [other], RULES) == (("describe", 0.5), None)


def test_small_talk_yields_to_a_goal():
    main, second = goals_of(("greet", 0.9), [goal("greet"), goal("book", 0.8)], RULES)

    assert main == ("book", 0.8)
    assert second is None


def test_what_is_out_of_scope_has_no_second_goal():
    assert goals_of(("unknown", 0.9), [goal("book")], RULES) == (("unknown", 0.9), None)
