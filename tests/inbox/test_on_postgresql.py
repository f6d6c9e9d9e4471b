import os
import subprocess
import sys

import pytest

from bot.settings import ROOT


@pytest.mark.postgres
@pytest.mark.parametrize("room", ["inbox", "api", "web/test_housekeeping.py"])
def test_every_test_of_the_room_also_holds_on_postgresql(room, postgres_url, tmp_path):
    environment = {**os.environ, "INSTEP_DATABASE_URL": postgres_url, "INSTEP_VAR": str(tmp_path)}
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not postgres", "-p", "no:cacheprovider", f"tests/{room}"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout[-4000:]
    assert "skipped" not in done.stdout
