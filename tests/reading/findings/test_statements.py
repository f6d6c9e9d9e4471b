import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no numbness or tingling", {"ch_numb": "absent", "ch_tingle": "absent"}),
        (
            "I don't have any swelling, burning or numbness",
            dict.fromkeys(["s_swelling", "ch_burning", "ch_numb"], "absent"),
        ),
        ("no numbness but it is burning", {"ch_numb": "absent", "ch_burning": "present"}),
        ("No, it is burning", {"ch_burning": "present"}),
        ("no swelling, it burns", {"s_swelling": "absent", "ch_burning": "present"}),
        ("I can't get rid of the tingling", {"ch_tingle": "present"}),
        ("the swelling is not going away", {"s_swelling": "present"}),
        ("no idea why it is numb", {"ch_numb": "present"}),
        ("not just numb, also swollen", {"ch_numb": "present", "s_swelling": "present"}),
        ("the heel is not really swollen", {"s_swelling": "absent"}),
        ("I can't lift my foot and numb toes", {"n_foot_drop": "present", "ch_numb": "present"}),
        ("swelling: none", {"s_swelling": "absent"}),
        ("swollen no numbness", {"s_swelling": "present", "ch_numb": "absent"}),
        ("the numbness has gone", {"ch_numb": "absent"}),
        ("maybe it is swollen", {"s_swelling": "unsure"}),
        ("not sure if it is numb", {"ch_numb": "unsure"}),
        ("it doesnt hurt to walk", {"w_walking": "absent"}),
        ("no pain when walking but pain on the stairs", {"w_walking": "absent", "w_stairs": "present"}),
        ("I can't feel it properly", {"ch_numb": "present"}),
        ("I can't do anything and can't lift my foot", {"n_foot_drop": "present"}),
        ("numb in the toes, not numb in the heel, numb all over", {"ch_numb": "present"}),
    ],
)
def test_negation_reaches_its_clause_only(statuses, text, expected):
    read = statuses(text)
    assert {identifier: read.get(identifier) for identifier in expected} == expected


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("I have a blood clot", "now"),
        ("years ago I had a blood clot", "past"),
        ("what if it's a blood clot", "hypothetical"),
        ("could it be a blood clot?", "hypothetical"),
        ("the tingling started years ago", "now"),
        ("I used to be limping, but now it is numb", "past"),
        ("I broke my leg years ago", "now"),
    ],
)
def test_tense_tells_now_from_past_and_fear(reader, text, tense):
    assert reader.read(text).findings[0].tense == tense


def test_past_ends_at_the_next_clause(statuses):
    assert statuses("I used to be limping, but now it is numb") == {"ch_numb": "present"}


@pytest.mark.parametrize("text", ["dead on my feet", "this job is killing me", "he is head over heels"])
def test_figures_of_speech_are_no_findings(reader, text):
    assert reader.read(text).findings == ()


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("my left heel hurts", "left"),
        ("the heel of my right foot hurts", "right"),
        ("pain in both heels", "both"),
        ("pain in my left and right heel", "both"),
        ("my heel hurts right now", None),
        ("left heel hurts but the right arch is fine", "left"),
        ("the right side of my left heel hurts", "left"),
        ("pain in the heel, on the left", "left"),
    ],
)
def test_side_is_the_nearest_one(reader, text, side):
    assert next(finding.side for finding in reader.read(text).findings if finding.id == "loc_heel") == side
