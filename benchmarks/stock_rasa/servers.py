"""Start, watch and stop the two servers as a user would start them."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent

# The actions use Instep's database, so Django is set up before the SDK's server imports them.
_ACTION_SERVER = "import django; django.setup(); from rasa_sdk.__main__ import main; main()"

# Far above what one visitor may do, so that the limits are not what is measured.
_NO_LIMITS = {
    "INSTEP_NEW_CONVERSATIONS_PER_HOUR": "100000",
    "INSTEP_MESSAGES_PER_MINUTE": "100000",
    "INSTEP_MESSAGES_PER_CONVERSATION": "100000",
}


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, its processes, and seconds from start to the first answer."""

    url: str
    processes: tuple[subprocess.Popen[bytes], ...]
    start_seconds: float

    def memory_mb(self) -> float:
        """Resident memory of all processes and their children, in MB (10^6 bytes)."""
        return sum(_tree_rss(process.pid) for process in self.processes) / 1e6


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def stock_project(folder: Path, action_port: int) -> None:
    """Lay out the same domain, training data and actions with Rasa's default configuration."""
    for name in ("nlu", "rules", "stories"):
        shutil.copytree(ROOT / "data" / name, folder / "data" / name, dirs_exist_ok=True)
    for name in ("actions", "bot"):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "domain.yml", folder / "domain.yml")
    shutil.copy(HERE / "config.yml", folder / "config.yml")
    (folder / "credentials.yml").write_text("rest:\n")
    (folder / "endpoints.yml").write_text(
        f"action_endpoint:\n  url: http://127.0.0.1:{action_port}/webhook\n"
        f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {folder / 'rasa.db'}\n"
    )


def train_stock(folder: Path) -> float:
    """Train the stock model, if `folder` has none, and return the processor seconds that it took."""
    figure = folder / "training_seconds.txt"
    if not figure.exists():
        command = [*_rasa(), "train", "--quiet"]
        figure.write_text(str(_processor_seconds(command, folder, _env(folder))))
    return float(figure.read_text())


def train_instep(folder: Path) -> float:
    """Train Instep's model from nothing into `folder` and return the processor seconds that it took."""
    cache = folder / "instep-cache"
    env = _env(folder) | {"INSTEP_MODELS": str(folder / "instep-models"), "RASA_CACHE_DIRECTORY": str(cache)}
    for kept in (folder / "instep-models", cache):
        shutil.rmtree(kept, ignore_errors=True)
    return _processor_seconds([sys.executable, "-m", "bot.cli", "train", "--force"], ROOT, env)


def _processor_seconds(command: list[str], cwd: Path, env: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=cwd, check=True, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@contextmanager
def stock_server(folder: Path, action_port: int) -> Iterator[Server]:
    """Run stock Rasa and its action server."""
    port = free_port()
    commands = [
        [sys.executable, "-c", _ACTION_SERVER, "--actions", "actions", "--port", str(action_port), "--quiet"],
        [*_rasa(), "run", "--port", str(port), "--interface", "127.0.0.1", "--quiet"],
    ]
    with _running(commands, folder, _env(folder), f"http://127.0.0.1:{port}", _stock_answers) as server:
        yield server


@contextmanager
def instep_server(folder: Path) -> Iterator[Server]:
    """Run Instep as `make run` does."""
    port = free_port()
    env = _env(folder) | _NO_LIMITS | {"INSTEP_PORT": str(port), "INSTEP_MODELS": str(folder / "instep-models")}
    command = [sys.executable, "-m", "bot.cli", "run"]
    with _running([command], ROOT, env, f"http://127.0.0.1:{port}", _instep_answers) as server:
        yield server


@contextmanager
def _running(
    commands: list[list[str]], cwd: Path, env: dict[str, str], url: str, answers: Callable[[str], bool]
) -> Iterator[Server]:
    log = (Path(env["INSTEP_VAR"]) / "server.log").open("ab")
    started = time.monotonic()
    processes = tuple(
        subprocess.Popen(command, cwd=cwd, env=env, stdout=log, stderr=log, start_new_session=True)
        for command in commands
    )
    try:
        while not answers(url):
            if any(process.poll() is not None for process in processes) or time.monotonic() - started > 300:
                raise RuntimeError(f"the server did not start; see {log.name}")
            time.sleep(0.1)
        yield Server(url, processes, time.monotonic() - started)
    finally:
        for process in processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)
        log.close()


def _stock_answers(url: str) -> bool:
    try:
        body = {"sender": "start", "message": "hello"}
        return bool(httpx.post(f"{url}/webhooks/rest/webhook", json=body, timeout=60).json())
    except (httpx.HTTPError, ValueError):
        return False


def _instep_answers(url: str) -> bool:
    try:
        return bool(httpx.get(f"{url}/api/v1/health", timeout=5).json().get("ready"))
    except (httpx.HTTPError, ValueError):
        return False


def _env(folder: Path) -> dict[str, str]:
    var = folder / "var"
    var.mkdir(parents=True, exist_ok=True)
    return os.environ | {
        "INSTEP_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "bot.web.settings",
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONPATH": str(ROOT),
    }


def _rasa() -> list[str]:
    return [sys.executable, "-m", "rasa"]


def _tree_rss(pid: int) -> int:
    total, waiting = 0, [pid]
    while waiting:
        current = waiting.pop()
        try:
            status = Path(f"/proc/{current}/status").read_text()
            waiting += [int(child) for child in Path(f"/proc/{current}/task/{current}/children").read_text().split()]
        except OSError:
            continue
        total += next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0)
    return total
