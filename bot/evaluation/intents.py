"""Which intents messages get. Needs the trained model."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.brain.understanding import shared_agent
from bot.evaluation.figures import Figure, Miss, Section, Table, measured, share
from bot.evaluation.held_out import read_intents
from bot.evaluation.judging import Judge
from bot.evaluation.progress import Progress
from bot.evaluation.rows import HELD_OUT
from bot.evaluation.shared import other_parts, patients, shared_rows

DECLINED = frozenset({"out_of_scope", "ask_other_body_part", "ask_language", "nlu_fallback"})
"""Intents that no journey serves; any of them is right for what is out of scope."""

_OUT = "out_of_scope"
_GROUPS = {
    "greet": "greet",
    "goodbye": "goodbye",
    "thank_you": "thank",
    "affirm": "affirm",
    "deny": "deny",
    "bot_challenge": "bot_challenge",
    "help": "ask_help",
    "repeat": "repeat",
    "cancel": "cancel",
    "unsure": "unsure",
    "insurance_like": "ask_insurance",
}
_WRONG_BUSINESS = "booking_like_wrong_domain"
_MOST_SHOWN = 5
_KEPT_SHARES = (0.90, 0.95, 0.97, 0.99)
_TRADE_OFF = "What another limit of the declined intents' probability would give"


@dataclass(frozen=True, slots=True)
class Named:
    """A text with the intent that it should get (empty where none is known) and the one that it gets.

    Attributes:
        outside: how sure the model is that no journey serves it, 0 to 1, over the intents that it ranks.
    """

    key: str
    id: str
    text: str
    group: str
    expected: str
    intent: str
    confidence: float
    outside: float

    @property
    def declined(self) -> bool:
        """Whether no journey serves the intent."""
        return self.intent in DECLINED

    @property
    def right(self) -> bool:
        """Whether the intent is the expected one."""
        return self.declined if self.expected in DECLINED else self.intent == self.expected


def measure_intents(judge: Judge, progress: Progress) -> Section:
    """Return accuracy, what is declined, and the confusion of intents. Raises InputError, ModelError."""
    general = list(_general(progress))
    feet = list(_messages("patient_foot", "", judge, progress))
    others = list(_messages("patient_other", "ask_other_body_part", judge, progress))
    held_out = list(_held_out(progress))
    known = [row for row in general if row.group in _GROUPS]
    wrong = [_miss(row) for row in (*general, *others) if row.expected and not row.right]
    return Section(
        "intents",
        "Intents",
        measured([*_recalls(general, known, feet, others), *_held_out_figures(held_out)]),
        tables=(
            _groups([*general, *feet, *others]),
            _trade_off(
                [*known, *feet, *(row for row in held_out if row.expected not in DECLINED)],
                [row for row in general if row.group == _OUT],
            ),
            _confusion([*general, *held_out]),
        ),
        misses=(*wrong, *(_miss(row) for row in feet if row.declined)),
    )


def _general(progress: Progress) -> Iterator[Named]:
    for key, row in progress(shared_rows("generic_and_out_of_scope"), "intents: general messages"):
        group = row["group"]
        expected = _OUT if group in (_OUT, _WRONG_BUSINESS) else _GROUPS.get(group, "")
        yield Named(key, row["id"], row["text"], group, expected, *_understood(row["text"]))


def _messages(name: str, expected: str, judge: Judge, progress: Progress) -> Iterator[Named]:
    texts = patients(judge.knowledge) if name == "patient_foot" else other_parts()
    for message in progress(texts.messages, f"intents: {name}"):
        yield Named(message.key, message.id, message.text, name, expected, *_understood(message.text))


def _held_out(progress: Progress) -> Iterator[Named]:
    for row in progress(list(read_intents(HELD_OUT)), "intents: held out"):
        yield Named(row.key, row.id, "", "held out", row.intent, *_understood(row.text))


def _understood(text: str) -> tuple[str, float, float]:
    parsed = shared_agent().understand(text)
    ranked = parsed["intent_ranking"] or [parsed["intent"]]
    outside = sum(float(intent["confidence"]) for intent in ranked if intent["name"] in DECLINED)
    return parsed["intent"]["name"] or "", float(parsed["intent"]["confidence"]), outside


def _recalls(general: list[Named], known: list[Named], feet: list[Named], others: list[Named]) -> list[Figure]:
    outside = {row.key: row.declined for row in general if row.group == _OUT}
    businesses = {row.key: row.declined for row in general if row.group == _WRONG_BUSINESS}
    return [
        share("intents.out_of_scope.recall", "general messages: out-of-scope recall", outside, goal=0.90),
        share("intents.businesses.declined", "general messages: other businesses' bookings declined", businesses),
        share("intents.general.kept", "small talk: kept in scope", _kept(known), goal=0.95),
        share("intents.general.right", "small talk: intent right", {row.key: row.right for row in known}),
        share("intents.patient_foot.kept", "patients' messages: kept in scope", _kept(feet), goal=0.95),
        share(
            "intents.patient_other.declined",
            "other parts of the body: declined",
            {row.key: row.declined for row in others},
        ),
    ]


def _kept(rows: list[Named]) -> dict[str, bool]:
    return {row.key: not row.declined for row in rows}


def _held_out_figures(rows: list[Named]) -> list[Figure]:
    inside = [row for row in rows if row.expected not in DECLINED]
    outside = {row.key: row.declined for row in rows if row.expected in DECLINED}
    return [
        share("intents.held_out.right", "held-out intents: right", {row.key: row.right for row in inside}),
        share("intents.held_out.kept", "held-out intents: kept in scope", _kept(inside), goal=0.95),
        share("intents.held_out.declined", "held-out intents: out-of-scope recall", outside, goal=0.90),
    ]


def _miss(row: Named) -> Miss:
    found = f"{row.intent} ({row.confidence:.2f})"
    return Miss(row.group, row.id, row.text, row.expected or "an intent in scope", found, row.confidence)


def _groups(rows: list[Named]) -> Table:
    counts: Mapping[str, Counter[str]] = defaultdict(Counter)
    declined: Counter[str] = Counter()
    for row in rows:
        counts[row.group][row.intent] += 1
        declined[row.group] += row.declined
    lines = (
        (
            group,
            str(counts[group].total()),
            f"{declined[group] / counts[group].total():.1%}",
            ", ".join(f"{intent} {number}" for intent, number in counts[group].most_common(_MOST_SHOWN)),
        )
        for group in sorted(counts)
    )
    return Table("Intents by group of messages", ("group", "n", "declined", "most frequent intents"), tuple(lines))


def _trade_off(inside: list[Named], outside: list[Named]) -> Table:
    """Show how much is declined when the limit is moved until a share of what is in scope is kept."""
    if not inside or not outside:
        return Table(_TRADE_OFF, (), ())
    scores = sorted(row.outside for row in inside)
    lines = []
    for share_kept in _KEPT_SHARES:
        limit = scores[min(len(scores) - 1, math.ceil(share_kept * len(scores)))]
        kept = sum(score < limit for score in scores) / len(scores)
        declined = sum(row.outside >= limit for row in outside) / len(outside)
        lines.append((f"{limit:.3f}", f"{kept:.1%}", f"{declined:.1%}"))
    return Table(_TRADE_OFF, ("declined from", "in-scope recall", "out-of-scope recall"), tuple(lines))


def _confusion(rows: list[Named]) -> Table:
    counts = Counter((row.expected, row.intent) for row in rows if row.expected)
    expected = sorted({pair[0] for pair in counts})
    columns = sorted({intent for _, intent in counts} | set(expected))
    lines = tuple((row, *(str(counts[row, column] or "") for column in columns)) for row in expected)
    right = frozenset((line, columns.index(row) + 1) for line, row in enumerate(expected))
    return Table("Confusion of intents: expected down, read across", ("", *columns), lines, right, in_terminal=False)
