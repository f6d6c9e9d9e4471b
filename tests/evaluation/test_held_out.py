import datetime as dt
import json

import pytest

from bot.case import Status, Urgency
from bot.errors import InputError
from bot.evaluation.held_out import read_dates, read_findings, read_intents, read_messages, read_red_flags
from bot.evaluation.rows import HELD_OUT, row_key


@pytest.fixture
def knowledge(judge):
    return judge.knowledge


def write(folder, name, *rows):
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (folder / name).write_text("\n".join(lines) + "\n")


MESSAGE = {"id": "m1", "text": "My heel hurts when I get up. It is worse in shoes.", "accept": ["plantar_fasciitis"]}


def test_a_message_is_read_with_its_labels(tmp_path, knowledge):
    write(tmp_path, "messages.jsonl", {**MESSAGE, "red_flag": ["dvt"], "urgency": "same_day", "in_scope": True})
    (message,) = read_messages(tmp_path, knowledge)
    assert message.causes == {"plantar_fasciitis"}
    assert message.flags == (frozenset({"dvt"}),)
    assert message.urgency is Urgency.SAME_DAY
    assert message.opening == "My heel hurts when I get up."


@pytest.mark.parametrize("accept", [["ANY"], []])
def test_a_message_without_a_cause_to_name_is_marked_so(tmp_path, knowledge, accept):
    write(tmp_path, "messages.jsonl", {**MESSAGE, "accept": accept})
    (message,) = read_messages(tmp_path, knowledge)
    assert message.none_fits
    assert not message.causes


BAD_MESSAGES = [
    ("not json", "not JSON"),
    ("[]", "not an object"),
    ({**MESSAGE, "accept": ["no_such_cause"]}, "no cause of data/knowledge has the id no_such_cause"),
    ({**MESSAGE, "red_flag": ["no_such_flag"]}, "no red flag of data/knowledge has the id no_such_flag"),
    ({**MESSAGE, "urgency": "soonish"}, "urgency is 'soonish'"),
    ({**MESSAGE, "accept": "plantar_fasciitis"}, "accept is not a list"),
    ({**MESSAGE, "text": " "}, "text is missing or empty"),
    ({**MESSAGE, "text": 5}, "not an object with a text"),
]


@pytest.mark.parametrize(("row", "complaint"), BAD_MESSAGES)
def test_a_bad_row_is_refused_with_file_and_line(tmp_path, knowledge, row, complaint):
    write(tmp_path, "messages.jsonl", {**MESSAGE, "id": "first"}, "", row)
    with pytest.raises(InputError, match=r"messages\.jsonl, line 3: ") as caught:
        list(read_messages(tmp_path, knowledge))
    assert complaint in str(caught.value)


def test_two_rows_with_one_id_are_refused(tmp_path, knowledge):
    write(tmp_path, "messages.jsonl", MESSAGE, MESSAGE)
    with pytest.raises(InputError, match="line 2: a second row has the id m1"):
        list(read_messages(tmp_path, knowledge))


def test_a_file_that_is_not_there_has_no_rows(tmp_path, knowledge):
    assert list(read_red_flags(tmp_path, knowledge)) == []
    assert list(read_intents(tmp_path)) == []


def test_findings_are_read_with_status_and_with_what_nobody_said(tmp_path, knowledge):
    row = {"id": 1, "text": "x", "present": ["loc_heel"], "absent": ["ch_numb"], "unsure": [], "not": ["loc_arch"]}
    write(tmp_path, "findings.jsonl", row)
    (read,) = read_findings(tmp_path, knowledge)
    assert dict(read.expected) == {"loc_heel": Status.PRESENT, "ch_numb": Status.ABSENT}
    assert read.not_present == ("loc_arch",)


def test_a_moment_without_a_zone_is_in_the_zone_of_the_practice(tmp_path):
    zone = dt.timezone(dt.timedelta(hours=-5))
    write(tmp_path, "dates.jsonl", {"id": "d", "text": "tomorrow", "now": "2026-11-22T09:00", "date": "2026-11-23"})
    (row,) = read_dates(tmp_path, zone)
    assert row.now == dt.datetime(2026, 11, 22, 9, tzinfo=zone)
    assert (row.date, row.time) == ("2026-11-23", None)


def test_the_key_of_a_row_changes_with_any_field():
    assert row_key({"id": 1, "text": "a"}) == row_key({"text": "a", "id": 1})
    assert row_key({"id": 1, "text": "a"}) != row_key({"id": 1, "text": "b"})
    assert row_key({"id": 1}, "part") != row_key({"id": 1})


def test_the_projects_own_sets_can_be_used(knowledge):
    assert list(read_messages(HELD_OUT, knowledge))
    assert list(read_red_flags(HELD_OUT, knowledge))
    assert list(read_findings(HELD_OUT, knowledge))
    assert list(read_intents(HELD_OUT))
    assert list(read_dates(HELD_OUT, dt.UTC))
