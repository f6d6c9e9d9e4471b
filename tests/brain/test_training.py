import dataclasses
import shutil

import pytest

from bot.brain import message_reading, training
from bot.errors import ModelError
from bot.settings import settings


@pytest.fixture
def project(tmp_path, monkeypatch, tiny_model):
    """A project folder whose model was trained from its files, as training leaves it."""
    shutil.copytree(tiny_model.parent.parent, tmp_path, dirs_exist_ok=True)
    (tmp_path / "data" / "knowledge").mkdir()
    (tmp_path / "data" / "knowledge" / "cues.yml").write_text("negation: [no]\n")
    here = dataclasses.replace(settings(), data=tmp_path / "data", models=tmp_path / "models")
    monkeypatch.setattr(training, "settings", lambda: here)
    monkeypatch.setattr(training, "ROOT", tmp_path)
    monkeypatch.setattr(
        training, "run_training", lambda project, data, model, tell: shutil.copy(tiny_model, model)
    )  # The model is trained once for all tests; here it is the record beside it that is tested.
    training.train(lambda line: None)
    return tmp_path


def test_a_freshly_trained_model_is_current(project):
    assert training.model_is_current()
    assert training.current_model() == project / "models" / "instep.tar.gz"


@pytest.mark.parametrize("changed", ["config.yml", "domain.yml", "data/nlu/intents.yml", "data/rules/rules.yml"])
def test_a_model_trained_from_other_files_is_refused(project, changed):
    with (project / changed).open("a") as file:
        file.write("# changed\n")

    assert not training.model_is_current()
    with pytest.raises(ModelError, match="make train"):
        training.current_model()


def test_a_file_that_is_added_or_removed_makes_the_model_stale(project):
    (project / "data" / "nlu" / "more.yml").write_text("a: b\n")
    assert not training.model_is_current()
    (project / "data" / "nlu" / "more.yml").unlink()
    assert training.model_is_current()
    (project / "data" / "rules" / "rules.yml").unlink()
    assert not training.model_is_current()


def test_changed_knowledge_needs_no_new_model(project):
    with (project / "data" / "knowledge" / "cues.yml").open("a") as file:
        file.write("# changed\n")

    assert training.model_is_current()


@pytest.mark.parametrize("name", ["LEARNING_PACKAGES", "LEARNING_CODE"])
def test_a_model_of_other_code_or_packages_is_refused(project, monkeypatch, name):
    monkeypatch.setattr(training, name, getattr(training, name)[:-1])

    assert not training.model_is_current()


def test_knowledge_is_read_when_a_process_starts(tmp_path, monkeypatch):
    knowledge = tmp_path / "knowledge"
    shutil.copytree(training.ROOT / "data" / "knowledge", knowledge)
    shutil.copy(training.ROOT / "data" / "intents.yml", tmp_path)
    shutil.copytree(training.ROOT / "data" / "reading", tmp_path / "reading")
    alarm = knowledge / "findings" / "alarm.yml"
    alarm.write_text(alarm.read_text().replace("saddle numbness,", "saddle numbness, zorplet gone,", 1))
    here = dataclasses.replace(settings(), data=tmp_path)
    monkeypatch.setattr(message_reading, "settings", lambda: here)
    # A new process has read nothing yet.
    monkeypatch.setattr(message_reading, "known", message_reading.known.__wrapped__)

    reader = message_reading.message_reader.__wrapped__()

    assert [finding.id for finding in reader.read("zorplet gone").findings] == ["a_saddle_numb"]


def test_a_missing_model_is_refused_with_what_to_do(project):
    (project / "models" / "instep.tar.gz").unlink()

    with pytest.raises(ModelError, match="no trained model: run `make train`"):
        training.current_model()


def test_a_model_that_does_not_belong_to_its_record_is_refused(project):
    with (project / "models" / "instep.tar.gz").open("ab") as file:
        file.write(b"x")

    assert not training.model_is_current()


def test_training_that_fails_says_why(tmp_path):
    shutil.copytree(training.ROOT / "tests" / "brain" / "tiny_project", tmp_path, dirs_exist_ok=True)
    (tmp_path / "domain.yml").write_text("intents: [a]\nslots: 3\n")

    with pytest.raises(ModelError, match="Rasa says"):
        training.run_training(tmp_path, tmp_path / "data", tmp_path / "models" / "m.tar.gz", lambda line: None)
