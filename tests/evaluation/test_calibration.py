import pytest

from bot.case import Urgency
from bot.evaluation.calibration import calibration, claims
from bot.evaluation.judging import Judgement
from bot.triage.result import RankedCause


def judgement(probability):
    return Judgement((RankedCause("gout", probability),), {}, Urgency.ROUTINE, None, True)


def test_claims_are_sorted_by_what_was_said_and_scored_by_what_was_right():
    made = claims([("a", {"gout"}, judgement(0.9)), ("b", {"bunion"}, judgement(0.7)), ("c", {"gout"}, judgement(0.3))])
    figures, table = calibration("part.set", "a set", made)
    well, possible, brier = figures
    assert well.rows == {"a": 1, "b": 0}
    assert possible.rows == {"c": 1}
    assert brier.value == pytest.approx((0.1**2 + 0.7**2 + 0.7**2) / 3)
    assert table.lines[0] == ("0.2 to 0.4", "1", "0.30", "1.00")


def test_a_row_without_a_right_cause_or_without_any_told_claims_nothing():
    nothing = Judgement((), {}, Urgency.NONE, None, False)
    assert claims([("a", set(), judgement(0.9)), ("b", {"gout"}, nothing)]) == []
