"""A small knowledge base made by hand, so that each test of triage sees every number that it depends on."""

import datetime as dt
from dataclasses import fields, replace
from zoneinfo import ZoneInfo

from bot.case import Case, Finding, Status, Urgency
from bot.knowledge.model import (
    AskedThing,
    Cause,
    Caution,
    Criterion,
    Cues,
    DerivedFinding,
    FindingKind,
    FindingRecord,
    Frequency,
    Interview,
    Knowledge,
    Practice,
    PriorModifier,
    QuestionGroup,
    RedFlag,
    RegionRule,
    ScreenQuestion,
    Sign,
    Site,
    Source,
    Treatment,
)

BACKGROUND = {FindingKind.LOCATION: 0.03, FindingKind.SIGN: 0.04, FindingKind.CONTEXT: 0.25, FindingKind.ALARM: 0.01}


def finding(finding_id, kind, implies=(), help=""):
    return FindingRecord(
        id=finding_id,
        name=f"the {finding_id}",
        question=f"Do you have {finding_id}?",
        label=f"{finding_id} to tick",
        said=f"there is {finding_id}",
        said_not=f"there is no {finding_id}",
        asked=f"some {finding_id}",
        help=help,
        phrases=(finding_id,),
        kind=kind,
        background=BACKGROUND.get(kind, 0.12),
        implies=tuple(implies),
    )


def cause(cause_id, prior, signs, against=(), urgency=Urgency.ROUTINE, treatments=()):
    return Cause(
        id=cause_id,
        name=f"name of {cause_id}",
        phrases=(cause_id,),
        summary=f"what {cause_id} is",
        prior=prior,
        signs=tuple(Sign(name, Frequency(often), how, None) for name, often, how in signs),
        against=tuple(against),
        foot_back=f"how {cause_id} links foot and back",
        self_care=(),
        clinic_care=(),
        course="",
        see={},
        urgency=urgency,
        treatments=tuple(treatments),
        confused_with=(),
        in_article=True,
        sources=("book",),
        reviewed_on=None,
        reviewed_by="",
    )


def flag(flag_id, level, criteria, escalate=None, suspicion=None, raises=(), regions=()):
    return RedFlag(
        id=flag_id,
        name=f"name of {flag_id}",
        level=level,
        criteria=criteria,
        escalate=escalate,
        suspicion=suspicion,
        question=f"Is it {flag_id}?",
        raises=tuple(raises),
        advice="Be seen today, call {practice_phone}.",
        escalated_advice="Call {emergency_number} now." if escalate else "",
        regions=tuple(regions),
        sources=("book",),
        reviewed_on=None,
        reviewed_by="",
    )


def has(finding_id):
    return Criterion(finding=finding_id)


def all_of(*parts):
    return Criterion(parts=tuple(has(part) for part in parts), count=len(parts))


def any_of(*parts):
    return Criterion(parts=tuple(has(part) for part in parts), count=1)


def treatment(treatment_id, in_article=False, causes=(), blocked_by=(), cautions=()):
    return Treatment(
        id=treatment_id,
        name=f"name of {treatment_id}",
        phrases=(treatment_id,),
        summary=f"what {treatment_id} is",
        how=f"how to do {treatment_id}",
        evidence="limited",
        time_to_effect="weeks",
        cautions=tuple(cautions),
        blocked_by=tuple(blocked_by),
        causes=tuple(causes),
        in_article=in_article,
        sources=("book",),
        reviewed_on=None,
        reviewed_by="",
    )


