"""The words of drawn visitors: statements of the corpus, short answers, and held-out examples of practice questions."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import yaml

from bot.evaluation.judging import Judge
from bot.knowledge import load_meanings
from bot.reading.learned.corpus import Said as Means
from bot.reading.learned.corpus import read_statements
from bot.settings import ROOT, settings

_WORDS = Path(__file__).with_name("words.yml")
_EXAMPLES = ROOT / "tests" / "conversations" / "test_nlu.yml"


class Wordings:
    """Wordings by what they mean."""

    def __init__(self, judge: Judge) -> None:
        """Read the corpus and the held-out examples. Raises CorpusError, KnowledgeError."""
        words = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
        self._short: Mapping[str, list[str]] = words["short_answers"]
        self._statements: dict[str, list[str]] = defaultdict(list)
        for row in read_statements(settings().data / "reading"):
            if row.said is Means.THERE and not row.question and _own(row.text, frozenset(words["of_others"])):
                self._statements[row.finding].append(row.text)
        self._examples = _examples(_EXAMPLES)
        meanings = load_meanings(settings().data / "intents.yml")
        known = (one for one in meanings.practice_questions if judge.practice.answers.get(one.topic))
        self._questions = [(one.topic, one.id) for one in known if one.id in self._examples]

    def tells(self, finding: str) -> bool:
        """Tell whether there are words for a finding."""
        return bool(self._statements.get(finding))

    def statement(self, finding: str, chance: random.Random) -> str:
        """Return words of one who has the finding."""
        return chance.choice(self._statements[finding])

    def short(self, choice: str, chance: random.Random) -> str:
        """Return a short answer that says the same as a choice: `yes`, `no`, `none` or `unsure`."""
        return chance.choice(self._short[choice])

    def practice_question(self, chance: random.Random) -> tuple[str, str]:
        """Return topic and words of a question to the practice."""
        topic, intent = chance.choice(self._questions)
        return topic, chance.choice(self._examples[intent])


def _own(text: str, others: frozenset[str]) -> bool:
    return others.isdisjoint(re.findall(r"[a-z]+", text.lower()))


def _examples(path: Path) -> Mapping[str, list[str]]:
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    return {row["intent"]: [line.removeprefix("- ") for line in row["examples"].splitlines()] for row in rows}
