"""Frightened visitors' words raise the red flag that they describe, and everyday complaints raise none."""

import pytest

from bot.case import Case, Urgency
from bot.reading import SymptomReader
from bot.triage import screen_red_flags, suspect_red_flags


@pytest.fixture(scope="module")
def case_of(knowledge):
    reader = SymptomReader(knowledge)
    return lambda text: Case().with_reading(reader.read(text))


@pytest.fixture(scope="module")
def levels_of(case_of, knowledge, practice):
    return lambda text: {flag.id: flag.level for flag in screen_red_flags(case_of(text), knowledge, practice)}


@pytest.mark.parametrize(
    ("text", "flag", "level"),
    [
        ("my calf is swollen and hot since the flight on monday", "dvt", "same_day"),
        ("foot pain and i cant pee properly", "cauda_equina", "emergency"),
        ("numb when i wipe plus sciatica", "cauda_equina", "emergency"),
        ("my foot drags since this morning", "sudden_foot_drop", "same_day"),
        ("left arm and leg heavy all of a sudden", "stroke_like", "emergency"),
        ("my toes are white and freezing and i cant move them", "acute_limb_ischaemia", "emergency"),
        ("type 2, small blister under my toe", "diabetic_foot", "same_day"),
        ("diabetic, foot hot and puffy no pain", "charcot_foot", "same_day"),
        ("heard a pop playing tennis, cant stand on toes", "achilles_rupture", "same_day"),
        ("rolled it, cant take more than one step", "fracture_ottawa", "same_day"),
        ("redness moving up my shin and im shivering", "cellulitis_sepsis", "same_day"),
        ("cant cope, i want to end it", "suicide_selfharm", "emergency"),
        ("my 3 year old has fever and refuses to stand", "child_specific", "emergency"),
        ("34 weeks, feet ballooned overnight with headache", "pregnancy_specific", "same_day"),
        ("calf killing me and i am breathless", "pulmonary_embolism", "emergency"),
        ("the cast is too tight and the pain is unbearable", "compartment_syndrome", "emergency"),
        ("bone sticking out of my ankle", "open_fracture_deformity", "emergency"),
        ("car crash yesterday, my back hurts", "trauma_spine", "emergency"),
        ("sudden tearing pain in my back and i nearly fainted", "aaa", "emergency"),
        ("on eliquis and i fell, huge bruise", "anticoag_bleeding", "same_day"),
        ("on chemo and my toe is infected", "immune_suppressed", "same_day"),
        ("stepped on a rusty nail", "puncture_foreign_bite_burn", "same_day"),
        ("took too many ibuprofen", "medicine_harm", "emergency"),
        ("my partner pushed me and my ankle is swollen", "violence_abuse", "emergency"),
        ("black line under my toenail", "foot_mass_skin_cancer", "soon"),
        ("had breast cancer, now my back hurts", "back_cancer_infection", "soon"),
        ("i have been on levaquin and the back of my heel hurts", "tendon_on_antibiotic", "same_day"),
        ("fever and my lower back hurts", "back_infection", "same_day"),
        ("coughed and something cracked in my spine", "spine_fragility", "same_day"),
    ],
)
def test_warning_raises_its_red_flag(levels_of, text, flag, level):
    assert levels_of(text).get(flag) == Urgency(level)


@pytest.mark.parametrize(
    "text",
    [
        "my feet are killing me after work",
        "heel hurts first thing in the morning, both sides, no numbness",
        "i can pee fine and legs are strong, just back pain",
        "foot went to sleep when i sat on it and is normal now",
        "what is foot drop?",
        "my heel burns by the end of the day",
        "thick yellow nail on my big toe",
        "i run in the evening and my arch hurts",
        "my husband hurt his heel",
        "my child hurt his foot at soccer and limps a bit",
        "the ball of my foot feels numb in tight shoes",
        "pins and needles in my foot when i sit long",
        "stabbing pain in my foot with the first steps",
        "i can't go on my toes for long, my shoes fit badly",
        "feet feel beat up at the end of the day",
        "is the massage gun good for my heel, what is the plan?",
    ],
)
def test_everyday_complaint_raises_none(levels_of, text):
    assert levels_of(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "my calf hurts",
        "my foot feels heavy",
        "my foot is numb",
        "my foot is swollen",
        "back and leg pain",
        "i want to cut my foot off",
    ],
)
def test_ambiguous_complaint_asks_a_safety_question(case_of, knowledge, text):
    assert suspect_red_flags(case_of(text), knowledge)
