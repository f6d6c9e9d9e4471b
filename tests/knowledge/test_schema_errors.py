"""Broken knowledge is refused, and the error says where and what to do."""

import pytest

from bot.errors import KnowledgeError
from bot.knowledge import load_knowledge


def message_of(folder):
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(folder)
    return str(caught.value)


def test_unknown_field_is_refused_by_name(folder, change):
    change(folder / "causes" / "bunion.yml", "summary:", "sumary: x\nsummary:")
    message = message_of(folder)
    assert "bunion.yml" in message
    assert "'bunion'" in message
    assert "'sumary'" in message
    assert "Correct the spelling" in message


def test_missing_field_is_named(folder, change):
    change(folder / "causes" / "bunion.yml", "course:", "curse:")
    message = message_of(folder)
    assert "field 'course'" in message
    assert "Add it" in message


def test_broken_yaml_names_the_line(folder):
    path = folder / "screen.yml"
    path.write_text("screen:\n  - id: [broken\n", encoding="utf-8")
    message = message_of(folder)
    assert "screen.yml line 3" in message


def test_key_that_stands_twice_is_refused(folder, change):
    change(folder / "causes" / "bunion.yml", "id: bunion\n", "id: bunion\nid: bunion\n")
    message = message_of(folder)
    assert "stands twice" in message
    assert "line" in message


def test_file_that_is_not_utf8_is_refused(folder):
    (folder / "screen.yml").write_bytes(b"screen: \xff\xfe")
    assert "UTF-8" in message_of(folder)


def test_missing_file_is_named(folder):
    (folder / "cues.yml").unlink()
    assert "cues.yml: there is no such file" in message_of(folder)


def test_empty_folder_of_causes_is_refused(folder):
    for path in (folder / "causes").iterdir():
        path.unlink()
    assert "holds no .yml file" in message_of(folder)


def test_text_that_is_a_yaml_boolean_is_refused(folder, change):
    change(folder / "cues.yml", "  - 'no'\n", "  - no\n")
    message = message_of(folder)
    assert "False is not text" in message
    assert "quotes" in message


def test_file_of_a_cause_is_named_after_it(folder):
    (folder / "causes" / "bunion.yml").rename(folder / "causes" / "bunions.yml")
    assert "Name the file bunion.yml" in message_of(folder)


def test_unknown_frequency_lists_the_allowed_ones(folder, change):
    change(folder / "causes" / "bunion.yml", "frequency: often", "frequency: mostly")
    message = message_of(folder)
    assert "'mostly' is not allowed" in message
    assert "almost_always, often, sometimes, rarely, never" in message


def test_background_above_one_is_refused(folder, change):
    change(folder / "findings" / "location.yml", "background: 0.15", "background: 1.5")
    message = message_of(folder)
    assert "'loc_heel'" in message
    assert "from 0.0 to 1.0" in message


def test_region_shares_add_up_to_one(folder, change):
    change(folder / "scales.yml", "nail: {ingrown_toenail: 0.45", "nail: {ingrown_toenail: 0.9")
    message = message_of(folder)
    assert "region_priors.nail" in message
    assert "add up to 1" in message


def test_shares_of_all_causes_add_up_to_one(folder, change):
    change(folder / "scales.yml", "  charcot_foot: 0.001", "  charcot_foot: 0.1")
    message = message_of(folder)
    assert "field 'priors'" in message
    assert "add up to 1" in message


@pytest.mark.parametrize(
    ("criteria", "hint"),
    [
        ("{any: []}", "needs a list of parts"),
        ("{some: [ch_numb]}", "cannot have ['some']"),
        ("{at_least: 3, of: [ch_numb, ch_tingle]}", "from 1 to 2"),
        ("12", "is not a condition"),
    ],
)
def test_malformed_criteria_are_refused(folder, change, criteria, hint):
    change(folder / "red_flags.yml", "criteria: {any: [a_suicidal, a_selfharm_act]}", f"criteria: {criteria}")
    message = message_of(folder)
    assert "'suicide_selfharm', field 'criteria'" in message
    assert hint in message


def test_date_of_review_has_to_be_a_date(folder, change):
    change(folder / "causes" / "bunion.yml", "reviewed_on: null", "reviewed_on: yesterday")
    assert "'yesterday' is not a date" in message_of(folder)


def test_date_of_review_is_read(folder, change):
    change(folder / "causes" / "bunion.yml", "reviewed_on: null", "reviewed_on: 2026-11-30")
    assert load_knowledge(folder).causes["bunion"].reviewed_on.isoformat() == "2026-11-30"
