"""Which intents messages get. Needs the trained model."""

from __future__ import annotations

from collections.abc import Iterator

from bot.brain.understanding import shared_agent
from bot.evaluation.figures import Figure, Miss, Section, measured, share
from bot.evaluation.held_out import read_intents
from bot.evaluation.intent_tables import DECLINED, Named, confusion, groups, trade_off
from bot.evaluation.judging import Judge
from bot.evaluation.progress import Progress
from bot.evaluation.rows import HELD_OUT
from bot.evaluation.shared import other_parts, patients, shared_rows

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
            groups([*general, *feet, *others]),
            trade_off(
                [*known, *feet, *(row for row in held_out if row.expected not in DECLINED)],
                [row for row in general if row.group == _OUT],
            ),
            confusion([*general, *held_out]),
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
