"""Texts and variants that must not differ: what counts as a loss, on judgements made by hand and on ten own pairs."""

import json
from pathlib import Path

import pytest

from bot.case import Question, Urgency
from bot.errors import InputError
from bot.evaluation.judging import Judgement
from bot.evaluation.pairs import Compared, Pair, compare, raises_or_asks, read_pairs, score_pairs, table_of_kinds
from bot.triage.result import RankedCause

SAMPLE = Path(__file__).with_name("sample")
CALM = Judgement((RankedCause("gout", 0.7),), {}, Urgency.ROUTINE, None, True)
ALARMED = Judgement((), {"dvt": Urgency.SAME_DAY}, Urgency.SAME_DAY, None, True)


def values(judge, text, variant, flag=None):
    pair = Pair("k", "k", "typos", "a text", "a txt", flag)
    figures = score_pairs("p.s", "a set", [Compared(pair, text, variant)], judge.knowledge)
    return {figure.id.removeprefix("p.s."): figure.value for figure in figures if figure.rows}


def test_the_same_outcome_loses_nothing(judge):
    assert set(values(judge, CALM, CALM).values()) == {0}


def test_a_variant_that_is_less_urgent_and_raises_nothing_is_counted_three_times(judge):
    assert values(judge, ALARMED, CALM) == {"urgency_falls": 1, "flag_lost": 1, "first_cause_changes": 1}


def test_a_variant_that_is_more_urgent_loses_nothing(judge):
    got = values(judge, CALM, ALARMED)
    assert (got["urgency_falls"], got["flag_lost"]) == (0, 0)


def test_a_named_red_flag_has_to_be_noticed_in_both(judge):
    assert values(judge, ALARMED, ALARMED, "dvt")["flag_noticed"] == 1
    assert values(judge, ALARMED, CALM, "dvt")["flag_noticed"] == 0


def asked(judge, question_id, *suspects):
    findings = judge.knowledge.red_flags["dvt"].raises
    question = Question(question_id, "?", (), findings, screening=True)
    return Judgement((), {}, Urgency.NONE, question, True, suspects)


def test_a_red_flag_is_asked_by_its_own_question_or_as_the_first_suspicion_but_not_by_everybodys_list(judge):
    assert raises_or_asks("dvt", asked(judge, "screen_dvt"), judge.knowledge)
    assert raises_or_asks("dvt", asked(judge, "screen_leg_blood", "dvt"), judge.knowledge)
    assert not raises_or_asks("dvt", asked(judge, "screen_leg_blood", "cauda_equina", "dvt"), judge.knowledge)
    assert not raises_or_asks("dvt", asked(judge, "screen_leg_blood"), judge.knowledge)


def test_pairs_are_read_judged_and_counted_by_kind(judge):
    compared = [compare(pair, judge) for pair in read_pairs(SAMPLE, judge.knowledge)]
    assert len(compared) == 10
    figures = score_pairs("p.s", "a set", compared, judge.knowledge)
    assert [len(figure.rows) for figure in figures] == [10, 10, 10, 6]
    table = table_of_kinds(compared)
    assert [line[:2] for line in table.lines if line[0] == "typos"] == [("typos", "2")]
    assert not [pair for pair in compared if any(pair.pair.text in cell for line in table.lines for cell in line)]


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"variant": ""}, "variant is missing"),
        ({"flag": "no_such"}, "no red flag"),
        ({"kind": None}, "kind is missing"),
    ],
)
def test_a_bad_pair_is_refused_with_its_line(tmp_path, judge, changed, complaint):
    row = {"id": "a", "kind": "typos", "text": "heel", "variant": "heal"} | changed
    (tmp_path / "pairs.jsonl").write_text(json.dumps(row))
    with pytest.raises(InputError, match=r"pairs\.jsonl, line 1: .*" + complaint):
        list(read_pairs(tmp_path, judge.knowledge))
