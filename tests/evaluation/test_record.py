import pytest

from bot.errors import InputError
from bot.evaluation.figures import Figure, Statistic, share
from bot.evaluation.record import read_record, save_record
from bot.evaluation.verdicts import judge_figures


def of(hits, **more):
    return share("a.b.c", "a figure", {f"{number:010x}": hit for number, hit in enumerate(hits)}, **more)


def test_what_is_saved_is_what_is_read(tmp_path):
    path = tmp_path / "evaluation.json"
    questions = Figure("d.e.f", "questions", {"0a": 4, "0b": 7.5}, Statistic.MEDIAN)
    save_record([of([True, False]), questions], path)
    kept = read_record(path)
    assert kept["a.b.c"].rows == {"0000000000": 1.0, "0000000001": 0.0}
    assert kept["d.e.f"].value == 5.75
    assert kept["d.e.f"].rows == questions.rows


def test_saving_one_part_keeps_the_others(tmp_path):
    path = tmp_path / "evaluation.json"
    save_record([of([True])], path)
    save_record([share("x.y.z", "another", {"0a": True})], path)
    assert set(read_record(path)) == {"a.b.c", "x.y.z"}


def test_saving_a_whole_part_drops_its_figures_that_are_gone(tmp_path):
    path = tmp_path / "evaluation.json"
    save_record([of([True]), share("a.b.old", "gone", {"0b": True}), share("x.y.z", "another", {"0a": True})], path)
    save_record([of([True])], path, parts=["a"])
    assert set(read_record(path)) == {"a.b.c", "x.y.z"}


def test_saving_everything_drops_figures_that_are_gone(tmp_path):
    path = tmp_path / "evaluation.json"
    save_record([of([True])], path)
    save_record([share("x.y.z", "another", {"0a": True})], path, whole=True)
    assert set(read_record(path)) == {"x.y.z"}


def test_nothing_committed_compares_with_nothing(tmp_path):
    assert read_record(tmp_path / "none.json") == {}
    (verdict,) = judge_figures([of([True])], {})
    assert (verdict.committed, verdict.change, verdict.worse) == (None, None, False)


@pytest.mark.parametrize("text", ["not json", "[]", '{"figures": {"a": 1}}', '{"figures": {"a": {"value": "x"}}}'])
def test_a_broken_record_is_refused_in_one_sentence(tmp_path, text):
    path = tmp_path / "evaluation.json"
    path.write_text(text)
    with pytest.raises(InputError, match=r"evaluation\.json is not a saved evaluation"):
        read_record(path)


@pytest.mark.parametrize(
    ("lost", "safety", "worse"), [(1, True, True), (1, False, False), (5, False, False), (6, False, True)]
)
def test_a_safety_figure_may_not_fall_at_all_and_others_not_beyond_the_noise(tmp_path, lost, safety, worse):
    path = tmp_path / "evaluation.json"
    save_record([of([True] * 20, safety=safety)], path)
    (verdict,) = judge_figures([of([False] * lost + [True] * (20 - lost), safety=safety)], read_record(path))
    assert verdict.worse is worse


def test_a_row_gained_makes_up_for_a_row_lost(tmp_path):
    path = tmp_path / "evaluation.json"
    save_record([of([True, False], safety=True)], path)
    (verdict,) = judge_figures([of([False, True], safety=True)], read_record(path))
    assert not verdict.worse
    assert (verdict.change_text, verdict.rows_changed) == ("0", "+1 -1")


def test_the_longest_interview_is_told_and_not_compared_row_by_row(tmp_path):
    path = tmp_path / "evaluation.json"
    before = Figure("d.e.f", "questions, most", {str(key): 3 for key in range(9)}, Statistic.MOST, lower_is_better=True)
    save_record([before], path)
    now = Figure("d.e.f", "questions, most", {str(key): 4 for key in range(9)}, Statistic.MOST, lower_is_better=True)
    (verdict,) = judge_figures([now], read_record(path))
    assert (verdict.change_text, verdict.rows_changed, verdict.worse) == ("+1.000", "", False)
