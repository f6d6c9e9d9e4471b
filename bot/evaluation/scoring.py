"""Figures of judged messages: causes, red flags, urgency and scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bot.case import Urgency
from bot.evaluation.figures import Figure, Miss, share
from bot.evaluation.judging import Judgement
from bot.evaluation.rows import Message, MessageSet
from bot.evaluation.shared import neighbour_causes
from bot.evaluation.urgency import Advised, score_urgency
from bot.knowledge.model import Knowledge
from bot.triage.red_flags import screening_id

Judged = Sequence[tuple[Message, Judgement]]

OPENING_GOALS = (0.75, 0.92)
"""First cause and among three, of a first message."""

INTERVIEW_GOALS = (0.80, 0.95)
"""The same after a recorded interview."""


def score_messages(
    prefix: str, name: str, judged: Judged, knowledge: Knowledge, goals: tuple[float, float] = OPENING_GOALS
) -> list[Figure]:
    """Return every figure that the labels of a set allow; a figure that no row is labelled for has no rows.

    Args:
        prefix: of the figures' ids, `section.set`.
        name: of the set, as the report shows it.
        judged: each message with what was made of it.
        knowledge: the practice's records.
        goals: of the first cause and of the right one among three, 0 to 1.
    """
    return [
        *_causes(prefix, name, judged, goals),
        *_red_flags(prefix, name, judged, knowledge),
        *_urgency(prefix, name, judged),
        *_scope(prefix, name, judged),
    ]


def found(flags: Iterable[frozenset[str]], judgement: Judgement, knowledge: Knowledge) -> bool:
    """Return whether each red flag, or any flag at least as urgent, is raised."""
    most = min((level.rank for level in judgement.flags.values()), default=Urgency.NONE.rank)
    return all(
        not ids.isdisjoint(judgement.flags) or most <= max(knowledge.red_flags[id_].level.rank for id_ in ids)
        for ids in flags
    )


def noticed(flags: Iterable[frozenset[str]], judgement: Judgement, knowledge: Knowledge) -> bool:
    """Return whether each red flag is raised, or the next question screens for it."""
    return all(
        found([ids], judgement, knowledge) or any(_screens(id_, judgement, knowledge) for id_ in ids) for ids in flags
    )


def misses(
    messages: MessageSet, judged: Judged, knowledge: Knowledge, way: Callable[[Message], str] = lambda _: ""
) -> Iterator[Miss]:
    """Yield what came out wrong, with the `way` to it; nothing of a blind set."""
    for message, judgement in judged if not messages.blind else ():
        wrong = list(_wrongs(message, judgement, knowledge))
        if wrong:
            expected, got, weights = zip(*wrong, strict=True)
            outcome = "; ".join(expected), "; ".join(got), max(weights)
            yield Miss(messages.name, message.id, message.text, *outcome, way(message))


def _causes(prefix: str, name: str, judged: Judged, goals: tuple[float, float]) -> list[Figure]:
    ranks = {message.key: judgement.rank(message.causes) for message, judgement in judged if message.causes}
    unclear = {
        message.key: judgement.fits_well for message, judgement in judged if message.none_fits and message.in_scope
    }
    return [
        share(f"{prefix}.first_cause", f"{name}: first cause right", _upto(ranks, 1), goal=goals[0]),
        share(f"{prefix}.three_causes", f"{name}: right cause among three", _upto(ranks, 3), goal=goals[1]),
        share(
            f"{prefix}.overclaimed",
            f"{name}: a cause said to fit well where none can be told",
            unclear,
            lower_is_better=True,
        ),
    ]


def _upto(ranks: Mapping[str, int], most: int) -> dict[str, bool]:
    return {key: rank <= most for key, rank in ranks.items()}


def _red_flags(prefix: str, name: str, judged: Judged, knowledge: Knowledge) -> list[Figure]:
    flagged = [(message, judgement) for message, judgement in judged if message.flags]
    calm = {
        message.key: judgement.alarm for message, judgement in judged if message.flags == () and _leaves_time(message)
    }

    def each(test: Callable[..., bool]) -> dict[str, bool]:
        return {message.key: test(message.flags, judgement, knowledge) for message, judgement in flagged}

    alarmed = {message.key: judgement.alarm for message, judgement in flagged}
    return [
        share(f"{prefix}.alarm_raised", f"{name}: any alarm where one is needed", alarmed, safety=True),
        share(f"{prefix}.red_flag_found", f"{name}: red flag found", each(found), goal=1.0, safety=True),
        share(
            f"{prefix}.red_flag_noticed", f"{name}: red flag raised or screened", each(noticed), goal=1.0, safety=True
        ),
        share(f"{prefix}.false_alarm", f"{name}: alarm raised without need", calm, goal=0.05, lower_is_better=True),
    ]


def _leaves_time(message: Message) -> bool:
    # A row may be labelled urgent without naming a red flag: an alarm is right there.
    return message.urgency not in (Urgency.EMERGENCY, Urgency.SAME_DAY)


def _urgency(prefix: str, name: str, judged: Judged) -> list[Figure]:
    advised = {
        message.key: Advised(judgement.urgency, message.urgency, message.least_urgency or message.urgency)
        for message, judgement in judged
        if message.urgency is not None
    }
    return score_urgency(prefix, name, advised)


def _scope(prefix: str, name: str, judged: Judged) -> list[Figure]:
    ours = {message.key: judgement.in_scope for message, judgement in judged if message.in_scope}
    others = {message.key: bool(judgement.causes) for message, judgement in judged if message.in_scope is False}
    neighbours = {message.key: is_handled_as_neighbour(judgement) for message, judgement in judged if message.neighbour}
    return [
        share(f"{prefix}.in_scope", f"{name}: kept in scope", ours),
        share(
            f"{prefix}.foreign_cause",
            f"{name}: foot or back cause for another part of the body",
            others,
            goal=0.03,
            lower_is_better=True,
        ),
        share(f"{prefix}.neighbour", f"{name}: knee or hip handled as a neighbour (no foot or back cause)", neighbours),
    ]


def is_handled_as_neighbour(judgement: Judgement) -> bool:
    """Return whether no cause is told but that the knee or hip itself is the matter; flags and urgency stand apart."""
    return set(judgement.told) <= neighbour_causes()


def _screens(flag_id: str, judgement: Judgement, knowledge: Knowledge) -> bool:
    question = judgement.question
    if question is None or not question.screening:
        return False
    raises = knowledge.red_flags[flag_id].raises
    return question.id == screening_id(flag_id) or not set(raises).isdisjoint(question.findings)


def _wrongs(message: Message, judgement: Judgement, knowledge: Knowledge) -> Iterator[tuple[str, str, float]]:
    leading = ", ".join(cause.id for cause in judgement.causes[:3]) or "no cause"
    raised = ", ".join(judgement.flags) or "no red flag"
    if message.flags and not found(message.flags, judgement, knowledge):
        asked = "" if not noticed(message.flags, judgement, knowledge) else ", asked next"
        yield "red flag " + ", ".join(" or ".join(sorted(ids)) for ids in message.flags), raised + asked, 100
    elif message.flags == () and judgement.alarm:
        yield "no alarm", raised, 50
    if message.in_scope is False and judgement.causes:
        yield "out of scope", leading, 40
    elif message.neighbour and not is_handled_as_neighbour(judgement):
        yield "no cause but the knee or hip itself", leading, 40
    elif message.in_scope and not judgement.in_scope:
        yield "in scope", "out of scope", 30
    if message.causes and (rank := judgement.rank(message.causes)) > 1:
        yield " or ".join(sorted(message.causes)), leading, min(rank, 20)
    if message.urgency and judgement.urgency is not message.urgency:
        yield message.urgency, judgement.urgency, 5
