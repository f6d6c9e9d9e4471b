import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from bot.settings import ROOT
from bot.web.logs import QuietFormatter
from tests.servers.ports import free_port
from tests.waiting import LATE

START = (
    "import sys; from bot.web.serve import serve; serve('127.0.0.1', int(sys.argv[1]), lambda: print('up', flush=True))"
)


def environment(tmp_path, **settings):
    database = {"INSTEP_VAR": str(tmp_path), "INSTEP_DATABASE_URL": f"sqlite:///{tmp_path}/start.sqlite3"}
    return {**os.environ, **database, "PYTHONPATH": str(ROOT), **settings}


def start_refused(environment, port=None):
    """Return the last line of what a start says that has to fail."""
    command = [sys.executable, "-c", START, str(port or free_port())]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LATE)
    assert done.returncode != 0
    return done.stderr.strip().splitlines()[-1]


def copied_data(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("practice.yml", "lead_minutes: 120", "lead_minutes: soon", "lead_minutes"),
        ("service/messages.yml", "{emergency_number}", "{emergency}", "greeting"),
        ("service/messages.yml", "  unavailable:", "  away:", "unavailable"),
    ],
)
def test_a_broken_file_refuses_the_start_and_is_named(tmp_path, name, old, new, said):
    data = copied_data(tmp_path)
    text = (data / name).read_text(encoding="utf-8")
    assert old in text
    (data / name).write_text(text.replace(old, new), encoding="utf-8")

    sentence = start_refused(environment(tmp_path, INSTEP_DATA=str(data)))
    assert sentence.startswith("bot.errors.KnowledgeError: ")
    assert name in sentence
    assert said in sentence


def test_without_a_trained_model_the_start_is_refused(tmp_path):
    sentence = start_refused(environment(tmp_path, INSTEP_MODELS=str(tmp_path)))
    assert sentence == "bot.errors.ModelError: There is no trained model: run `make train`."


def test_a_taken_port_is_named(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"port {port}" in start_refused(environment(tmp_path), port)


def test_a_database_that_was_filled_under_another_key_refuses_the_start(tmp_path):
    start_refused(environment(tmp_path, INSTEP_SECRET_KEY="the first key", INSTEP_MODELS=str(tmp_path)))
    sentence = start_refused(environment(tmp_path, INSTEP_SECRET_KEY="another key"))
    assert sentence.startswith("bot.errors.SettingsError: The secret key is not the one")
    assert "INSTEP_SECRET_KEY" in sentence


@pytest.mark.parametrize(
    "url", ["postgresql://nobody:zanzibar@127.0.0.1:1/none", "sqlite:///dev/null/zanzibar/instep.sqlite3"]
)
def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path, url):
    sentence = start_refused(environment(tmp_path, INSTEP_DATABASE_URL=url))
    assert sentence.startswith("bot.errors.SettingsError: ")
    assert "INSTEP_DATABASE_URL" in sentence
    assert "zanzibar" not in sentence


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    sentence = start_refused(environment(tmp_path / "file" / "var"))
    assert sentence.startswith("bot.errors.SettingsError: ")
    assert f"{tmp_path}/file/var" in sentence and "INSTEP_VAR" in sentence


@pytest.mark.model
def test_the_pages_are_up_before_the_model_and_ctrl_c_stops_everything(tmp_path):
    port = free_port()
    command = [sys.executable, "-c", START, str(port)]
    with subprocess.Popen(command, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        assert server.stdout is not None and server.stdout.readline() == b"up\n", server.stderr.read()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
            assert "server" not in page.headers
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/health") as health:
            assert b'"ready": false' in health.read()
        server.send_signal(signal.SIGINT)
        said = server.stderr.read().decode()
        assert server.wait(LATE) == 0, said
        assert "Traceback" not in said


def test_a_logged_exception_shows_where_it_came_from_and_not_what_it_says():
    try:
        raise ValueError("my heel hurts")
    except ValueError:
        record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "failed", None, sys.exc_info())
    line = QuietFormatter().format(record)
    assert "builtins.ValueError at" in line
    assert "test_start.py" in line
    assert "heel" not in line