FINDINGS = (
    finding("heel", FindingKind.LOCATION),
    finding("toe", FindingKind.LOCATION),
    finding("calf", FindingKind.LOCATION),
    finding("hand", FindingKind.LOCATION),
    finding("first_step", FindingKind.TIMING, help="Because it points to one cause."),
    finding("burning", FindingKind.CHARACTER),
    finding("red_joint", FindingKind.SIGN),
    finding("numb_leg", FindingKind.NERVE),
    finding("back_travel", FindingKind.BACK, implies=["numb_leg"]),
    finding("sugar", FindingKind.CONTEXT),
    finding("thinner", FindingKind.CONTEXT),
    finding("old", FindingKind.CONTEXT),
    finding("young", FindingKind.CONTEXT),
    finding("swollen_calf", FindingKind.ALARM),
    finding("breathless", FindingKind.ALARM),
    finding("bladder", FindingKind.ALARM),
    finding("fever", FindingKind.ALARM),
)
CAUSES = (
    cause(
        "fascia",
        0.4,
        [("heel", "almost_always", "high"), ("first_step", "almost_always", "high"), ("burning", "sometimes", "low")],
        against=["numb_leg"],
        treatments=["massage"],
    ),
    cause(
        "nerve", 0.2, [("numb_leg", "almost_always", "high"), ("burning", "often", "moderate")], urgency=Urgency.SOON
    ),
    cause(
        "joint",
        0.2,
        [("toe", "almost_always", "high"), ("red_joint", "almost_always", "high"), ("old", "often", "low")],
    ),
    cause("sugar_nerve", 0.1, [("burning", "often", "moderate"), ("sugar", "often", "low")]),
)
RED_FLAGS = (
    flag(
        "clot",
        Urgency.SAME_DAY,
        all_of("calf", "swollen_calf"),
        escalate=has("breathless"),
        suspicion=has("calf"),
        raises=["swollen_calf"],
    ),
    flag("spine", Urgency.EMERGENCY, has("bladder")),
    flag("infection", Urgency.SAME_DAY, all_of("fever", "red_joint")),
)
TREATMENTS = (
    treatment("massage", in_article=True, blocked_by=["sugar"], cautions=[Caution(("sugar",), "Not with sugar.")]),
    treatment("pills", in_article=True, blocked_by=["thinner"]),
    treatment("splint", causes=["fascia"]),
    treatment("cast", causes=["joint"]),
)
INTERVIEW = Interview(
    yes="Yes",
    no="No",
    unsure="Not sure",
    none="None of these",
    none_in_sentence="No, none",
    one_of_them="Yes, one",
    either="or",
    screen_first="Is there {things}?",
    screen_again="And {things}?",
    screen_last="I need this one: {things}?",
    screen_which="Which of these?",
    again_closed="Just yes or no: {things}?",
    again_many="Which fits?",
    where="Where?",
    where_why="The place tells most.",
    places=("heel", "toe", "calf"),
    why_screening="To miss nothing.",
    why_cause="To tell {first} from {second}.",
    fits_well="fits well",
    possible="possible",
    denied="no {finding}",
    blocked="Not because of {findings}.",
    blocked_by_flag="Be seen first.",
    cautions="Does any of this apply?",
    cautions_why="For your safety.",
    groups=(QuestionGroup("health", "Your health?", ("sugar", "thinner", "old"), "It matters."),),
    scope=("first_step", "numb_leg"),
    regions=(RegionRule("leg_and_back", (("calf",), ("back_travel",))),),
)


def things(*findings):
    return tuple(AskedThing(f"any {name}", (name,)) for name in findings)


def by_id(records):
    return {record.id: record for record in records}


def small_knowledge(**changes):
    knowledge = Knowledge(
        findings=by_id(FINDINGS),
        sites={
            "heel": Site("heel", "heel", ("heel",), "heel_region", "heel", podiatric=True),
            "toe": Site("toe", "toe", ("toe",), None, "toe", podiatric=True),
            "hand": Site("hand", "hand", ("hand",), None, "hand", podiatric=False),
        },
        causes=by_id(CAUSES),
        treatments=by_id(TREATMENTS),
        red_flags=by_id(RED_FLAGS),
        screen=(ScreenQuestion("short", things("bladder", "fever"), ()),),
        cues=Cues(**{field.name: () for field in fields(Cues)}),
        sources={"book": Source("book", "The Book", "https://book.example", "seen")},
        probabilities={
            Frequency.ALMOST_ALWAYS: 0.9,
            Frequency.OFTEN: 0.65,
            Frequency.SOMETIMES: 0.3,
            Frequency.RARELY: 0.07,
            Frequency.NEVER: 0.01,
        },
        region_priors={
            "heel_region": {"fascia": 0.9, "nerve": 0.05, "other_or_unclear": 0.05},
            "leg_and_back": {"nerve": 0.95, "other_or_unclear": 0.05},
        },
        prior_modifiers=(PriorModifier("sugar", {"sugar_nerve": 6.0}, ()),),
        back_pointers=(),
        foot_pointers=(),
        foot_back_links=(),
        fingerprint="",
        other_prior=0.1,
        derived_findings=(DerivedFinding("age_years", 61, 1000, "old"), DerivedFinding("age_years", 0, 18, "young")),
        child_finding="young",
        interview=INTERVIEW,
    )
    return replace(knowledge, **changes)


PRACTICE = Practice(
    name="Practice",
    phone="(555) 0100",
    phone_e164="+15550100",
    emergency_number="911",
    crisis_line="988",
    email="",
    address="",
    website="",
    region="US",
    time_zone=ZoneInfo("America/New_York"),
    clinicians=(),
    visit_types=(),
    closures=(dt.date(2030, 1, 1),),
    lead_minutes=0,
    horizon_days=0,
    slot_step_minutes=0,
    answers={},
)


def case_of(*present, absent=(), unsure=(), **fields_of_case):
    statements = [Finding(name) for name in present]
    statements += [Finding(name, Status.ABSENT) for name in absent]
    statements += [Finding(name, Status.UNSURE) for name in unsure]
    return Case(findings=tuple(statements), **fields_of_case)
