"""Tell treatment options, and what must be known before one is described."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.case import Case, Question, Urgency, most_urgent
from bot.knowledge.model import Exercise, Knowledge, Treatment
from bot.triage.evidence import Evidence, gather_evidence
from bot.triage.explanation import cite
from bot.triage.red_flags import fired_levels
from bot.triage.result import ExerciseOption, TreatmentOption
from bot.triage.screening import many_choices

CAUTIONS = "ask_cautions"
"""Beginning of the id of a question for what forbids a treatment."""

MOST_CAUTIONS = 7
"""Most findings that one such question asks for; the others are told as a condition."""

MOST_EXERCISES = 4
"""Most single exercises that are offered."""


def explain_treatments(case: Case, cause_ids: Sequence[str], knowledge: Knowledge) -> tuple[TreatmentOption, ...]:
    """Return the options for the causes, the founding article's five always among them.

    Options for the first cause come first. None is returned beside an emergency; while a red flag waits for care on
    the same day none is described. "Not sure" about what forbids a treatment forbids it.
    """
    level = most_urgent(fired_levels(case, knowledge).values())
    if level is Urgency.EMERGENCY:
        return ()
    evidence = gather_evidence(case, knowledge)
    waiting = knowledge.interview.blocked_by_flag if level is Urgency.SAME_DAY else ""
    return tuple(
        _option(treatment, waiting or _blocked(treatment, evidence, knowledge), cause_ids, evidence, knowledge)
        for treatment in _fitting(cause_ids, knowledge)
    )


def unasked_cautions(case: Case, options: Iterable[TreatmentOption], knowledge: Knowledge) -> tuple[str, ...]:
    """Return the findings not yet known that would forbid describing one of the options, each once.

    What a number of the case tells (an age) is not asked for.
    """
    known = gather_evidence(case, knowledge).known.union(item.finding for item in knowledge.derived_findings)
    described = [option for option in options if option.how]
    forbidding = [finding_id for option in described for finding_id in knowledge.treatments[option.id].blocked_by]
    forbidding += [finding_id for option in described for item in option.exercises for finding_id in item.unknown]
    return tuple(finding_id for finding_id in dict.fromkeys(forbidding) if finding_id not in known)


def caution_question(case: Case, options: Sequence[TreatmentOption], knowledge: Knowledge) -> Question | None:
    """Return the one question to put before these options are described, None when it was put or nothing is left.

    It is no screening question: an "unsure" keeps its options back without raising a red flag.
    """
    findings = unasked_cautions(case, options, knowledge)[:MOST_CAUTIONS]
    question_id = "_".join((CAUTIONS, *(option.id for option in options)))
    if not findings or question_id in case.asked:
        return None
    words = knowledge.interview
    choices = many_choices(findings, knowledge)
    return Question(question_id, words.cautions, choices, findings, many=True, why=words.cautions_why)


def _fitting(cause_ids: Sequence[str], knowledge: Knowledge) -> list[Treatment]:
    fitting: dict[str, Treatment] = {}
    for cause_id in cause_ids:
        named = knowledge.causes[cause_id].treatments if cause_id in knowledge.causes else ()
        fitting |= {treatment_id: knowledge.treatments[treatment_id] for treatment_id in named}
        fitting |= {item.id: item for item in knowledge.treatments.values() if cause_id in item.causes}
    fitting |= {item.id: item for item in knowledge.treatments.values() if item.in_article}
    return list(fitting.values())


def _blocked(treatment: Treatment, evidence: Evidence, knowledge: Knowledge) -> str:
    """Return why a treatment is not described: what applies of its cautions, else what forbids it by name."""
    doubtful = evidence.present | evidence.unsure
    texts = [caution.text for caution in treatment.cautions if not doubtful.isdisjoint(caution.findings)]
    forbidding = [found for found in treatment.blocked_by if found in doubtful]
    if texts or not forbidding:
        return " ".join(texts)
    names = ", ".join(knowledge.findings[finding_id].name for finding_id in forbidding)
    return knowledge.interview.blocked.format(findings=names)


def _option(
    treatment: Treatment, blocked: str, cause_ids: Collection[str], evidence: Evidence, knowledge: Knowledge
) -> TreatmentOption:
    return TreatmentOption(
        id=treatment.id,
        name=treatment.name,
        summary=treatment.summary,
        how="" if blocked else treatment.how,
        evidence=treatment.evidence,
        time_to_effect=treatment.time_to_effect,
        cautions=tuple(caution.text for caution in treatment.cautions),
        blocked=blocked,
        sources=cite(treatment.sources, knowledge),
        strength=treatment.strength,
        exercises=() if blocked else _exercises(treatment.exercises, cause_ids, evidence),
    )


def _exercises(
    exercises: Iterable[Exercise], cause_ids: Collection[str], evidence: Evidence
) -> tuple[ExerciseOption, ...]:
    doubtful = evidence.present | evidence.unsure
    fitting = [
        ExerciseOption(item.id, item.name, item.how, item.evidence, item.caution, _open(item.blocked_by, evidence))
        for item in exercises
        if not set(item.causes).isdisjoint(cause_ids) and doubtful.isdisjoint(item.blocked_by)
    ]
    return tuple(fitting[:MOST_EXERCISES])


def _open(finding_ids: Iterable[str], evidence: Evidence) -> tuple[str, ...]:
    return tuple(finding_id for finding_id in finding_ids if finding_id not in evidence.known)
