"""Sealed sets: measured once untouched, never shown. The rows are our own, in a project folder made for the test."""

import json
import subprocess

import pytest

from bot.case import Scope
from bot.errors import InputError
from bot.evaluation.progress import silent
from bot.evaluation.run import PARTS
from bot.evaluation.sealed.rows import read_sealed, sealed_names
from bot.evaluation.sealed.scoring import score_sealed
from bot.evaluation.sealed.seal import FIGURES, measure_sealed, read_seal, seal_set

STATEMENTS = [
    {"id": 1, "text": "My toes are numb.", "finding": "ch_numb", "said": "there"},
    {"id": 2, "text": "My toes are not numb.", "finding": "ch_numb", "said": "denied"},
    {"id": 3, "text": "Do you take cards?", "finding": None, "said": "nothing", "not": []},
    {"id": 4, "text": "My toes are numb.", "finding": None, "said": "nothing", "not": ["a_fever"]},
    {"id": 5, "text": "My toes are numb.", "finding": None, "said": "nothing", "not": ["ch_numb"]},
]
ALARMS = [
    {"id": 1, "text": "I can't pee and my groin is numb, my back hurts.", "flag": "cauda_equina", "kind": "alarm"},
    {"id": 2, "text": "My heel hurts with the first steps.", "flag": "cauda_equina", "kind": "near"},
    {"id": 3, "text": "My heel hurts with the first steps.", "flag": None, "kind": "calm"},
]
SCOPES = [
    {"id": 1, "text": "My heel hurts with the first steps.", "scope": "ours"},
    {"id": 2, "text": "My knee hurts.", "scope": "knee_hip"},
    {"id": 3, "text": "I have a toothache.", "scope": "other"},
    {"id": 4, "text": "Good morning.", "scope": "none"},
]
PAIRS = [{"id": 1, "kind": "all capitals", "text": "My heel hurts.", "variant": "MY HEEL HURTS."}]


def write(root, name="2026-11-a", **files):
    folder = root / "tests" / "sealed" / name
    folder.mkdir(parents=True, exist_ok=True)
    for stem, rows in files.items():
        (folder / f"{stem}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder.parent


def git(root, *words):
    subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words], cwd=root, check=True)


@pytest.fixture
def project(tmp_path):
    """A checkout with one sealed set and one file that decides the figures."""
    write(tmp_path, statements=STATEMENTS, red_flags=ALARMS, scope=SCOPES, pairs=PAIRS)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rule.yml").write_text("a: 1\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


def test_every_file_gives_its_figures(project, judge):
    rows = read_sealed("2026-11-a", judge.knowledge, project / "tests" / "sealed")
    got = {figure.id.removeprefix("sealed.2026-11-a."): figure for figure in score_sealed(rows, judge)}
    assert (got["there"].value, got["denied"].value) == (1, 1)
    assert sorted(got["nothing"].rows.values()) == [0, 0, 1]
    assert (got["flag_raised"].value, got["flag_noticed"].value) == (1, 1)
    assert (got["near_alarmed"].value, got["calm_alarmed"].value) == (0, 0)
    assert (got["in_scope"].value, got["foreign_cause"].value, got["cause_for_none"].value) == (1, 0, 0)
    assert len(got["neighbour"].rows) == 1
    assert got["pairs.urgency_falls"].value == 0


def test_a_set_is_measured_untouched_once_and_never_written_again(project, judge):
    seal_set("2026-11-a", judge, silent, project)
    path = project / FIGURES / "2026-11-a.json"
    written = path.read_text()
    seal = read_seal("2026-11-a", project)
    assert len(seal.commit) == 40
    assert seal.figures["sealed.2026-11-a.there"] == (1.0, 1)
    with pytest.raises(InputError, match="was measured untouched before"):
        seal_set("2026-11-a", judge, silent, project)
    assert path.read_text() == written


def test_a_set_is_not_measured_with_changes_that_no_commit_holds(project, judge):
    (project / "data" / "rule.yml").write_text("a: 2\n")
    with pytest.raises(InputError, match=r"Commit first.*data/rule\.yml"):
        seal_set("2026-11-a", judge, silent, project)
    assert read_seal("2026-11-a", project) is None


def test_a_set_outside_of_git_is_not_measured(tmp_path, judge):
    write(tmp_path, statements=STATEMENTS)
    with pytest.raises(InputError, match="from a git checkout"):
        seal_set("2026-11-a", judge, silent, tmp_path)


def test_a_set_that_was_not_measured_untouched_is_only_named(project, judge):
    section = measure_sealed(judge, silent, project)
    assert section.figures == ()
    assert "--seal 2026-11-a" in section.tables[0].lines[0][2]


def test_later_runs_show_the_untouched_figure_beside_todays_and_no_row(project, judge):
    seal_set("2026-11-a", judge, silent, project)
    section = measure_sealed(judge, silent, project)
    lines = {line[0].strip(): line[1:] for line in section.tables[0].lines}
    assert lines["finding there, read so"] == ("1", "100.0 %", "100.0 %")
    assert section.misses == ()
    shown = json.dumps([line for table in section.tables for line in table.lines])
    assert not [row for row in (*STATEMENTS, *ALARMS, *SCOPES) if row["text"] in shown]


def test_changed_rows_are_told(project, judge):
    seal_set("2026-11-a", judge, silent, project)
    write(project, statements=STATEMENTS[:2])
    assert "rows CHANGED since" in measure_sealed(judge, silent, project).tables[0].lines[0][0]


@pytest.mark.parametrize("name", ["2026-12-z", "../held_out", ""])
def test_an_unknown_set_is_refused_with_the_names_of_all(project, judge, name):
    with pytest.raises(InputError, match="there are: 2026-11-a"):
        read_sealed(name, judge.knowledge, project / "tests" / "sealed")


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({"statements": [{"id": 1, "text": "x", "said": "there"}]}, "finding is missing"),
        ({"statements": [{"id": 1, "text": "x", "said": "perhaps"}]}, "said is 'perhaps'"),
        ({"red_flags": [{"id": 1, "text": "x", "kind": "alarm"}]}, "an alarm names its red flag"),
        ({"scope": [{"id": 1, "text": "x", "scope": "knee"}]}, "scope is 'knee'"),
        ({}, "has no rows"),
    ],
)
def test_a_bad_set_is_refused_with_file_and_line(tmp_path, judge, files, complaint):
    folder = write(tmp_path, **files)
    with pytest.raises(InputError, match=complaint):
        read_sealed("2026-11-a", judge.knowledge, folder)


def test_the_parts_know_sealed_sets_and_scopes_are_those_of_the_case():
    assert "sealed" in PARTS
    assert {row["scope"] for row in SCOPES} == set(Scope)
    assert sealed_names() == sorted(sealed_names())
