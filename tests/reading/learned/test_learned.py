"""What was learnt is read from one file, which has to be the right one; any text can be read with it."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from bot.errors import EncoderError
from bot.reading import SymptomReader
from bot.reading.learned.reader import LearnedReader, learned_reader
from bot.reading.learned.thresholds import THRESHOLDS
from bot.reading.learned.weighing import Weigher
from bot.settings import settings

FOLDER = settings().data / "reading"


@pytest.fixture(scope="module")
def reader():
    return learned_reader(FOLDER)


@pytest.fixture
def folder(tmp_path):
    for name in ("encoder.npz", "encoder.json", THRESHOLDS):
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


def test_weights_that_are_missing_are_named_with_what_to_do(folder):
    (folder / "encoder.npz").unlink()
    with pytest.raises(EncoderError, match=r"encoder\.npz is missing or altered: .* run `make encoder`"):
        LearnedReader(folder)


def test_a_record_that_is_missing_is_named_with_what_to_do(folder):
    (folder / "encoder.json").unlink()
    with pytest.raises(EncoderError, match=r"encoder\.json is missing or no JSON: .* run `make encoder`"):
        LearnedReader(folder)


def test_weights_that_were_altered_are_refused(folder):
    with (folder / "encoder.npz").open("ab") as file:
        file.write(b"x")
    with pytest.raises(EncoderError, match="missing or altered"):
        LearnedReader(folder)


def test_weights_tuned_from_others_than_the_published_ones_are_refused(folder):
    record = json.loads((folder / "encoder.json").read_text())
    (folder / "encoder.json").write_text(json.dumps({**record, "published": "0" * 64}))
    with pytest.raises(EncoderError, match="tuned from other published weights"):
        LearnedReader(folder)


def test_weights_for_a_finding_that_the_knowledge_no_longer_has_are_refused(reader):
    known = set(reader.findings) - {"ch_burning"}
    with pytest.raises(EncoderError, match=r"ch_burning.*run `make encoder`"):
        reader.check(known, reader.flags)


def test_thresholds_that_are_missing_are_named_with_what_to_do(folder, knowledge):
    (folder / THRESHOLDS).write_text("{}")
    with pytest.raises(EncoderError, match=r"thresholds\.json is missing or not as it has to be"):
        Weigher.open(folder, knowledge)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "!!!",
        "\ud800 half a pair",
        "\U0001f600" * 200,
        "1 " * 500,
        "a" * 1000,
        "me duele el pie",
        "no " * 333,
    ],
)
def test_any_text_can_be_read(reader, text):
    read = reader.read(text)
    assert read.findings.shape == (len(read.units), len(reader.findings), 3)
    assert np.isfinite(read.findings).all()
    assert np.isfinite(read.meaning).all()


def test_a_text_is_read_once_for_all_who_ask(reader):
    assert reader.read("my heel hurts on the stairs") is reader.read("my heel hurts on the stairs")


def test_texts_that_mean_the_same_point_alike(reader):
    one, same, other = reader.meanings(["can I book a visit", "I would like an appointment", "where can I park"])
    assert one @ same > one @ other + 0.1


@pytest.fixture(scope="module")
def knowledge():
    from bot.knowledge import load_knowledge

    return load_knowledge(Path(settings().data) / "knowledge")


@pytest.mark.parametrize(
    "text",
    ["no none of that", "nah, none of those", "not really, no", "yes, all", "I don't know", "none of these"],
)
def test_a_bare_answer_tells_nothing_of_its_own(knowledge, text):
    read = SymptomReader.learned(knowledge, FOLDER).read(text)
    assert (read.findings, read.suspected, read.scope) == ((), (), None)
