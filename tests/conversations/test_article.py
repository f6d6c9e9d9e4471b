"""Everything that the practice's founding article says works in a conversation, through the trained model."""

import itertools

import pytest

pytestmark = [pytest.mark.model, pytest.mark.django_db(transaction=True)]

_names = (f"visitor {number}" for number in itertools.count())


@pytest.fixture
def visitor():
    """Somebody who says things; each saying returns the bot's answer."""
    from bot.brain.talk import Talk
    from bot.brain.training import model_is_current

    if not model_is_current():
        pytest.skip("there is no model for these files: run `make train`")
    talk, name = Talk(), next(_names)
    return lambda text: talk.say(name, text)


def words(answer):
    return " ".join(reply["text"] for reply in answer["replies"]).lower()


def told_causes(visitor, complaint):
    """Describe a complaint, deny every question that follows, and return the causes that are told."""
    answer = visitor(complaint)
    for _ in range(11):
        if answer["causes"] or answer["urgency"] in ("emergency", "same_day"):
            break
        answer = visitor("none of these" if "None of these" in choices(answer) else "no")
    return answer


def choices(answer):
    return [choice for reply in answer["replies"] for choice in reply["choices"]]


@pytest.mark.parametrize(
    ("complaint", "cause"),
    [
        ("My arches have always been flat, they ache and I roll in when I stand all day", "flat_feet"),
        ("I have very high arches and the outer edge of my foot aches", "high_arches"),
        (
            "My lower back, hips and knees ache when I sit slouched or stand long, and my shoes wear down on one side",
            "posture_misalignment",
        ),
        ("Pain shoots from my lower back down my leg below the knee, with tingling in one foot", "sciatica"),
        (
            "For years my lower back has ached on and off, worse when I sit or bend, better when I walk",
            "degenerative_disc",
        ),
        ("Stabbing under my heel with the first steps in the morning", "plantar_fasciitis"),
    ],
)
def test_each_cause_of_the_article_is_found_from_its_signs(visitor, complaint, cause):
    assert cause in told_causes(visitor, complaint)["causes"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what is plantar fasciitis?", "under the foot"),
        ("tell me about flat feet", "flat feet"),
        ("what is sciatica", "nerve"),
        ("what are high arches", "high arches"),
        ("what is degenerative disc disease?", "disc"),
    ],
)
def test_each_cause_of_the_article_is_explained(visitor, question, answer):
    assert answer in words(visitor(question))


def test_the_signs_that_foot_pain_comes_from_the_back_are_told(visitor):
    answer = words(visitor("how can I tell whether my foot pain comes from my back?"))
    for sign in ("one side", "calf", "raising the foot", "numbness", "heavy"):
        assert sign in answer


def test_the_link_between_feet_and_back_is_told_with_care(visitor):
    answer = words(visitor("can foot problems cause back pain?"))
    assert "back" in answer
    assert "not always" in answer or "may" in answer or "can" in answer


def test_all_five_treatments_of_the_article_are_offered(visitor):
    answer = visitor("which treatments are there?")
    said = words(answer) + " ".join(choices(answer)).lower()
    for treatment in ("exercise", "massage", "reflexology", "anti-inflammatory", "corticosteroid", "surgery"):
        assert treatment in said


def test_reflexology_is_told_honestly(visitor):
    answer = visitor("does reflexology work?")
    if "None of these" in choices(answer):
        answer = visitor("none of these")
    assert "no convincing" in words(answer)


def test_the_first_consultation_is_free(visitor):
    assert "free" in words(visitor("how much does the first consultation cost?"))


def test_the_practice_can_be_called(visitor):
    assert "515-3338" in words(visitor("what is your phone number?"))


def test_a_percentage_is_never_shown(visitor):
    assert "%" not in words(told_causes(visitor, "Stabbing under my heel with the first steps in the morning"))


def test_an_emergency_in_the_middle_of_booking_stops_it(visitor):
    visitor("I would like to book a visit")
    answer = visitor("since last night I am numb between my legs and I can't pee")
    assert answer["urgency"] == "emergency"
    assert "911" in words(answer)
    after = visitor("ok, tomorrow at 9 then please")
    assert after["booking"] is None
    assert "911" in words(after)
    assert not any("AM" in choice for choice in choices(after))
