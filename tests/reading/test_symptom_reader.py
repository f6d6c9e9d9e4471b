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
        ("my heel doesn't hurt, only my arch", {"loc_heel": "absent"}),
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("my legs are weak", True),
        ("weak legs", True),
        ("my left leg is weak", False),
        ("he pushed me", True),
        ("pushing off hurts", False),
        ("it tingles now and then", True),
        ("it is bad now", False),
        ("a pain every morning", False),
    ],
)
def test_reader_keeps_the_words_that_carry_the_sense(statuses, text, found):
    assert bool(statuses(text).keys() & {"a_weak_legs", "a_abuse", "t_attacks", "t_morning"}) is found


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("my hand and the ball of my foot", ("hand", "ball")),
        ("the back of my heel", ("heel",)),
        ("I am 6 feet tall", ()),
        ("opening hours", ()),
    ],
)
def test_sites_are_the_widest_places_named(reader, text, sites):
    assert reader.sites(text) == sites


@pytest.mark.parametrize("text", ["I feel well", "what the hell", "heal soon", "a bottle of juice", "it is numbered"])
def test_common_words_are_never_respelt_as_symptoms(reader, text):
    assert reader.read(text).findings == ()
    assert reader.sites(text) == ()


@pytest.mark.parametrize("text", ["my heeel hurts", "swolen", "nubm heel", "burnign", "tingeling", "diabetis"])
def test_misspelt_words_are_read(reader, text):
    assert reader.read(text).findings != ()


def test_offsets_hold_in_texts_beyond_ascii(reader):
    text = "\U0001f9b6 \u00c4h \u2026 n\u00famb\u200b heel"
    assert [text[finding.start : finding.end] for finding in reader.read(text).findings] == ["n\u00famb\u200b", "heel"]
