"""Build the questions of the interview, and build one again from its id."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot.case import Case, Question, Status, Tense
from bot.knowledge.model import Cause, Confusion, HomeCheck, Knowledge, QuestionGroup
from bot.triage.red_flags import screening_id
from bot.triage.screening import closed_choices, many_choices, screen_question

WHERE = "ask_where"
"""Id of the question for the place."""

CHECK = "check_"
"""How the ids of home checks begin."""


def closed_id(finding_id: str) -> str:
    """Return the id of the closed question about a finding."""
    return f"ask_{finding_id}"


def group_id(group: QuestionGroup) -> str:
    """Return the id of the tick-many question of a group."""
    return f"group_{group.id}"


def offered_before(case: Case, knowledge: Knowledge) -> frozenset[str]:
    """Return the findings that a list offered which was put already: what was not ticked there is not asked again."""
    lists = (list(_of_list(question_id, knowledge)) for question_id in case.asked)
    return frozenset(finding for findings in lists if len(findings) > 1 for finding in findings)


def _of_list(question_id: str, knowledge: Knowledge) -> Iterator[str]:
    if question_id == WHERE:
        yield from knowledge.interview.places
        yield from (place for within in knowledge.interview.places_within.values() for place in within)
    for group in knowledge.interview.groups:
        if group_id(group) == question_id:
            yield from group.findings
    for cause in knowledge.causes.values():
        for item in cause.confused_with:
            if contrast_id(cause.id, item.cause) == question_id:
                yield from item.findings


def places_within(told: Collection[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Return the places that the question for the place offers beside those that were told."""
    words = knowledge.interview
    within = (words.places_within.get(item) for item in words.vague_places if item in told)
    return next((places for places in within if places), words.places)


def where_question(places: Sequence[str], knowledge: Knowledge) -> Question:
    """Return the question for the place that offers `places`."""
    words = knowledge.interview
    return Question(WHERE, words.where, many_choices(places, knowledge), tuple(places), many=True, why=words.where_why)


def closed_question(finding_id: str, why: str, knowledge: Knowledge) -> Question:
    """Return the closed question about one finding; `why` stands in where the finding has no reason of its own."""
    record = knowledge.findings[finding_id]
    choices = closed_choices(knowledge)
    return Question(closed_id(finding_id), record.question, choices, (finding_id,), why=record.help or why)


def group_question(group: QuestionGroup, offered: Sequence[str], why: str, knowledge: Knowledge) -> Question:
    """Return the tick-many question that offers some findings of a group."""
    choices = many_choices(offered, knowledge)
    return Question(group_id(group), group.text, choices, tuple(offered), many=True, why=group.why or why)


def contrast_id(cause_id: str, other_id: str) -> str:
    """Return the id of the question of one cause that tells it from another one."""
    return f"contrast_{cause_id}_or_{other_id}"


def contrast_question(
    cause: Cause, confusion: Confusion, offered: Sequence[str], why: str, knowledge: Knowledge
) -> Question:
    """Return the tick-many question that tells two causes apart."""
    question_id = contrast_id(cause.id, confusion.cause)
    choices = many_choices(offered, knowledge)
    return Question(question_id, confusion.question, choices, tuple(offered), many=True, why=why)


def check_id(check: HomeCheck) -> str:
    """Return the id of the question of a home check."""
    return f"{CHECK}{check.id}"


def check_question(check: HomeCheck, knowledge: Knowledge) -> Question:
    """Return the closed question with which a home check is described and asked for."""
    return Question(check_id(check), check.text, closed_choices(knowledge), (check.finding,), why=check.why)


def question_again(question_id: str, case: Case, knowledge: Knowledge) -> Question | None:
    """Return the question of that id as it can be put again, None for an id that the interview does not build.

    A tick-many question offers everything but what was told in words.
    """
    checks = knowledge.interview.checks
    return (
        _screening_again(question_id, case, knowledge)
        or _group_again(question_id, case, knowledge)
        or _closed_again(question_id, knowledge)
        or _contrast_again(question_id, case, knowledge)
        or next((check_question(check, knowledge) for check in checks if check_id(check) == question_id), None)
    )


def _contrast_again(question_id: str, case: Case, knowledge: Knowledge) -> Question | None:
    why = knowledge.interview.why_again
    for cause in knowledge.causes.values():
        for item in cause.confused_with:
            if contrast_id(cause.id, item.cause) == question_id and item.findings:
                return contrast_question(cause, item, _offered_again(item.findings, case), why, knowledge)
    return None


def _closed_again(question_id: str, knowledge: Knowledge) -> Question | None:
    finding_id = question_id.removeprefix("ask_")
    if closed_id(finding_id) != question_id or finding_id not in knowledge.findings:
        return None
    return closed_question(finding_id, knowledge.interview.why_again, knowledge)


def _group_again(question_id: str, case: Case, knowledge: Knowledge) -> Question | None:
    if question_id == WHERE:
        places = places_within(case.having(Status.PRESENT), knowledge)
        return where_question(_offered_again(places, case), knowledge)
    for group in knowledge.interview.groups:
        if group_id(group) == question_id:
            return group_question(group, _offered_again(group.findings, case), knowledge.interview.why_again, knowledge)
    return None


def _screening_again(question_id: str, case: Case, knowledge: Knowledge) -> Question | None:
    why = knowledge.interview.why_screening
    for screen in knowledge.screen:
        if screening_id(screen.id) == question_id:
            offered = _offered_again(screen.findings, case)
            return replace(screen_question(screen, offered, knowledge), sentence="", why=why)
    for flag in knowledge.red_flags.values():
        if screening_id(flag.id) == question_id and flag.question and flag.raises:
            findings = _offered_again(flag.raises, case)
            return Question(question_id, flag.question, closed_choices(knowledge), findings, screening=True, why=why)
    return None


def _offered_again(finding_ids: Sequence[str], case: Case) -> tuple[str, ...]:
    # What was read in a message has a place in its text; what was pressed has none.
    pressed = {item.id for item in case.findings if item.tense is Tense.NOW and item.start == item.end}
    known = {item.id for item in case.findings if item.tense is Tense.NOW}
    again = tuple(finding_id for finding_id in finding_ids if finding_id in pressed or finding_id not in known)
    return again or tuple(finding_ids)
