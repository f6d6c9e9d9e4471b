"""A server of this test run: a process of its own on a free port, with its own folder."""

import os
import signal
import subprocess
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.ports import free_port
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class PracticeServer:
    """Starts, kills and starts again on the same port and database."""

    command: list[str]
    var: Path
    log: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None)

    def __post_init__(self):
        self.port = free_port()

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
        try:
            wait_until(self._is_up)
        except AssertionError:
            self.kill()
            raise RuntimeError(f"the server did not come up:\n{self.log.read_text()[-3000:]}") from None

    def _is_up(self):
        assert self.process.poll() is None
        try:
            with urllib.request.urlopen(f"{self.url}/api/v1/health", timeout=10):
                return True
        except OSError:
            return False
