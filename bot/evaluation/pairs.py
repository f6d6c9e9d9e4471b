"""Pairs of texts that must not differ: the same complaint played down by a relative, misspelt, dictated, in capitals.

Each text is judged as a first message. What counts is what the variant loses: urgency, red flags, the first cause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.figures import Figure, Section, Table, measured, share
from bot.evaluation.judging import Judge, Judgement
from bot.evaluation.progress import Progress
from bot.evaluation.rows import HELD_OUT, id_field, read_rows, row_key, text_field
from bot.knowledge.model import Knowledge
from bot.triage.red_flags import screening_id


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its variant.

    Attributes:
        kind: what was done to the text, in a word or two.
        flag: id of the red flag that both have to raise or ask about; None where the row names none.
    """

    key: str
    id: str
    kind: str
    text: str
    variant: str
    flag: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A pair with what is made of its two texts."""

    pair: Pair
    text: Judgement
    variant: Judgement

    @property
    def urgency_falls(self) -> bool:
        """Whether the variant is told to wait longer."""
        return self.variant.urgency.rank > self.text.urgency.rank

    @property
    def loses_flag(self) -> bool:
        """Whether a red flag that the text raises is not raised by the variant."""
        return not set(self.text.flags) <= set(self.variant.flags)

    @property
    def changes_first_cause(self) -> bool:
        """Whether another cause leads, or none any more; a cause where there was none is a change too."""
        return self.text.told[:1] != self.variant.told[:1]


def measure_pairs(judge: Judge, progress: Progress) -> Section:
    """Return what the held-out variants lose. Raises InputError."""
    pairs = progress(list(read_pairs(HELD_OUT, judge.knowledge)), "pairs: held out")
    compared = [compare(pair, judge) for pair in pairs]
    figures = score_pairs("pairs.held_out", "held-out pairs", compared, judge.knowledge)
    return Section("pairs", "Pairs that must not differ", measured(figures), (table_of_kinds(compared),))


def read_pairs(folder: Path, knowledge: Knowledge) -> Iterator[Pair]:
    """Yield the rows of `pairs.jsonl`; none where it is absent. Raises InputError."""
    for where, row in read_rows(folder / "pairs.jsonl"):
        yield Pair(
            key=row_key(row),
            id=text_field(row, "id", where),
            kind=text_field(row, "kind", where),
            text=text_field(row, "text", where),
            variant=text_field(row, "variant", where),
            flag=id_field(row, "flag", where, knowledge.red_flags, "red flag"),
        )


def compare(pair: Pair, judge: Judge) -> Compared:
    """Return what is made of both texts as first messages."""
    text, variant = (judge.judge(judge.case_of(each)) for each in (pair.text, pair.variant))
    return Compared(pair, text, variant)


def score_pairs(prefix: str, name: str, compared: Sequence[Compared], knowledge: Knowledge) -> list[Figure]:
    """Return the share of pairs that lose something; no urgency and no red flag may be lost at all."""

    def each(id_: str, what: str, test: Callable[[Compared], bool], *, safety: bool) -> Figure:
        hits = {item.pair.key: test(item) for item in compared}
        goal = 0.0 if safety else None
        return share(f"{prefix}.{id_}", f"{name}: {what}", hits, goal=goal, lower_is_better=True, safety=safety)

    flagged = {
        item.pair.key: all(raises_or_asks(item.pair.flag, each, knowledge) for each in (item.text, item.variant))
        for item in compared
        if item.pair.flag
    }
    return [
        each("urgency_falls", "urgency falls", lambda item: item.urgency_falls, safety=True),
        each("flag_lost", "a raised red flag is lost", lambda item: item.loses_flag, safety=True),
        each("first_cause_changes", "first cause changes", lambda item: item.changes_first_cause, safety=False),
        share(f"{prefix}.flag_noticed", f"{name}: red flag raised or asked in both", flagged, goal=1.0, safety=True),
    ]


def raises_or_asks(flag_id: str, judgement: Judgement, knowledge: Knowledge) -> bool:
    """Return whether a red flag is raised, or the next question is there for it.

    That is its own closed question, or any that asks for one of its findings because it is the first suspicion. A list
    that everybody with such a complaint is asked notices nothing in particular and does not count.
    """
    if flag_id in judgement.flags:
        return True
    question = judgement.question
    if question is None or not question.screening:
        return False
    if question.id == screening_id(flag_id):
        return True
    asks = not set(knowledge.red_flags[flag_id].raises).isdisjoint(question.findings)
    return asks and judgement.suspects[:1] == (flag_id,)


def table_of_kinds(compared: Iterable[Compared]) -> Table:
    """Show how many pairs of each kind lose what."""
    kinds: dict[str, list[Compared]] = defaultdict(list)
    for item in compared:
        kinds[item.pair.kind].append(item)
    lines = [
        (
            kind,
            str(len(items)),
            str(sum(item.urgency_falls for item in items)),
            str(sum(item.loses_flag for item in items)),
            str(sum(item.changes_first_cause for item in items)),
        )
        for kind, items in sorted(kinds.items())
    ]
    heading = ("kind", "pairs", "urgency falls", "red flag lost", "first cause changes")
    return Table("Pairs by what was done to the text", heading, tuple(lines))
