import pytest

from bot.evaluation.noise import compare_rows, sign_test


@pytest.mark.parametrize(("better", "worse", "chance"), [(0, 0, 1.0), (1, 1, 1.0), (0, 5, 0.0625), (6, 0, 0.03125)])
def test_the_chance_of_a_split_is_exact(better, worse, chance):
    assert sign_test(better, worse) == pytest.approx(chance)


def test_thousands_of_changed_rows_have_a_chance_too():
    assert sign_test(3000, 3000) == pytest.approx(1.0)
    assert sign_test(3200, 2800) < 0.001


def test_rows_are_compared_in_pairs_and_new_ones_with_nothing():
    change = compare_rows({"a": 1, "b": 0, "gone": 1}, {"a": 0, "b": 1, "new": 0}, lower_is_better=False)
    assert (change.common, change.better, change.worse) == (2, 1, 1)


def test_less_of_the_unwanted_is_better():
    change = compare_rows({"a": 1, "b": 1}, {"a": 0, "b": 1}, lower_is_better=True)
    assert (change.better, change.worse) == (1, 0)


def test_five_rows_lost_are_noise_and_six_are_not():
    before = {str(number): 1.0 for number in range(20)}
    for lost, beyond in ((5, False), (6, True)):
        now = {key: float(int(key) >= lost) for key in before}
        assert compare_rows(before, now, lower_is_better=False).beyond_noise is beyond
