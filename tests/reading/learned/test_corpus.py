"""The corpus: how its files are written, and what is said about a line that is not."""

import pytest

from bot.errors import CorpusError
from bot.reading.learned.corpus import Said, Style, marked_text, read_corpus


@pytest.fixture
def folder(tmp_path):
    for name in ("statements", "messages", "answers"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_a_statement_names_its_finding_its_way_and_its_writer(folder):
    (folder / "statements" / "w01.txt").write_text("# ch_burning\n+ my soles are on fire\n\no my aunt's feet burn\n")
    first, second = read_corpus(folder).statements
    assert (first.writer, first.finding, first.said, first.text) == (
        "w01",
        "ch_burning",
        Said.THERE,
        "my soles are on fire",
    )
    assert second.said is Said.OTHERS


def test_a_message_holds_its_marks_without_the_brackets(folder):
    line = "i: [calf like a brick](+loc_calf +ch_stiff), [no fever](-a_fever). [mum had clots](o:a_clot_history)"
    (folder / "messages" / "m01.txt").write_text(f"# near dvt\n{line}\n# dvt\ns: [calf fat](+a_calf_swollen)\n")
    near, alarm = read_corpus(folder).messages
    assert near.text == "calf like a brick, no fever. mum had clots"
    assert [(near.text[mark.start : mark.end], mark.finding, mark.said.value) for mark in near.marks] == [
        ("calf like a brick", "loc_calf", "+"),
        ("calf like a brick", "ch_stiff", "+"),
        ("no fever", "a_fever", "-"),
        ("mum had clots", "a_clot_history", "o"),
    ]
    assert (near.heading, near.near, near.style) == ("calm", "dvt", Style.INDIRECT)
    assert (alarm.heading, alarm.near) == ("dvt", "")


def test_an_answer_belongs_to_its_question(folder):
    (folder / "answers" / "a01.txt").write_text(
        "# ask loc_arch\n- never there\n# list where\n[mostly the bottoms](+loc_whole_sole)\n"
    )
    corpus = read_corpus(folder)
    assert (corpus.answers[0].finding, corpus.answers[0].said) == ("loc_arch", Said.DENIED)
    assert corpus.list_answers[0].heading == "where"


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("statements", "+ no heading\n", "line 1: no heading above"),
        ("statements", "# ch_burning\n* what\n", "line 2: begins with '*'"),
        ("messages", "# dvt\ncalf fat\n", "line 2: begins with no style"),
        ("messages", "# dvt\ns: [calf fat](a_calf_swollen)\n", "'a_calf_swollen' is no mark"),
        ("messages", "# dvt\ns: [calf fat(+a_calf_swollen)\n", "a bracket is not closed"),
        ("answers", "# loc_arch\n+ yes\n", "no heading above"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(folder, kind, text, reason):
    (folder / kind / "w.txt").write_text(text)
    with pytest.raises(CorpusError, match=f"data/reading/{kind}/w.txt, "):
        read_corpus(folder)
    with pytest.raises(CorpusError) as error:
        read_corpus(folder)
    assert reason in str(error.value)


def test_marks_of_a_line_count_characters_of_the_bare_text():
    text, marks = marked_text("a [b](+x_y) c [d](-x_z)")
    assert text == "a b c d"
    assert [(mark.start, mark.end) for mark in marks] == [(2, 3), (6, 7)]
