"""Compare Instep with stock Rasa: `make bench`, or `python -m benchmarks.stock_rasa --folder DIR` to keep the models.

Stock Rasa runs its default pipeline and policies, its REST channel, its action server and its SQL tracker store on
SQLite; Instep runs as `make run` does. Both are up at once and answer the same messages in turns, so that a slow moment
hits both. Times are milliseconds, memory is 10^6 bytes.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.stock_rasa import servers
from benchmarks.stock_rasa.visitors import InstepVisitor, StockVisitor, Visitor

# One is answered by a response of the domain, the other by a custom action; neither opens a form.
PLAIN = "are you a bot?"
ACTION = "what are your opening hours?"
ROUNDS = 40
SECONDS_AT_EIGHT = 15
LONG = 200


def paired(stock: Visitor, instep: Visitor, text: str) -> tuple[list[float], list[float]]:
    """Say the same to both in turns; return the milliseconds of each."""
    stock.say(text)
    instep.say(text)
    pairs = [(stock.say(text) * 1e3, instep.say(text) * 1e3) for _ in range(ROUNDS)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def at_eight(visit: Callable[[], Visitor]) -> tuple[float, list[float]]:
    """Let eight visitors talk without pause; return turns a second and the milliseconds of each turn."""
    times: list[float] = []
    stop = time.monotonic() + SECONDS_AT_EIGHT

    def talk() -> None:
        visitor = visit()
        while time.monotonic() < stop:
            times.append(visitor.say(ACTION) * 1e3)

    threads = [threading.Thread(target=talk) for _ in range(8)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / (time.monotonic() - started), times


def growth(visitor: Visitor) -> dict[int, float]:
    """Return the median milliseconds around turn 5, 50 and 200 of one conversation."""
    times = [visitor.say(ACTION) * 1e3 for _ in range(LONG)]
    return {at: statistics.median(times[at - 5 : at]) for at in (5, 50, LONG)}


def p95(times: list[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


def row(name: str, stock: float, instep: float, digits: int = 1) -> None:
    """Print one line of the table, with Instep as a share of stock Rasa."""
    print(f"| {name} | {stock:.{digits}f} | {instep:.{digits}f} | {instep / stock:.2f} |", flush=True)


def main() -> None:
    """Run everything and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--folder", type=Path, help="keep models and databases here; a model found here is not trained again"
    )
    folder = parser.parse_args().folder or Path(tempfile.mkdtemp(prefix="stock-rasa-"))
    folder.mkdir(parents=True, exist_ok=True)
    action_port = servers.free_port()
    servers.stock_project(folder, action_port)
    print("| figure | stock Rasa | Instep | Instep / stock |\n|---|---|---|---|", flush=True)
    row("training, s of processor time", servers.train_stock(folder), servers.train_instep(folder))
    with servers.stock_server(folder, action_port) as stock, servers.instep_server(folder) as instep:
        row("start to first answer, s", stock.start_seconds, instep.start_seconds)
        one, other = StockVisitor(stock.url), InstepVisitor(instep.url)
        for name, text in (("plain turn", PLAIN), ("turn with an action", ACTION)):
            slow, fast = paired(one, other, text)
            row(f"{name}, median ms", statistics.median(slow), statistics.median(fast))
            row(f"{name}, p95 ms", p95(slow), p95(fast))
        rates = at_eight(lambda: StockVisitor(stock.url)), at_eight(lambda: InstepVisitor(instep.url))
        row("turns a second at 8 visitors", rates[0][0], rates[1][0])
        row("p95 at 8 visitors, ms", p95(rates[0][1]), p95(rates[1][1]))
        grown = growth(StockVisitor(stock.url)), growth(InstepVisitor(instep.url))
        for at in (5, 50, LONG):
            row(f"turn {at} of one conversation, ms", grown[0][at], grown[1][at])
        row("memory, MB", stock.memory_mb(), instep.memory_mb(), 0)


if __name__ == "__main__":
    main()
