"""The set-up script, as far as it runs without installing anything."""

import subprocess
import sys

from bot.settings import ROOT


def run_with_shim(tmp_path, function):
    """Run one function of setup.sh where `python3.11` is a script that starts another interpreter, as pyenv's is."""
    shim = tmp_path / "python3.11"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    shim.chmod(0o755)
    functions = (ROOT / "setup.sh").read_text(encoding="utf-8").partition('\ncase "${1:-}" in')[0]
    script = functions.replace('cd "$(dirname "$0")"', "") + f"\n{function}\n"
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, env=environment, check=True)
    return done.stdout.strip()


def test_a_shim_of_pyenv_is_never_handed_to_uv_which_would_empty_the_environment_each_time(tmp_path):
    assert run_with_shim(tmp_path, "find_python uv") == sys.executable
