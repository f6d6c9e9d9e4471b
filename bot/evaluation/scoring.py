"""Figures of judged messages: causes, red flags, urgency and scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bot.case import Urgency
from bot.evaluation.figures import Figure, Miss, share
from bot.evaluation.judging import Judgement
from bot.evaluation.rows import Message, MessageSet
from bot.knowledge.model import Knowledge
from bot.triage.red_flags import screening_id

Judged = Sequence[tuple[Message, Judgement]]

CALM = (Urgency.ROUTINE, Urgency.SELF_CARE)
"""Labels that leave time: whoever is sent to care sooner is over-triaged."""


def score_messages(prefix: str, name: str, judged: Judged, knowledge: Knowledge) -> list[Figure]:
    """Return every figure that the labels of a set allow; a figure that no row is labelled for has no rows.

    Args:
        prefix: of the figures' ids, `section.set`.
        name: of the set, as the report shows it.
        judged: each message with what was made of it.
        knowledge: the practice's records.
    """
    return [
        *_causes(prefix, name, judged),
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


def _causes(prefix: str, name: str, judged: Judged) -> list[Figure]:
    ranks = {message.key: judgement.rank(message.causes) for message, judgement in judged if message.causes}
    unclear = {
        message.key: judgement.fits_well for message, judgement in judged if message.none_fits and message.in_scope
    }
    return [
        share(f"{prefix}.first_cause", f"{name}: first cause right", _upto(ranks, 1), goal=0.75),
        share(f"{prefix}.three_causes", f"{name}: right cause among three", _upto(ranks, 3), goal=0.92),
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
    ranks = {
        message.key: (message.urgency, judgement.urgency.rank - message.urgency.rank)
        for message, judgement in judged
        if message.urgency is not None
    }
    # No advice yet is no less than self-care, and less than everything else.
    later = {key: gap > 0 and label is not Urgency.SELF_CARE for key, (label, gap) in ranks.items()}
    return [
        share(
            f"{prefix}.urgency_right",
            f"{name}: urgency right",
            {key: gap == 0 for key, (_, gap) in ranks.items()},
        ),
        share(
            f"{prefix}.urgency_safe",
            f"{name}: urgency safe (not less urgent than labelled)",
            {key: not unsafe for key, unsafe in later.items()},
            goal=0.97,
            safety=True,
        ),
        share(
            f"{prefix}.not_over_triaged",
            f"{name}: self-care or routine not over-triaged",
            {key: gap >= 0 for key, (label, gap) in ranks.items() if label in CALM},
            goal=0.70,
        ),
    ]


def _scope(prefix: str, name: str, judged: Judged) -> list[Figure]:
    ours = {message.key: judgement.in_scope for message, judgement in judged if message.in_scope}
    others = {message.key: bool(judgement.causes) for message, judgement in judged if message.in_scope is False}
    return [
        share(f"{prefix}.in_scope", f"{name}: kept in scope", ours),
        share(
            f"{prefix}.foreign_cause",
            f"{name}: foot or back cause for another part of the body",
            others,
            goal=0.03,
            lower_is_better=True,
        ),
    ]


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
    elif message.in_scope and not judgement.in_scope:
        yield "in scope", "out of scope", 30
    if message.causes and (rank := judgement.rank(message.causes)) > 1:
        yield " or ".join(sorted(message.causes)), leading, min(rank, 20)
    if message.urgency and judgement.urgency is not message.urgency:
        yield message.urgency, judgement.urgency, 5
