"""Let visitors who type freely talk to the whole bot, and count what goes wrong.

    python -m benchmarks.conversations [--drawn 20] [--seed 1]
    python -m benchmarks.conversations --show      every conversation, with what was wrong under each turn
    python -m benchmarks.conversations --save      write benchmarks/figures/conversations.md

Needs the trained model. The recorded interviews are played where `../shared/evaluation` is there.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.conversations.report import conversation, table
from bot.evaluation.judging import Judge
from bot.evaluation.patients import drawn_patients
from bot.evaluation.rows import SHARED

FIGURES = Path("benchmarks/figures/conversations.md")

_LIMITS = ("INSTEP_MESSAGES_PER_MINUTE", "INSTEP_MESSAGES_PER_CONVERSATION", "INSTEP_NEW_CONVERSATIONS_PER_HOUR")

_KINDS = 20
"""Patients of one cause among whom a drawn visitor is chosen."""


def main() -> None:
    """Play the conversations and print the figures."""
    parser = argparse.ArgumentParser(description="Whole conversations with visitors who type freely.")
    parser.add_argument("--drawn", type=int, default=20, help="visitors drawn from the knowledge")
    parser.add_argument("--seed", type=int, default=1, help="the same visitors and words at every run")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the recorded interviews")
    parser.add_argument("--show", action="store_true", help="print the conversations; they hold other people's texts")
    parser.add_argument("--save", action="store_true", help=f"write {FIGURES}")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # Played conversations have no place among real ones, and nobody keeps them from being many.
        os.environ["INSTEP_DATABASE_URL"] = f"sqlite:///{folder}/conversations.sqlite3"
        os.environ |= dict.fromkeys(_LIMITS, "1000000")
        figures = _play(arguments.drawn, arguments.seed, arguments.shared, show=arguments.show)
    print(figures)
    if arguments.save:
        command = f"-m benchmarks.conversations --drawn {arguments.drawn} --seed {arguments.seed}"
        FIGURES.write_text(f"# Whole conversations\n\n`{command}`; README says what is counted.\n\n{figures}\n")


def _play(drawn: int, seed: int, shared: Path, *, show: bool) -> str:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
    import django

    django.setup()
    from benchmarks.conversations.play import Player
    from benchmarks.conversations.recorded import recorded_visitors
    from bot.brain.talk import Talk

    talk, judge = Talk(), Judge()
    logging.getLogger("bot").setLevel(logging.WARNING)
    player = Player(judge, talk.say, talk.case)
    groups = {
        "recorded patients": [player.play(visitor) for visitor in recorded_visitors(judge, shared)],
        "drawn visitors": [player.play(visitor) for visitor in _drawn(judge, drawn, seed)],
    }
    if show:
        print("\n\n".join(conversation(played) for group in groups.values() for played in group), "\n")
    return table(groups)


def _drawn(judge: Judge, count: int, seed: int) -> Iterator[object]:
    from benchmarks.conversations.visitors import DrawnVisitor
    from benchmarks.conversations.wordings import Wordings

    words, chance = Wordings(judge), random.Random(seed)
    causes = list(judge.knowledge.causes.values())
    for number, cause in enumerate(chance.choices(causes, [cause.prior for cause in causes], k=count)):
        place = chance.randrange(_KINDS)
        patient, opening = next(islice(drawn_patients(cause, judge.knowledge, _KINDS), place, None))
        key = f"drawn {seed}-{number}"
        yield DrawnVisitor(key, cause.id, patient, opening, words, f"{key} {cause.id}")


if __name__ == "__main__":
    main()
