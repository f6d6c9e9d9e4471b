"""Check records against each other: every reference resolves, every phrase means one thing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from string import Formatter

from bot.case import Urgency
from bot.errors import KnowledgeError
from bot.knowledge.model import Criterion, Interview, Knowledge, RedFlag

OTHER = "other_or_unclear"
PLACEHOLDERS = frozenset({"emergency_number", "practice_phone", "crisis_line"})
_FLAG_LEVELS = (Urgency.EMERGENCY, Urgency.SAME_DAY, Urgency.SOON)

_Reference = tuple[Path, str, str, str]  # file, record id, field, the id that is referred to


def check_knowledge(folder: Path, knowledge: Knowledge, priors: Mapping[str, float]) -> None:
    """Raise KnowledgeError, with file, record, field and what to do, at the first thing that does not hold."""
    resolve(_finding_references(folder, knowledge), knowledge.findings, "finding", "findings/")
    resolve(_cause_references(folder, knowledge, priors), {*knowledge.causes, OTHER}, "cause", "causes/")
    resolve(_source_references(folder, knowledge), knowledge.sources, "source", "sources.yml")
    resolve(_region_references(folder, knowledge), knowledge.region_priors, "region", "'region_priors' of scales.yml")
    resolve(_group_references(folder, knowledge), {item.id for item in knowledge.interview.groups}, "group", "'groups'")
    _check_phrases(folder / "findings", {item.id: item.phrases for item in knowledge.findings.values()})
    _check_phrases(folder / "sites.yml", {item.id: item.phrases for item in knowledge.sites.values()})
    _check_phrases(folder / "causes", {item.id: item.phrases for item in knowledge.causes.values()})
    _check_phrases(folder / "treatments.yml", {item.id: item.phrases for item in knowledge.treatments.values()})
    _check_phrases(folder / "fears.yml", {item.id: item.phrases for item in knowledge.fears.values()})
    _check_fears(folder / "fears.yml", knowledge)
    _check_sites_against_findings(folder, knowledge)
    _check_doubled_signs(folder, knowledge)
    for flag in knowledge.red_flags.values():
        _check_red_flag(folder / "red_flags.yml", flag)


def _error(path: Path, record: str, field: str, problem: str) -> KnowledgeError:
    return KnowledgeError(f"{path}: record {record!r}, field {field!r}: {problem}")


def resolve(references: Iterable[_Reference], known: Collection[str], noun: str, where: str) -> None:
    """Raise KnowledgeError at the first reference that `known` does not have; `noun` and `where` say what to add."""
    for path, record, field, wanted in references:
        if wanted not in known:
            problem = f"there is no {noun} {wanted!r}. Correct the id or add the {noun} to {where}."
            raise _error(path, record, field, problem)


def each(path: Path, record: str, field: str, wanted: Iterable[str]) -> Iterator[_Reference]:
    """Yield the references from one field of a record."""
    return ((path, record, field, item) for item in wanted)


def _finding_references(folder: Path, knowledge: Knowledge) -> Iterator[_Reference]:
    for finding in knowledge.findings.values():
        yield from each(folder / "findings", finding.id, "implies", finding.implies)
    for site in knowledge.sites.values():
        yield from each(folder / "sites.yml", site.id, "finding", [site.finding] if site.finding else [])
    for cause in knowledge.causes.values():
        path = folder / "causes" / f"{cause.id}.yml"
        yield from each(path, cause.id, "signs", (sign.finding for sign in cause.signs))
        yield from each(path, cause.id, "against", cause.against)
        asked = (finding for item in cause.confused_with for finding in item.findings)
        yield from each(path, cause.id, "confused_with", asked)
    for question in knowledge.screen:
        yield from each(folder / "screen.yml", question.id, "asked", question.findings)
    yield from _treatment_findings(folder / "treatments.yml", knowledge)
    yield from _red_flag_findings(folder / "red_flags.yml", knowledge)
    for rule in knowledge.sooner:
        yield from each(folder / "urgency.yml", rule.id, "criteria", leaves(rule.criteria))
    yield from _scale_findings(folder / "scales.yml", knowledge)
    yield from _interview_findings(folder / "interview.yml", knowledge.interview)


def _treatment_findings(path: Path, knowledge: Knowledge) -> Iterator[_Reference]:
    for treatment in knowledge.treatments.values():
        yield from each(path, treatment.id, "blocked_by", treatment.blocked_by)
        for caution in treatment.cautions:
            yield from each(path, treatment.id, "cautions", caution.findings)
        for exercise in treatment.exercises:
            yield from each(path, exercise.id, "blocked_by", exercise.blocked_by)


def _red_flag_findings(path: Path, knowledge: Knowledge) -> Iterator[_Reference]:
    for flag in knowledge.red_flags.values():
        yield from each(path, flag.id, "raises", flag.raises)
        for field in ("criteria", "escalate", "suspicion"):
            yield from each(path, flag.id, field, leaves(getattr(flag, field)))


def _scale_findings(path: Path, knowledge: Knowledge) -> Iterator[_Reference]:
    yield from each(path, "prior_modifiers", "finding", (item.finding for item in knowledge.prior_modifiers))
    yield from each(path, "correlated", "", (item for group in knowledge.correlated for item in group))
    yield from each(path, "back_pointers", "", knowledge.back_pointers)
    yield from each(path, "foot_pointers", "", knowledge.foot_pointers)
    yield from each(path, "derived_findings", "finding", (item.finding for item in knowledge.derived_findings))
    yield from each(path, "child_finding", "", [knowledge.child_finding])


def _interview_findings(path: Path, interview: Interview) -> Iterator[_Reference]:
    yield from each(path, "interview", "places", interview.places)
    for place, within in interview.places_within.items():
        yield from each(path, "interview", "places_within", (place, *within))
    for field in ("scope", "lesser_places", "vague_places", "skin_signs", "spanning", "mentions", "unsaid"):
        yield from each(path, "interview", field, getattr(interview, field))
    for group in interview.groups:
        yield from each(path, group.id, "findings", group.findings)
        yield from each(path, group.id, "beside", group.beside)
    for check in interview.checks:
        yield from each(path, check.id, "checks", (check.finding, *check.unless))
    for rule in interview.regions:
        yield from each(path, rule.region, "needs", (finding for need in rule.needs for finding in need))


def _group_references(folder: Path, knowledge: Knowledge) -> Iterator[_Reference]:
    for group in knowledge.interview.groups:
        yield from each(folder / "interview.yml", group.id, "instead_of", group.instead_of)


def leaves(criterion: Criterion | None) -> Iterator[str]:
    """Yield the ids of all findings that a criterion looks at."""
    if criterion is None:
        return
    if criterion.finding is not None:
        yield criterion.finding
    for part in criterion.parts:
        yield from leaves(part)


def _cause_references(folder: Path, knowledge: Knowledge, priors: Mapping[str, float]) -> Iterator[_Reference]:
    yield from each(folder / "scales.yml", "priors", "", priors)
    for region, shares in knowledge.region_priors.items():
        yield from each(folder / "scales.yml", "region_priors", region, shares)
    for modifier in knowledge.prior_modifiers:
        yield from each(folder / "scales.yml", "prior_modifiers", modifier.finding, modifier.factors)
    for cause in knowledge.causes.values():
        path = folder / "causes" / f"{cause.id}.yml"
        yield from each(path, cause.id, "confused_with", (item.cause for item in cause.confused_with))
    for rule in knowledge.sooner:
        yield from each(folder / "urgency.yml", rule.id, "causes", rule.causes)
    for treatment in knowledge.treatments.values():
        yield from each(folder / "treatments.yml", treatment.id, "causes", treatment.causes)
        for exercise in treatment.exercises:
            yield from each(folder / "treatments.yml", exercise.id, "causes", exercise.causes)


def _source_references(folder: Path, knowledge: Knowledge) -> Iterator[_Reference]:
    for cause in knowledge.causes.values():
        path = folder / "causes" / f"{cause.id}.yml"
        yield from each(path, cause.id, "sources", cause.sources)
        yield from each(path, cause.id, "signs", (sign.source for sign in cause.signs if sign.source))
    for rule in knowledge.sooner:
        yield from each(folder / "urgency.yml", rule.id, "sources", rule.sources)
    for treatment in knowledge.treatments.values():
        yield from each(folder / "treatments.yml", treatment.id, "sources", treatment.sources)
    for flag in knowledge.red_flags.values():
        yield from each(folder / "red_flags.yml", flag.id, "sources", flag.sources)
    for question in knowledge.screen:
        yield from each(folder / "screen.yml", question.id, "sources", question.sources)
    for link in knowledge.foot_back_links:
        yield from each(folder / "foot_back.yml", link.claim, "sources", link.sources)
    for modifier in knowledge.prior_modifiers:
        yield from each(folder / "scales.yml", "prior_modifiers", modifier.finding, modifier.sources)


def _region_references(folder: Path, knowledge: Knowledge) -> Iterator[_Reference]:
    for site in knowledge.sites.values():
        yield from each(folder / "sites.yml", site.id, "region", [site.region] if site.region else [])
    for flag in knowledge.red_flags.values():
        yield from each(folder / "red_flags.yml", flag.id, "regions", flag.regions)
    for question in knowledge.screen:
        yield from each(folder / "screen.yml", question.id, "regions", question.regions)
    path = folder / "interview.yml"
    yield from each(path, "interview", "regions", (rule.region for rule in knowledge.interview.regions))


def _check_phrases(path: Path, phrases: Mapping[str, Iterable[str]]) -> None:
    owners: dict[str, str] = {}
    for record, own in phrases.items():
        for phrase in own:
            if phrase != phrase.lower():
                raise _error(path, record, "phrases", f"{phrase!r} has capitals. Write phrases in lower case.")
            if phrase in owners:
                problem = (
                    f"{phrase!r} belongs to {owners[phrase]!r} too. A phrase means one thing: delete one of the two."
                )
                raise _error(path, record, "phrases", problem)
            owners[phrase] = record


def _check_fears(path: Path, knowledge: Knowledge) -> None:
    for fear in knowledge.fears.values():
        resolve(each(path, fear.id, "signs", fear.signs), knowledge.findings, "finding", "findings/")
        resolve(each(path, fear.id, "causes", fear.causes), knowledge.causes, "cause", "causes/")
        resolve(each(path, fear.id, "red_flags", fear.red_flags), knowledge.red_flags, "red flag", "red_flags.yml")
        resolve(each(path, fear.id, "sources", fear.sources), knowledge.sources, "source", "sources.yml")
        check_placeholders(path, fear.id, "change", fear.change)


def _check_sites_against_findings(folder: Path, knowledge: Knowledge) -> None:
    owners = {phrase: finding.id for finding in knowledge.findings.values() for phrase in finding.phrases}
    for site in knowledge.sites.values():
        for phrase in site.phrases:
            if phrase in owners and owners[phrase] != site.finding:
                problem = (
                    f"{phrase!r} is a phrase of the finding {owners[phrase]!r}. Delete it here or name that finding."
                )
                raise _error(folder / "sites.yml", site.id, "phrases", problem)


def _check_doubled_signs(folder: Path, knowledge: Knowledge) -> None:
    for cause in knowledge.causes.values():
        path = folder / "causes" / f"{cause.id}.yml"
        seen: set[str] = set()
        for sign in cause.signs:
            if sign.finding in seen:
                raise _error(path, cause.id, "signs", f"{sign.finding!r} stands twice. Keep one of the two.")
            seen.add(sign.finding)


def _check_red_flag(path: Path, flag: RedFlag) -> None:
    if flag.level not in _FLAG_LEVELS:
        allowed = ", ".join(level.value for level in _FLAG_LEVELS)
        raise _error(
            path, flag.id, "level", f"{flag.level.value!r} is not a level of a red flag. Use one of: {allowed}."
        )
    if (flag.escalate is None) != (not flag.escalated_advice):
        raise _error(path, flag.id, "escalated_advice", "goes together with 'escalate'. Write both or neither.")
    if (flag.suspicion or flag.regions) and not (flag.question and flag.raises):
        raise _error(path, flag.id, "question", "is asked on suspicion, so 'question' and 'raises' are needed.")
    for field in ("advice", "escalated_advice"):
        check_placeholders(path, flag.id, field, getattr(flag, field))


def check_placeholders(path: Path, record: str, field: str, text: str) -> None:
    """Raise KnowledgeError where a text holds a placeholder that nothing fills in."""
    try:
        names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        raise _error(path, record, field, "has a curly bracket that does not close. Correct it.") from None
    if unknown := sorted(names - PLACEHOLDERS):
        allowed = ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))
        raise _error(path, record, field, f"has an unknown placeholder {unknown}. Use only {allowed}.")
