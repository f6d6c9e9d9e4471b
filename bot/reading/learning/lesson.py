"""One lesson: what the network is taught from the corpus, the knowledge and the examples of intents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import torch
import yaml
from tokenizers import Tokenizer

from bot.knowledge.model import Knowledge
from bot.reading.learned.corpus import Corpus, Mark, MarkedText, Said, Statement
from bot.reading.learned.encoder import MOST_PIECES, PIECES_FILE, model_folder, published_weights, sentence_encoder
from bot.reading.learned.reader import DENIED, SAID, THERE, Numbers
from bot.reading.learning.batches import Batcher
from bot.reading.learning.examples import Example, ExampleMaker
from bot.reading.learning.network import Network
from bot.reading.learning.train import Course, train
from bot.reading.symptom_reader import SymptomReader

_ALIKE = 0.62
"""Cosine of two findings' names from which a line about the one tells nothing of the other, if one is an alarm."""
_FIRST_ROWS = 12
_TUNED = 6
_EVERY_NTH = 2


@dataclass(frozen=True)
class Lesson:
    """Everything that does not change while the network learns."""

    knowledge: Knowledge
    corpus: Corpus
    findings: tuple[str, ...]
    flags: tuple[str, ...]
    implied: Mapping[str, frozenset[str]]
    batcher: Batcher
    asked: tuple[str, ...]

    @classmethod
    def prepare(cls, knowledge: Knowledge, corpus: Corpus, nlu: Path) -> Lesson:
        """Return the lesson. `nlu` is the folder with the examples of intents."""
        findings = tuple(sorted(knowledge.findings))
        flags = tuple(record.id for record in knowledge.red_flags.values())
        tokenizer = Tokenizer.from_file(str(model_folder() / PIECES_FILE))
        tokenizer.no_padding()
        tokenizer.enable_truncation(MOST_PIECES)
        implied = {finding: _implied(finding, knowledge) for finding in findings}
        batcher = Batcher(tokenizer, findings, flags, implied)
        told = _lasting_told(corpus, knowledge)
        return cls(knowledge, told, findings, flags, implied, batcher, tuple(_examples(nlu)))

    def without(self, writers: frozenset[str]) -> Lesson:
        """Return the lesson without what some writers wrote."""
        kept = self.corpus
        return replace(
            self,
            corpus=Corpus(
                tuple(row for row in kept.statements if row.writer not in writers),
                tuple(row for row in kept.messages if row.writer not in writers),
                tuple(row for row in kept.answers if row.writer not in writers),
                tuple(row for row in kept.list_answers if row.writer not in writers),
            ),
        )

    def teach(self, course: Course) -> Network:
        """Return a network that has learnt the lesson."""
        network = Network(published_weights(), len(self.findings), len(self.flags), tuned=_TUNED)
        self._start_prototypes(network)
        meanings = self._meanings()
        more = [Example(text, told=False) for text in self.asked]
        train(network, self.maker(), more, self.batcher, meanings, course)
        network.eval()
        return network

    def maker(self) -> ExampleMaker:
        """Return the maker of examples: what rules read in a text although nobody marked it is left open."""
        reader = SymptomReader(self.knowledge)
        hinted = cache(lambda text: frozenset(item.id for item in reader.read(text).findings))
        return ExampleMaker(self.corpus, _questions(self.knowledge), hinted, _near(self.knowledge, self.findings))

    def _meanings(self) -> dict[str, Numbers]:
        """Return the vectors of some texts by the published weights: so that meaning is kept beside what is learnt."""
        turns = (row.text for row in self.corpus.messages if row.heading == "turn")
        texts = [*self.asked, *turns, *(row.text for row in self.corpus.statements[::_EVERY_NTH])]
        return {text: sentence_encoder().encode([text])[0] for text in texts}

    def _start_prototypes(self, network: Network) -> None:
        rows: dict[tuple[str, Said], list[str]] = {}
        for row in self.corpus.statements:
            rows.setdefault((row.finding, row.said), []).append(row.text)
        ways = {THERE: Said.THERE, DENIED: Said.DENIED}
        with torch.no_grad():
            for place, finding in enumerate(self.findings):
                for column in range(SAID):
                    texts = rows.get((finding, ways.get(column, Said.THERE)), [])[:_FIRST_ROWS]
                    mean = sentence_encoder().encode(texts or [self.knowledge.findings[finding].name]).mean(axis=0)
                    network.prototypes[place * SAID + column] = torch.from_numpy(mean / np.linalg.norm(mean))


def _lasting_told(corpus: Corpus, knowledge: Knowledge) -> Corpus:
    """Return the corpus with what counts however long ago it was ("I had a clot in 2010") as being there."""

    def told(row: Statement | Mark) -> Statement | Mark:
        record = knowledge.findings.get(row.finding)
        return replace(row, said=Said.THERE) if row.said is Said.PAST and record and record.lasting else row

    def told_text(row: MarkedText) -> MarkedText:
        return replace(row, marks=tuple(mark for each in row.marks if isinstance(mark := told(each), Mark)))

    return Corpus(
        tuple(row for each in corpus.statements if isinstance(row := told(each), Statement)),
        tuple(map(told_text, corpus.messages)),
        corpus.answers,
        corpus.list_answers,
    )


def _implied(finding: str, knowledge: Knowledge) -> frozenset[str]:
    reached, waiting = set[str](), [finding]
    while waiting:
        for other in knowledge.findings[waiting.pop()].implies:
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return frozenset(reached)


def _near(knowledge: Knowledge, findings: Iterable[str]) -> dict[str, frozenset[str]]:
    names = list(findings)
    vectors = sentence_encoder().encode([knowledge.findings[name].name for name in names])
    alike = vectors @ vectors.T >= _ALIKE
    alarm = np.array([name.startswith("a_") for name in names])
    alike &= alarm[:, None] != alarm[None, :]
    return {
        name: frozenset(names[other] for other in np.flatnonzero(row)) for name, row in zip(names, alike, strict=True)
    }


def _questions(knowledge: Knowledge) -> dict[str, str]:
    questions = {record.id: record.question for record in knowledge.findings.values()}
    questions |= {record.id: record.question for record in knowledge.red_flags.values() if record.question}
    questions |= {group.id: group.text for group in knowledge.interview.groups}
    questions |= {screen.id: knowledge.interview.screen_which for screen in knowledge.screen}
    return questions | {"where": knowledge.interview.where}


def _examples(folder: Path) -> Iterable[str]:
    for path in sorted(folder.glob("*.yml")):
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in group.get("examples", "").splitlines():
                if text := line.strip().removeprefix("-").strip():
                    yield text
