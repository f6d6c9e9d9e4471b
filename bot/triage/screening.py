"""The questions that look for red flags; they come before any question about causes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from bot.case import Case, Choice, Question, Status, Urgency
from bot.knowledge.checks import leaves
from bot.knowledge.model import AskedThing, FindingKind, Knowledge, RedFlag, ScreenQuestion
from bot.triage.evidence import Evidence
from bot.triage.red_flags import find_suspects, is_question_open, open_findings, screening_id
from bot.triage.regions import name_regions, named_places
from bot.triage.scope import is_in_scope

LISTS_BY = 5
"""Questions in all after which lists go before every other screening question, so that the limit never cuts one."""

_THREE = 3

_MOST_TODAY = 2
"""Questions in all after which somebody who is to be seen today is asked for emergencies alone."""

YES, NO, UNSURE, NONE = "yes", "no", "unsure", "none"
"""Ids of the choices that are not findings."""


def next_screening(
    case: Case, evidence: Evidence, fired: Mapping[str, Urgency], knowledge: Knowledge
) -> Question | None:
    """Return the screening question to put next, None when the required set is answered.

    Required are the question of every red flag under suspicion, the lists of the short screen for the regions that
    were named (the general list where none fits) and the questions of the red flags that belong to such a region. The
    most urgent suspicion comes first; one that an open list covers is asked through that list, so that nothing is
    asked twice. Once something has to be seen today, what only belongs to the region is still asked for where it may be
    an emergency.

    Args:
        case: everything said so far.
        evidence: what `gather_evidence` makes of the case.
        fired: ids and levels of the red flags that hold already.
        knowledge: the practice's records.
    """
    today = Urgency.SAME_DAY in fired.values()
    asked = emergency_signs(knowledge) if today else warning_signs(knowledge)
    screens = [
        screen for screen in _required_screens(case, evidence, knowledge) if asked.intersection(_open(screen, evidence))
    ]
    regional = (
        flag
        for flag in _regional_flags(case, evidence, fired, knowledge)
        if not today or flag.level is Urgency.EMERGENCY
    )
    flags = (*find_suspects(case, evidence, fired, knowledge), *regional)
    if today and len(case.asked) >= _MOST_TODAY:
        flags = tuple(flag for flag in flags if flag.level is Urgency.EMERGENCY)
    if screens and (not flags or len(case.asked) >= LISTS_BY):
        return _ask_screen(screens[0], evidence, asked, knowledge)
    if not flags:
        return None
    wanted = open_findings(flags[0].raises, evidence)
    covering = next((screen for screen in screens if set(wanted) <= set(screen.findings)), None)
    if covering is None:
        return _ask_flag(flags[0], evidence, knowledge)
    return _ask_screen(covering, evidence, asked.union(wanted), knowledge)


def closed_choices(knowledge: Knowledge) -> tuple[Choice, ...]:
    """Return the choices of a question about one thing."""
    words = knowledge.interview
    return Choice(YES, words.yes), Choice(NO, words.no), Choice(UNSURE, words.unsure)


def many_choices(finding_ids: Iterable[str], knowledge: Knowledge) -> tuple[Choice, ...]:
    """Return the choices of a tick-many question: the findings, then none of them, then not sure."""
    words = knowledge.interview
    findings = (Choice(finding_id, knowledge.findings[finding_id].label) for finding_id in finding_ids)
    return *findings, Choice(NONE, words.none, alone=True), Choice(UNSURE, words.unsure)


def _required_screens(case: Case, evidence: Evidence, knowledge: Knowledge) -> list[ScreenQuestion]:
    if named_places(evidence, knowledge) and not is_in_scope(evidence, knowledge):
        return []
    regions = name_regions(evidence, knowledge)
    fitting = [screen for screen in knowledge.screen if not regions.keys().isdisjoint(screen.regions)]
    return [
        screen
        for screen in fitting or (screen for screen in knowledge.screen if not screen.regions)
        if screening_id(screen.id) not in case.asked and open_findings(screen.findings, evidence)
    ]


def _regional_flags(case: Case, evidence: Evidence, fired: Collection[str], knowledge: Knowledge) -> list[RedFlag]:
    regions = name_regions(evidence, knowledge)
    return [
        record
        for record in knowledge.red_flags.values()
        if not regions.keys().isdisjoint(record.regions)
        and record.id not in fired
        and is_question_open(record, case, evidence)
    ]


def _ask_flag(record: RedFlag, evidence: Evidence, knowledge: Knowledge) -> Question:
    return Question(
        id=screening_id(record.id),
        text=record.question,
        choices=closed_choices(knowledge),
        findings=open_findings(record.raises, evidence),
        screening=True,
        why=knowledge.interview.why_screening,
    )


def _ask_screen(screen: ScreenQuestion, evidence: Evidence, asked: Collection[str], knowledge: Knowledge) -> Question:
    findings = tuple(finding for finding in _open(screen, evidence) if finding in asked)
    return screen_question(screen, findings, knowledge)


def _open(screen: ScreenQuestion, evidence: Evidence) -> tuple[str, ...]:
    return open_findings(screen.findings, evidence)


def screen_question(screen: ScreenQuestion, findings: tuple[str, ...], knowledge: Knowledge, put: int = 0) -> Question:
    """Return the question for some findings of a list, in one sentence; `put` is how often it was put before."""
    words = knowledge.interview
    sentences = (words.screen_first, words.screen_again, words.screen_last)
    things = (_thing(thing, findings, knowledge) for thing in screen.asked)
    return Question(
        id=screening_id(screen.id),
        text=words.screen_which,
        choices=many_choices(findings, knowledge),
        findings=findings,
        many=True,
        screening=True,
        why=screen.why or words.why_screening,
        sentence=sentences[min(put, len(sentences) - 1)].format(
            things=in_a_row([thing for thing in things if thing], words.either)
        ),
        put=put,
    )


def put_again(question: Question, case: Case, knowledge: Knowledge) -> Question:
    """Return the question as it comes again: without what was answered meanwhile, shorter, in other words."""
    left = tuple(item for item in question.findings if case.status_of(item) not in (Status.PRESENT, Status.ABSENT))
    screen = next((item for item in knowledge.screen if screening_id(item.id) == question.id), None)
    if screen is not None and question.sentence:
        return screen_question(screen, left or question.findings, knowledge, question.put + 1)
    return replace(question, text=_text_again(question, knowledge), put=question.put + 1)


def _text_again(question: Question, knowledge: Knowledge) -> str:
    words = knowledge.interview
    if question.many:
        return words.again_many
    asked = [knowledge.findings[item].asked for item in question.findings if item in knowledge.findings]
    return words.again_closed.format(things=in_a_row(asked, words.either)) if asked else question.text


def shown_choices(question: Question, knowledge: Knowledge) -> tuple[Choice, ...]:
    """Return the choices that a visitor sees: three for a list in one sentence."""
    words = knowledge.interview
    if not question.sentence:
        return question.choices
    return Choice(NONE, words.none_in_sentence), Choice(YES, words.one_of_them), Choice(UNSURE, words.unsure)


def in_a_row(things: Sequence[str], either: str) -> str:
    """Return words in a row as a sentence lists them: "a, b, or c"; `either` is the word before the last."""
    if len(things) < _THREE:
        return f" {either} ".join(things)
    return f"{', '.join(things[:-1])}, {either} {things[-1]}"


def _thing(thing: AskedThing, findings: Collection[str], knowledge: Knowledge) -> str:
    """Return the words of a thing, or of what is left of it."""
    left = [item for item in thing.findings if item in findings]
    if len(left) == len(thing.findings):
        return thing.words
    return in_a_row([knowledge.findings[item].asked for item in left], knowledge.interview.either)


def emergency_signs(knowledge: Knowledge) -> frozenset[str]:
    """Return the findings that may make an emergency, of what the screening questions ask for."""
    urgent = {item for flag in knowledge.red_flags.values() for item in leaves(flag.escalate)}
    emergencies = (flag for flag in knowledge.red_flags.values() if flag.level is Urgency.EMERGENCY)
    urgent |= {item for flag in emergencies for item in leaves(flag.criteria)}
    alarms = {item for item in urgent if knowledge.findings[item].kind is FindingKind.ALARM}
    return warning_signs(knowledge) & alarms


def warning_signs(knowledge: Knowledge) -> frozenset[str]:
    """Return the findings that the screening questions ask for."""
    asked = {item for screen in knowledge.screen for item in screen.findings}
    return frozenset(asked.union(item for flag in knowledge.red_flags.values() for item in flag.raises))


def is_told_back(finding_id: str, knowledge: Knowledge) -> bool:
    """Return whether a finding is named when a case is read back.

    Left out are alarm findings that nothing asks for: they only mark how a message is worded ("since yesterday").
    """
    record = knowledge.findings.get(finding_id)
    if record is None:
        return False
    return record.kind is not FindingKind.ALARM or finding_id in warning_signs(knowledge)
