import pytest


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("yes", "present"),
        ("Yeah it does", "present"),
        ("nope", "absent"),
        ("not really", "absent"),
        ("No. I don't think so.", "absent"),
        ("well, no", "absent"),
        ("not sure", "unsure"),
        ("no idea", "unsure"),
        ("a bit", "present"),
        ("only in the morning", "present"),
        ("the second one", "absent"),
        ("1", "present"),
        ("No I don't have any trouble in the mornings like that", "absent"),
        ("no bus goes there", None),
        ("what do you mean", None),
        ("How much is a visit and where are you?", None),
    ],
)
def test_answer_binds_to_the_question(statuses, yes_no, text, status):
    assert statuses(text, yes_no).get("t_morning") == status


def test_answer_names_the_side(reader, yes_no):
    (finding,) = reader.read("yes but only on the left", yes_no).findings
    assert (finding.status, finding.side) == ("present", "left")


def test_answer_leaves_other_findings_alone(statuses, yes_no):
    assert statuses("No, but my heel is numb", yes_no)["ch_numb"] == "present"
    assert statuses("No, but my heel is numb", yes_no)["t_morning"] == "absent"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("none of those", ("absent", "absent", "absent")),
        ("the first and the third", ("present", "absent", "present")),
        ("1 and 2", ("present", "present", "absent")),
        ("the last one", ("unsure", "unsure", "unsure")),
        ("the first two", ("present", "present", "absent")),
        ("option three", ("absent", "absent", "present")),
        ("1,3", ("present", "absent", "present")),
        ("all but the last", ("present", "present", "absent")),
        ("everything except the second", ("present", "absent", "present")),
        ("everything except the numbness", ("present", "absent", "present")),
        ("burning", ("present", "absent", "absent")),
        ("not sure", ("unsure", "unsure", "unsure")),
        ("yes", (None, None, None)),
    ],
)
def test_answer_ticks_choices_by_number_or_words(statuses, tick_many, text, expected):
    read = statuses(text, tick_many)
    assert tuple(read.get(identifier) for identifier in tick_many.findings) == expected


def test_without_a_question_yes_says_nothing(reader):
    assert reader.read("yes").findings == ()
