"""What each part of the NLU costs: `python -m benchmarks.nlu_cost`. Needs a trained model.

Prints for the examples of data/nlu (short) and for six of them put together (long) the processor milliseconds of each
component and of all, median and 95th percentile; then the megabytes that each of the large parts adds to the process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.nlu_examples import training_examples

STEP = 12
LONG = 6
# Each line is run after the lines above it, in one process.
MEMORY = {
    "Python and numpy": "import numpy",
    "Django, Rasa and the agent's code": "import django; django.setup(); import bot.brain.agent",
    "sentence encoder": "from bot.reading.learned.encoder import sentence_encoder; sentence_encoder()",
    "reader of messages": "from bot.brain.message_reading import message_reader; message_reader()",
    "trained model and actions": "from bot.brain.understanding import understand; understand('hello')",
}


def resident() -> float:
    with Path("/proc/self/status").open(encoding="utf-8") as lines:
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def memory() -> None:
    before = 0.0
    for name, code in MEMORY.items():
        exec(code, {})
        print(f"{name:<36} +{resident() - before:.0f} MB", flush=True)
        before = resident()
    print(f"{'all':<36} {before:.0f} MB")


def timed(node, spent: list[float]):
    def run(*inputs):
        before = time.process_time()
        try:
            return node(*inputs)
        finally:
            spent.append((time.process_time() - before) * 1000)

    return run


def times() -> None:
    from bot.brain.understanding import shared_agent

    processor = shared_agent()._processor
    runner, spent = processor.graph_runner, defaultdict(list)
    names = {name: node.uses.__name__ for name, node in processor.model_metadata.predict_schema.nodes.items()}
    runner._nodes = {name: timed(node, spent[names[name]]) for name, node in runner._nodes.items()}
    texts = [text for text, _ in training_examples()]
    for kind, chosen in (
        ("short", texts[::STEP]),
        ("long", [". ".join(texts[start : start + LONG]) for start in range(0, len(texts), LONG * STEP)]),
    ):
        for each in spent.values():
            each.clear()
        whole = []
        for text in chosen:
            before = time.process_time()
            processor.read(text)
            whole.append((time.process_time() - before) * 1000)
        print(f"{kind}: {len(chosen)} messages of {np.median([len(text) for text in chosen]):.0f} letters")
        for name, each in [*spent.items(), ("all", whole)]:
            if each:
                print(f"  {name:<28} median {np.median(each):6.2f} ms, 95 % within {np.percentile(each, 95):6.2f} ms")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
    if sys.argv[1:] == ["memory"]:
        memory()
        return
    times()
    subprocess.run([sys.executable, "-m", "benchmarks.nlu_cost", "memory"], check=True)


if __name__ == "__main__":
    main()
