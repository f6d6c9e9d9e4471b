"""A server of this test run: a process of its own on a free port, with its own folder."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90


@dataclass
class PracticeServer:
    """Starts, kills and starts again on the same port and database."""

    command: list[str]
    var: Path
    log: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None)

    def __post_init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    @property
    def url(self):
        return f"http://localhost:{self.port}"

    def start(self):
        own = {
            "INSTEP_VAR": str(self.var),
            "INSTEP_PORT": str(self.port),
            "INSTEP_HOST": "127.0.0.1",
            "INSTEP_PUBLIC_URL": self.url,
            # All visitors of a test run come from one address.
            "INSTEP_NEW_CONVERSATIONS_PER_HOUR": "10000",
            "INSTEP_MESSAGES_PER_MINUTE": "1000",
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env={**os.environ, **own}, stdout=log, stderr=log, start_new_session=True
            )
        self._wait_until_up()

    def kill(self):
        """End it as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def _wait_until_up(self):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}:\n{self.log.read_text()[-3000:]}")
            try:
                with urllib.request.urlopen(f"{self.url}/api/v1/health", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.kill()
        raise RuntimeError(f"the server was not up in {START_SECONDS} s:\n{self.log.read_text()[-3000:]}")
