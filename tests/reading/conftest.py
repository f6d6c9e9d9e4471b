"""A knowledge base made by hand, small enough to see why a text is read as it is."""

import pytest

from bot.case import Choice, Question
from bot.knowledge.model import Combination, Cues, FindingKind, FindingRecord, Knowledge, Site
from bot.reading import SymptomReader

PHRASES = {
    FindingKind.LOCATION: {
        "loc_heel_bottom": ("bottom of my heel", "under the heel"),
        "loc_heel": (),
        "loc_arch": (),
        "loc_toes": (),
        "loc_low_back": (),
        "loc_calf": ("back of my lower leg",),
    },
    FindingKind.CHARACTER: {
        "ch_burning": ("burning", "on fire"),
        "ch_numb": ("numb", "can't feel it properly"),
        "ch_tingle": ("tingling", "pins and needles"),
        "ch_ache": ("sore", "dull ache"),
    },
    FindingKind.TIMING: {
        "t_first_step": ("first steps in the morning",),
        "t_morning": ("in the morning",),
        "t_attacks": ("now and then",),
    },
    FindingKind.WORSE: {"w_walking": ("hurts to walk", "walking"), "w_stairs": ("stairs",)},
    FindingKind.SIGN: {
        "s_swelling": ("swollen", "swelling"),
        "s_flat_arch": ("flat feet", "no arch"),
        "s_wound": ("sores", "won't heal"),
        "s_limp": ("limping",),
    },
    FindingKind.NERVE: {"n_foot_drop": ("can't lift my foot", "foot drops")},
    FindingKind.CONTEXT: {"c_diabetes": ("diabetic", "diabetes"), "c_old_break": ("broke my leg years ago",)},
    FindingKind.ALARM: {
        "a_clot": ("blood clot",),
        "a_want_to_die": ("killing myself",),
        "a_dead": ("dead foot",),
        "a_hot_red": ("red and hot",),
        "a_cannot_pee": ("can't pee",),
        "a_weak_legs": ("legs are weak",),
        "a_abuse": ("he pushed me",),
        "a_hand_fails": (),
    },
}

TOGETHER = {
    "a_hand_fails": (
        Combination((("hand",), ("limp", "can't lift", "useless")), (("asleep on it",),)),
        Combination((("cup", "cups"), ("drop", "let fall"))),
    ),
}

SITES = (
    Site("heel", "the heel", ("heel", "heels"), None, "loc_heel", True),
    Site("arch", "the arch", ("arch",), None, "loc_arch", True),
    Site("toes", "the toes", ("toe", "toes"), None, "loc_toes", True),
    Site("foot", "the foot", ("foot",), None, None, True),
    Site("ball", "the ball of the foot", ("ball of my foot",), None, None, True),
    Site("low_back", "the low back", ("lower back", "back"), None, "loc_low_back", True),
    Site("leg", "the leg", ("leg", "legs"), None, None, True),
    Site("hand", "the hand", ("hand",), None, None, False),
)

CUES = Cues(
    negation=("no", "not", "without", "never", "none", "nor", "don't have", "don't think"),
    negation_after=("has gone", "no", "none"),
    pseudo_negation=("can't get rid of", "not going away", "no idea why", "not just", "no relief", "not only"),
    unsure=("not sure", "maybe", "might be", "i don't know", "no idea"),
    past=("years ago", "used to"),
    hypothetical=("what if", "could it be", "is it a", "worried it's", "afraid of"),
    idioms=("killing me", "dead on my feet", "head over heels"),
    terminators=("but", "however", "although", "only", "when"),
    left=("left",),
    right=("right",),
    both=("both", "both sides", "both legs"),
    child=("my son", "my daughter", "my 10 year old"),
    other_person=("my wife", "my dad"),
    affirm=("yes", "yeah", "yep", "a bit", "sometimes", "it does", "only"),
    deny=("no", "nope", "not really", "i don't think so", "none of those", "none", "never", "i don't"),
    pain=("pain", "hurts", "killing me", "sore", "ache"),
    ongoing=("started", "ever since", "since", "now"),
    not_a_side=("right now", "right away", "left it"),
)


def _record(identifier, phrases, kind):
    together = TOGETHER.get(identifier, ())
    return FindingRecord(identifier, identifier, "", identifier, "", phrases, kind, 0.1, (), together=together)


@pytest.fixture(scope="session")
def knowledge():
    findings = {
        identifier: _record(identifier, phrases, kind)
        for kind, records in PHRASES.items()
        for identifier, phrases in records.items()
    }
    return Knowledge(
        findings=findings,
        sites={site.id: site for site in SITES},
        causes={},
        treatments={},
        red_flags={},
        screen=(),
        cues=CUES,
        sources={},
        probabilities={},
        region_priors={},
        prior_modifiers=(),
        back_pointers=(),
        foot_pointers=(),
        foot_back_links=(),
        fingerprint="",
    )


@pytest.fixture(scope="session")
def reader(knowledge):
    return SymptomReader(knowledge)


@pytest.fixture(scope="session")
def statuses(reader):
    """Return what a text says as {finding id: status}, of findings reported now."""

    def read(text, question=None):
        return {
            finding.id: finding.status.value
            for finding in reader.read(text, question).findings
            if finding.tense.value == "now"
        }

    return read


@pytest.fixture(scope="session")
def yes_no():
    """Return a question about one finding."""
    choices = (Choice("yes", "Yes"), Choice("no", "No"), Choice("unsure", "Not sure"))
    return Question("ask_t_morning", "Is it worse in the morning?", choices, ("t_morning",))


@pytest.fixture(scope="session")
def tick_many():
    """Return a question where several answers can be ticked."""
    choices = (
        Choice("ch_burning", "Burning"),
        Choice("ch_numb", "Numb"),
        Choice("ch_tingle", "Pins and needles"),
        Choice("none", "None of these"),
        Choice("unsure", "Not sure"),
    )
    return Question("ask_feel", "How does it feel?", choices, ("ch_burning", "ch_numb", "ch_tingle"), many=True)
