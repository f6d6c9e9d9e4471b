import os
import subprocess
import sys

import pytest

from bot.settings import ROOT


@pytest.mark.postgres
def test_every_test_of_booking_also_holds_on_postgresql(postgres_url, tmp_path):
    environment = {**os.environ, "INSTEP_DATABASE_URL": postgres_url, "INSTEP_VAR": str(tmp_path)}
    names = (
        "appointments",
        "holds",
        "changes",
        "offers",
        "waiting",
        "retention",
        "simultaneous_changes",
        "booking_races",
    )
    files = [f"tests/booking/test_{name}.py" for name in names]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout[-4000:]
    assert "skipped" not in done.stdout
