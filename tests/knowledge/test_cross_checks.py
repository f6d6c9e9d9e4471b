"""Records fit each other."""

import pytest

from bot.errors import KnowledgeError
from bot.knowledge import load_knowledge


def message_of(folder):
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "parts"),
    [
        (
            "causes/bunion.yml",
            "finding: s_toe_drift",
            "finding: s_toe_dirft",
            ("'bunion', field 'signs'", "s_toe_dirft"),
        ),
        ("causes/bunion.yml", "sources: [NIX10", "sources: [NIX99", ("'bunion', field 'sources'", "NIX99")),
        ("causes/bunion.yml", "cause: gout", "cause: gaut", ("'bunion', field 'confused_with'", "gaut")),
        ("sites.yml", "finding: loc_heel_bottom", "finding: loc_hell", ("'heel_bottom', field 'finding'", "loc_hell")),
        ("sites.yml", "region: heel_bottom", "region: hell", ("'heel_bottom', field 'region'", "hell")),
        (
            "treatments.yml",
            "blocked_by: [a_calf_swollen",
            "blocked_by: [a_calf",
            ("'exercise', field 'blocked_by'", "'a_calf'"),
        ),
        ("red_flags.yml", "raises: [a_suicidal]", "raises: [a_sad]", ("'suicide_selfharm', field 'raises'", "a_sad")),
        ("screen.yml", "a_cannot_walk4", "a_cannot", ("'injury_and_infection', field 'asked'", "'a_cannot'")),
        (
            "interview.yml",
            "loc_shin, loc_back_of_thigh",
            "loc_shim, loc_back_of_thigh",
            ("'places_within'", "loc_shim"),
        ),
        ("scales.yml", "child_finding: c_age_u18", "child_finding: c_child", ("child_finding", "c_child")),
        ("foot_back.yml", "sources: [HILL08", "sources: [HILL", ("foot_back.yml", "'HILL'")),
        ("interview.yml", "beside: [s_soft_lump", "beside: [s_lump", ("'lump', field 'beside'", "'s_lump'")),
        (
            "interview.yml",
            "instead_of: [feeling",
            "instead_of: [feelings",
            ("'lump', field 'instead_of'", "'feelings'"),
        ),
    ],
)
def test_reference_to_nothing_is_refused(folder, change, file, old, new, parts):
    change(folder / file, old, new)
    message = message_of(folder)
    assert file.rsplit("/", 1)[-1] in message
    assert all(part in message for part in parts)
    assert "Correct the id" in message


def test_phrase_of_two_findings_is_refused(folder, change):
    change(folder / "findings" / "character.yml", "phrases: [burning,", "phrases: [tingling, burning,")
    message = message_of(folder)
    assert "'tingling'" in message
    assert "means one thing" in message


def test_phrase_with_capitals_is_refused(folder, change):
    change(folder / "findings" / "character.yml", "phrases: [burning,", "phrases: [Burning,")
    assert "lower case" in message_of(folder)


def test_id_that_stands_twice_is_refused(folder, change):
    change(folder / "findings" / "character.yml", "id: ch_stiff", "id: ch_ache")
    message = message_of(folder)
    assert "'ch_ache', field 'id'" in message


def test_sign_that_stands_twice_is_refused(folder, change):
    change(folder / "causes" / "bunion.yml", "finding: s_toe_drift", "finding: s_bunion_bump")
    assert "'s_bunion_bump' stands twice" in message_of(folder)


def test_cause_without_signs_is_refused(folder, change):
    path = folder / "causes" / "bunion.yml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("signs:"), text.index("against:")
    path.write_text(text[:start] + "signs: []\n" + text[end:], encoding="utf-8")
    message = message_of(folder)
    assert "field 'signs'" in message
    assert "at least 1" in message


def test_red_flag_of_routine_level_is_refused(folder, change):
    change(folder / "red_flags.yml", "level: emergency", "level: routine")
    assert "is not a level of a red flag" in message_of(folder)


def test_unknown_placeholder_in_advice_is_refused(folder, change):
    change(folder / "red_flags.yml", "{crisis_line}", "{crisis_number}")
    message = message_of(folder)
    assert "'suicide_selfharm', field 'advice'" in message
    assert "crisis_number" in message


def test_red_flag_without_source_is_refused(folder, change):
    change(folder / "red_flags.yml", "sources: [L988, tv]", "sources: []")
    assert "'suicide_selfharm', field 'sources'" in message_of(folder)


@pytest.mark.parametrize("line", ["rules: come first", "    nlu: x", "  'responses': x", "stories :"])
def test_line_that_rasa_takes_for_training_data_is_refused(folder, line):
    path = folder / "screen.yml"
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    message = message_of(folder)
    assert "screen.yml line" in message
    assert "training data" in message


def test_no_file_beside_the_training_data_has_a_trap_line(knowledge):
    from rasa.shared.utils.io import is_key_in_yaml

    from tests.knowledge.conftest import DATA

    files = [*(DATA / "knowledge").rglob("*.yml"), DATA / "practice.yml"]
    assert [path.name for path in files if is_key_in_yaml(path, "nlu", "responses", "stories", "rules")] == []


def test_knowledge_is_read_again_only_when_a_file_changes(folder, change):
    first = load_knowledge(folder)
    assert load_knowledge(folder) is first
    change(folder / "causes" / "bunion.yml", "name: bunion", "name: big bunion")
    assert load_knowledge(folder).causes["bunion"].name.startswith("big bunion")


def test_fingerprint_changes_with_a_file_and_only_then(folder, change):
    before = load_knowledge(folder).fingerprint
    assert load_knowledge(folder).fingerprint == before
    change(folder / "screen.yml", "a wound or sore", "a wound")
    assert load_knowledge(folder).fingerprint != before
