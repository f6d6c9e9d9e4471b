"""What is answered to a question about the likely cause: the text of the cause for that person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from bot.case import Case, Urgency
from bot.knowledge.model import USUAL, Advice, CauseGuidance, GuidanceTopic, Knowledge, PersonAdvice
from bot.triage.evidence import gather_evidence
from bot.triage.result import RaisedFlag


@dataclass(frozen=True, slots=True)
class Guidance:
    """An answer ready to show, except that {practice_phone} and {emergency_number} may stand in it.

    Attributes:
        text: one paragraph; empty where nothing is known to say.
        sources: ids of sources, each once; what is usual practice without a source has none.
    """

    text: str
    sources: tuple[str, ...] = ()


def answer_about(
    topic_id: str, cause_id: str, case: Case, knowledge: Knowledge, urgency: Urgency = Urgency.NONE
) -> Guidance:
    """Return what is answered about a topic for that cause and that person.

    The cause's words for the person outweigh its general ones. What holds for the person whatever the cause is stands
    in place of them or is added, unless the cause has words of its own for this person and topic.

    Args:
        topic_id: id of a topic of `topics.yml`.
        cause_id: id of a cause; empty for none, which only topics with one answer for every cause can do without.
        case: everything said so far; it tells who the person is.
        knowledge: the records.
        urgency: how soon care is needed as judged so far; the cause's own level counts where it is more urgent.
    """
    topic = knowledge.topics[topic_id]
    persons = persons_of(case, knowledge)
    told = knowledge.guidance.get(cause_id)
    own = _own(topic, told, persons)
    general = list(_general(topic, own, persons, knowledge))
    covered = [advice for _, advice in own]
    base = covered or _text(topic, told)
    if any(item.instead for item in general):
        base = covered
    advice = [*base, *(item.advice for item in general)]
    opening = _opening(topic, cause_id, urgency, knowledge) if base else ""
    return _joined([opening, *(item.text for item in advice)], advice)


def answer_while_urgent(topic_ids: Iterable[str], flag: RaisedFlag, knowledge: Knowledge) -> Guidance:
    """Return what is answered to all topics at once while a red flag waits for care: what it forbids, where to go.

    The advice of the flag was told when it was raised; it is told again only to who asks where to go.

    Args:
        topic_ids: ids of topics.
        flag: the most urgent one raised.
        knowledge: the records.
    """
    topics = [knowledge.topics[topic] for topic in topic_ids]
    first = [topic.emergency for topic in topics if flag.level is Urgency.EMERGENCY]
    texts = [text for text in (*first, *(topic.urgent for topic in topics)) if text]
    if not texts or any(topic.asks_where for topic in topics):
        texts.append(flag.advice)
    return Guidance(" ".join(dict.fromkeys(texts)), knowledge.red_flags[flag.id].sources)


def persons_of(case: Case, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the ids of the persons of `persons.yml` that the case is about; "not sure" counts as yes."""
    evidence = gather_evidence(case, knowledge)
    told = evidence.present | evidence.unsure
    return tuple(person.id for person in knowledge.persons.values() if not told.isdisjoint(person.findings))


def _own(topic: GuidanceTopic, told: CauseGuidance | None, persons: Iterable[str]) -> list[tuple[str, Advice]]:
    """Return the persons for whom the cause has words of its own on the topic, each with them."""
    if told is None:
        return []
    return [
        (person, told.persons[person, topic.text_of]) for person in persons if (person, topic.text_of) in told.persons
    ]


def _general(
    topic: GuidanceTopic, own: Iterable[tuple[str, Advice]], persons: Collection[str], knowledge: Knowledge
) -> Iterator[PersonAdvice]:
    """Yield what holds for the persons whatever the cause is, without those for whom the cause has own words."""
    open_persons = set(persons).difference(person for person, _ in own)
    for item in knowledge.person_advice:
        if not {topic.id, topic.text_of}.isdisjoint(item.topics) and not open_persons.isdisjoint(item.persons):
            yield item


def _text(topic: GuidanceTopic, told: CauseGuidance | None) -> list[Advice]:
    if topic.same is not None:
        return [told.texts.get(topic.id, topic.same) if told is not None else topic.same]
    return [told.texts[topic.text_of]] if told is not None else []


def _opening(topic: GuidanceTopic, cause_id: str, urgency: Urgency, knowledge: Knowledge) -> str:
    levels = [urgency, *(cause.urgency for cause in (knowledge.causes.get(cause_id),) if cause)]
    return topic.openings.get(min(levels, key=lambda level: level.rank), "")


def _joined(texts: Iterable[str], advice: Iterable[Advice]) -> Guidance:
    sources = dict.fromkeys(item.source for item in advice if item.source != USUAL)
    return Guidance(" ".join(dict.fromkeys(text for text in texts if text)), tuple(sources))
