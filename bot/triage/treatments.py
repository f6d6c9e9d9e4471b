"""Tell treatment options, and what must be known before one is described."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.case import Case, Question, Urgency, most_urgent
from bot.knowledge.model import Knowledge, Treatment
from bot.triage.evidence import Evidence, gather_evidence
from bot.triage.explanation import cite
from bot.triage.red_flags import fired_levels
from bot.triage.result import TreatmentOption
from bot.triage.screening import many_choices


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
        _option(treatment, waiting or _blocked(treatment, evidence, knowledge), knowledge)
        for treatment in _fitting(cause_ids, knowledge)
    )


def unasked_cautions(case: Case, options: Iterable[TreatmentOption], knowledge: Knowledge) -> tuple[str, ...]:
    """Return the findings not yet known that would forbid describing one of the options, each once."""
    known = gather_evidence(case, knowledge).known
    forbidding = (
        finding_id for option in options if option.how for finding_id in knowledge.treatments[option.id].blocked_by
    )
    return tuple(finding_id for finding_id in dict.fromkeys(forbidding) if finding_id not in known)


def caution_question(case: Case, options: Iterable[TreatmentOption], knowledge: Knowledge) -> Question | None:
    """Return the one question to put before any option is described, None when nothing is left to ask.

    It is no screening question: an "unsure" keeps its options back without raising a red flag.
    """
    findings = unasked_cautions(case, options, knowledge)
    if not findings or "ask_cautions" in case.asked:
        return None
    words = knowledge.interview
    choices = many_choices(findings, knowledge)
    return Question("ask_cautions", words.cautions, choices, findings, many=True, why=words.cautions_why)


def _fitting(cause_ids: Sequence[str], knowledge: Knowledge) -> list[Treatment]:
    fitting: dict[str, Treatment] = {}
    for cause_id in cause_ids:
        named = knowledge.causes[cause_id].treatments if cause_id in knowledge.causes else ()
        fitting |= {treatment_id: knowledge.treatments[treatment_id] for treatment_id in named}
        fitting |= {item.id: item for item in knowledge.treatments.values() if cause_id in item.causes}
    fitting |= {item.id: item for item in knowledge.treatments.values() if item.in_article}
    return list(fitting.values())


def _blocked(treatment: Treatment, evidence: Evidence, knowledge: Knowledge) -> str:
    forbidding = [found for found in treatment.blocked_by if found in evidence.present | evidence.unsure]
    if not forbidding:
        return ""
    texts = [caution.text for caution in treatment.cautions if not set(caution.findings).isdisjoint(forbidding)]
    names = ", ".join(knowledge.findings[finding_id].name for finding_id in forbidding)
    return " ".join(texts) or knowledge.interview.blocked.format(findings=names)


def _option(treatment: Treatment, blocked: str, knowledge: Knowledge) -> TreatmentOption:
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
    )
