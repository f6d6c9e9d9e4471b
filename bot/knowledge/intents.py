"""Build what intents mean from `data/intents.yml`, and check it against the domain and the practice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from bot.case import ActKind
from bot.errors import KnowledgeError
from bot.knowledge.fields import Record, checked_choice
from bot.knowledge.files import fingerprint, read_yaml
from bot.knowledge.intent_types import UNREAD, Answering, IntentMeaning, Journey, Meanings, Reply
from bot.knowledge.practice_types import Practice

_ASIDE = (ActKind.ASK, ActKind.WANT, ActKind.REACT, ActKind.CONTROL)
"""Acts that are about something else than an open form, unless their row says otherwise."""

_RESPONSES = ("response", "response_beside", "response_emergency", "part")

NEEDED_TOPICS = ("visit", "person", "language", "other_body_part")
"""Topics whose intent the code itself looks up."""


def load_meanings(path: Path) -> Meanings:
    """Return what the intents of `path` (`data/intents.yml`) mean; the same object while the file does not change.

    Raises:
        KnowledgeError: names file, row and field, and says what to do.
    """
    if not path.is_file():
        raise KnowledgeError(f"{path}: there is no such file. Restore it or set INSTEP_DATA to the right folder.")
    return _load(path, fingerprint(path.parent, [path]))


@lru_cache(maxsize=4)
def _load(path: Path, _content: str) -> Meanings:
    file = Record(path, read_yaml(path))
    rows = file.records("meanings", _meaning, least=1)
    file.end()
    by_intent: dict[str, IntentMeaning] = {}
    topics: dict[str, str] = {}
    for row in rows:
        if row.id in by_intent:
            raise KnowledgeError(f"{path}: record {row.id!r}, field 'id': stands twice. Delete one of the two rows.")
        if row.practice and row.topic in topics:
            problem = f"{row.topic!r} is the topic of {topics[row.topic]!r} too. Give each practice question its own."
            raise KnowledgeError(f"{path}: record {row.id!r}, field 'topic': {problem}")
        by_intent[row.id] = row
        topics.update({row.topic: row.id} if row.practice else {})
    return Meanings(by_intent)


def _meaning(record: Record) -> IntentMeaning:
    intent, act = record.id(), record.choice("act", ActKind)
    topic, practice = record.text("topic", empty=True), record.flag("practice", default=False)
    if practice and (not topic or act is not ActKind.ASK):
        raise record.error("practice", "is true, so the row needs 'act: ask' and the 'topic' of its answer. Add them.")
    meaning = IntentMeaning(
        id=intent,
        act=act,
        topic=topic,
        group=record.text("group", empty=True) or (topic if practice else ""),
        practice=practice,
        courtesy=record.flag("courtesy", default=False),
        general=record.flag("general", default=False),
        answer=record.choice("answer", Answering) if record.has("answer") else Answering.MAYBE,
        reply=record.choice("reply", Reply) if record.has("reply") else None,
        interrupts=_interrupts(record, act),
        after_emergency=record.flag("after_emergency", default=False),
        pressed=record.flag("pressed", default=False),
        placed=record.flag("placed", default=False),
        names_time=record.flag("names_time", default=False),
        names_treatment=record.flag("names_treatment", default=False),
        least_confidence=record.number("least_confidence", 0.0, 1.0, default=0.0),
        **{name: record.text(name, empty=True) for name in _RESPONSES},
    )
    if meaning.reply is not None and act is not ActKind.ANSWER:
        raise record.error("reply", "is for short answers only. Write 'act: answer' or delete it.")
    return meaning


def _interrupts(record: Record, act: ActKind) -> frozenset[Journey]:
    if not record.has("interrupts"):
        return frozenset(Journey) if act in _ASIDE else frozenset()
    return frozenset(checked_choice(record, "interrupts", name, Journey) for name in record.texts("interrupts"))


def domain_names(path: Path) -> Mapping[str, frozenset[str]]:
    """Return the names of the `intents` and `responses` of a Rasa domain file."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    intents = (next(iter(item)) if isinstance(item, dict) else item for item in content["intents"])
    return {"intents": frozenset(intents), "responses": frozenset(content["responses"])}


def check_meanings(
    path: Path,
    meanings: Meanings,
    practice: Practice,
    domain: Mapping[str, Collection[str]],
    guided: Collection[str],
) -> None:
    """Check the rows against the domain, the practice's answers and the guidance of causes.

    Args:
        path: of the rows.
        meanings: the rows.
        practice: whose `answers` the practice questions need.
        domain: names of the `intents` and the `responses` of `domain.yml`.
        guided: topics of `topics.yml`, which the questions about a result need.

    Raises:
        KnowledgeError: names file, row and field, and says what to do.
    """
    intents = set(domain["intents"])
    if missing := sorted(intents.difference(meanings.by_intent)):
        raise KnowledgeError(
            f"{path}: the intent {missing[0]!r} of domain.yml has no row. Add one that says what it means."
        )
    for row in meanings.by_intent.values():
        if row.id not in intents | {UNREAD}:
            raise _error(path, row, "id", "is no intent of domain.yml. Correct it, or add the intent there.")
        if row.practice and row.topic not in practice.answers:
            raise _error(path, row, "topic", f"data/practice.yml has no answer for {row.topic!r}. Add it to 'answers'.")
        if row.is_about_result and row.topic not in guided:
            raise _error(path, row, "topic", f"data/knowledge/topics.yml has no {row.topic!r}. Correct it, or add it.")
        _check_responses(path, row, domain["responses"])
    _check_topics(path, meanings)


def _check_responses(path: Path, row: IntentMeaning, known: Collection[str]) -> None:
    for name in _RESPONSES:
        response = getattr(row, name)
        if response and response not in known:
            raise _error(path, row, name, f"{response!r} is no response of domain.yml. Correct it, or add it there.")


def _check_topics(path: Path, meanings: Meanings) -> None:
    topics = {meaning.topic for meaning in meanings.by_intent.values()}
    for topic in NEEDED_TOPICS:
        if topic not in topics:
            raise KnowledgeError(f"{path}: no row has the topic {topic!r}, which the conversation needs. Add it again.")


def _error(path: Path, row: IntentMeaning, field: str, problem: str) -> KnowledgeError:
    return KnowledgeError(f"{path}: record {row.id!r}, field {field!r}: {problem}")
