import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bottom of my left heel is bad", {"loc_heel_bottom": "present"}),
        ("pain in my heel", {"loc_heel": "present"}),
        ("my heel really hurts", {"loc_heel": "present"}),
        ("my heel is killing me", {"loc_heel": "present"}),
        ("I have pain. It is in my heel.", {"loc_heel": "present"}),
        ("left heel", {"loc_heel": "present"}),
        ("I would like to ask about opening hours and heel products", {}),
        ("pain in my heel but not my arch", {"loc_heel": "present", "loc_arch": "absent"}),
        ("my arch doesnt hurt", {"loc_arch": "absent"}),
        ("I have no arch", {"s_flat_arch": "present"}),
    ],
)
def test_reader_joins_place_and_pain(statuses, text, expected):
    assert statuses(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I cant really lift my right foot", {"n_foot_drop": "present"}),
        ("CAN\u2019T LIFT MY FOOT", {"n_foot_drop": "present"}),
        ("walking hurts", {"w_walking": "present"}),
        ("there are pins & needles", {"ch_tingle": "present"}),
        ("it gets red, hot", {"a_hot_red": "present"}),
        ("numness and tingeling", {"ch_numb": "present", "ch_tingle": "present"}),
        ("it feels sore", {"ch_ache": "present"}),
        ("there are sores", {"s_wound": "present"}),
    ],
)
def test_reader_finds_inflected_gapped_and_misspelt_phrases(statuses, text, expected):
    assert statuses(text) == expected
