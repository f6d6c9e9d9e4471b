"""Recorded interviews: what the transcript gives the patient, and what a replay is judged by. All texts are our own."""

import json

import pytest

from bot.case import Status, Urgency
from bot.errors import InputError
from bot.evaluation.osce.measure import replay
from bot.evaluation.osce.patient import patient_of_transcript, read_transcript
from bot.evaluation.osce.rows import Recorded, Turn, read_recorded
from bot.evaluation.rows import Message

ROW = {
    "id": "own:1",
    "opening": "My calf hurts since I came back from a trip.",
    "turns": [{"question": "How can I help?", "answer": "My calf hurts since I came back from a trip."}],
    "in_scope": True,
    "accept": ["calf_strain"],
    "red_flags": ["dvt"],
    "red_flags_allowed": ["fracture_ottawa"],
    "urgency": "same_day",
    "urgency_min": "soon",
    "present": [{"text": "swollen calf", "id": "a_calf_swollen"}, {"text": "tired", "id": None}],
    "absent": [{"text": "no fever", "id": "a_fever"}],
}


def rows_of(folder, judge, **changed):
    (folder / "osce.jsonl").write_text(json.dumps(ROW | changed) + "\n")
    return list(read_recorded(judge.knowledge, folder))


def recorded(*turns, **more):
    opening = turns[0][1] if turns else "My foot hurts."
    fields = {"required": frozenset(), "allowed": frozenset(), "present": frozenset(), "absent": frozenset()} | more
    return Recorded(Message("k", "k", opening, opening), tuple(Turn(*turn) for turn in turns), **fields)


def test_a_row_is_read_with_what_is_right_at_its_end(tmp_path, judge):
    (row,) = rows_of(tmp_path, judge)
    assert (row.message.urgency, row.message.least_urgency) == (Urgency.SAME_DAY, Urgency.SOON)
    assert (row.message.causes, row.message.in_scope, row.message.neighbour) == ({"calf_strain"}, True, False)
    assert (row.required, row.allowed) == ({"dvt"}, {"fracture_ottawa"})
    assert (row.present, row.absent) == ({"a_calf_swollen"}, {"a_fever"})


def test_a_knee_is_a_neighbour_and_expects_no_cause(tmp_path, judge):
    (row,) = rows_of(tmp_path, judge, in_scope="adjacent", accept=["knee_hip_problem"])
    assert (row.message.in_scope, row.message.neighbour, row.message.causes) == (None, True, frozenset())


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"in_scope": "maybe"}, "in_scope is 'maybe'"),
        ({"red_flags": ["no_such_flag"]}, "no red flag of data/knowledge has the id no_such_flag"),
        ({"present": [{"text": "x", "id": "no_such_finding"}]}, "no finding of data/knowledge"),
        ({"urgency_min": "later"}, "urgency_min is 'later'"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path, judge, changed, complaint):
    with pytest.raises(InputError, match=r"osce\.jsonl, line 1: ") as caught:
        rows_of(tmp_path, judge, **changed)
    assert complaint in str(caught.value)


ANSWERS = [
    (("Have you had any fever?", "No."), "a_fever", Status.ABSENT),
    (("Have you had any fever?", "Yes."), "a_fever", Status.PRESENT),
    (("Any numbness or tingling?", "No."), "ch_tingle", Status.ABSENT),
    (("Any numbness or tingling?", "Yes."), "ch_tingle", None),
    (("You are able to walk normally?", "Yes."), "s_limp", Status.ABSENT),
    (("Is there a family history of gout?", "Yes."), "c_gout_history", None),
    (("It could be a stroke.", "OK."), "c_vascular_disease", None),
]


@pytest.mark.parametrize(("turn", "finding", "status"), ANSWERS)
def test_a_bare_answer_speaks_of_what_the_doctor_asked(judge, turn, finding, status):
    assert read_transcript([Turn(*turn)], judge).status_of(finding) is status


def test_a_bare_no_never_overturns_what_was_told_in_words(judge):
    turns = [Turn("What is wrong?", "My toes are numb."), Turn("Any numbness in the hands?", "No.")]
    assert read_transcript(turns, judge).status_of("ch_numb") is Status.PRESENT


def test_what_the_row_says_outranks_what_was_read(judge):
    turns = ("How can I help?", "My toes are numb and I feel feverish.")
    patient = patient_of_transcript(recorded(turns, absent=frozenset({"ch_numb"})), judge)
    assert "ch_numb" in patient.absent - patient.present
    assert "a_fever" in patient.present


def test_a_replay_is_judged_by_the_red_flags_of_its_row(judge):
    flags = {"present": frozenset({"a_calf_swollen"}), "required": frozenset({"dvt"})}
    told = ("How can I help?", "My left calf has been hurting since yesterday.")
    ended = replay(recorded(told, **flags), judge)
    assert ended.questions
    assert ended.raised_required
    assert "dvt" not in ended.false_flags
    assert "dvt" in replay(recorded(told, **flags | {"required": frozenset()}), judge).false_flags
