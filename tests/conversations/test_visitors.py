"""Visitors of many kinds, each through the trained model: what they hear is short, kind and never stuck."""

import datetime as dt
import itertools

import pytest

from actions import wiring
from bot.booking.appointments import offer_visits

pytestmark = [pytest.mark.model, pytest.mark.django_db(transaction=True)]

MOST_BUBBLES = 3
MOST_QUESTIONS = 14

_names = (f"guest {number}" for number in itertools.count())


@pytest.fixture
def visitor():
    """Somebody who says things; each saying returns the bot's answer, never more than three bubbles."""
    from bot.brain.talk import Talk
    from bot.brain.training import model_is_current

    if not model_is_current():
        pytest.skip("there is no model for these files: run `make train`")
    talk, name = Talk(), next(_names)

    def say(text):
        answer = talk.say(name, text)
        assert 1 <= len(answer["replies"]) <= MOST_BUBBLES
        return answer

    return say


def words(answer):
    return " ".join(reply["text"] for reply in answer["replies"]).lower()


def choices(answer):
    return [choice for reply in answer["replies"] for choice in reply["choices"]]


def to_causes(visitor, answer, reply="no"):
    """Answer every question the same way until causes are told or nothing is asked any more."""
    for _ in range(MOST_QUESTIONS):
        if answer["causes"] or "Not sure" not in choices(answer):
            break
        answer = visitor(reply)
    return answer


def test_a_general_question_about_a_treatment_is_answered_before_anything_is_asked(visitor):
    answer = visitor("does reflexology help with foot pain?")
    assert "no convincing evidence" in words(answer)
    assert "Not sure" not in choices(answer)
    assert "Check my symptoms" in choices(answer)


def test_a_general_question_about_a_condition_offers_the_check(visitor):
    answer = visitor("what is plantar fasciitis?")
    assert "heel" in words(answer)
    assert {"What helps?", "Check my symptoms"} <= set(choices(answer))


def test_a_red_flag_in_a_question_about_a_treatment_counts(visitor):
    answer = visitor("can massage help? I can't feel anything between my legs and I can't pee since yesterday")
    assert answer["urgency"] == "emergency"
    assert "911" in words(answer)


def test_the_overview_of_treatments_has_a_short_line_for_each_and_the_articles_five(visitor):
    answer = visitor("what helps with sciatica?")
    said = words(answer)
    for name in ("exercise", "massage", "reflexology", "anti-inflammatory", "corticosteroid", "surgery"):
        assert name in said
    assert said.count("\n- ") <= 7


def test_what_forbids_a_self_care_tip_is_asked_shortly_before_it_is_told(visitor):
    visitor("tell me about the tennis ball massage")
    asked = visitor("how do I do the tennis ball massage?")
    assert 2 <= len(choices(asked)) <= 9
    assert "roll it slowly" in words(visitor("none of these"))


def test_a_diabetic_visitor_hears_no_rolling_tip(visitor):
    to_causes(visitor, visitor("I have diabetes and my heel hurts with the first steps in the morning"))
    answer = visitor("how do I do the tennis ball massage?")
    assert "roll it slowly" not in words(answer)
    assert "ask a clinician first" in words(answer)


def test_blood_thinners_keep_anti_inflammatory_medicine_away(visitor):
    to_causes(visitor, visitor("I take warfarin and my heel hurts with the first steps in the morning"))
    assert "ask a clinician first" in words(visitor("can I take ibuprofen?"))


def test_a_feared_clot_is_answered_and_what_would_change_it(visitor):
    answer = visitor("sharp pain under my right heel every morning, I'm terrified that it is a blood clot")
    assert "understand the worry" in words(answer)
    told = words(to_causes(visitor, answer))
    assert "plantar fasciitis" in told
    assert "worried about a blood clot" in told
    assert "if one leg swells" in told
    assert "911" in told


def test_a_fear_named_after_the_causes_is_answered_alone(visitor):
    to_causes(visitor, visitor("stabbing pain under my heel with the first steps in the morning"))
    answer = visitor("is it cancer?")
    assert "worried about cancer" in words(answer)
    assert "possible cause to discuss" not in words(answer)


def test_sources_of_what_was_told_are_listed(visitor):
    to_causes(visitor, visitor("stabbing pain under my heel with the first steps in the morning"))
    assert "rests on these sources" in words(visitor("where does this come from?"))


def test_going_back_puts_the_question_before_again(visitor):
    first = visitor("my foot hurts")
    visitor("none of these")
    again = visitor("go back")
    assert "go back one" in words(again)
    assert set(choices(again)) == set(choices(first))


def test_the_other_side_is_corrected(visitor):
    visitor("my right heel hurts with the first steps in the morning")
    visitor("sorry, it's the left one")
    understood = words(visitor("what did you understand?"))
    assert "on the left" in understood
    assert "on the right" not in understood


def test_nonsense_to_a_question_about_causes_is_asked_again_once_then_left(visitor):
    visitor("heel")
    asked = visitor("none of these")
    while "No, none of these" in choices(asked):
        asked = visitor("none of these")
    again = visitor("blub blah")
    assert "didn't get that" in words(again) or "i'm not sure w" in words(again)
    assert choices(again) == choices(asked)
    assert choices(visitor("blub blah")) != choices(asked)


def test_nonsense_alone_ends_with_the_phone_number_and_never_loops(visitor):
    visitor("my heel hurts")
    said = " ".join(words(visitor("xqzt vrrp")) for _ in range(3))
    assert "515-3338" in said
    assert "without that answer" in said


def test_impossible_numbers_get_a_kind_remark(visitor):
    answer = visitor("my heel hurts, I am 212 years old")
    assert "212" in words(answer)
    assert choices(answer)


def test_a_contradiction_is_asked_about_once(visitor):
    visitor("my heel hurts in the morning and I have a fever")
    answer = visitor("there is no fever")
    assert "earlier i had this" in words(answer)
    assert "earlier i had this" not in words(visitor("yes"))


def test_two_goals_are_both_served(visitor):
    answer = visitor("my left heel hurts every morning, can I come Tuesday afternoon?")
    assert "Not sure" in choices(answer)
    told = to_causes(visitor, answer)
    assert told["causes"]
    assert "tuesday" in words(told)


def test_the_warning_signs_are_one_sentence_and_only_a_yes_opens_the_list(visitor):
    asked = visitor("stabbing pain under my heel with the first steps in the morning")
    assert choices(asked) == ["No, none of these", "Yes, one of them", "Not sure"]
    opened = visitor("yes")
    sign = wiring.knowledge().findings["a_cold_white_foot"].label
    assert {sign, "None of these", "Not sure"} <= set(choices(opened))
    assert opened["urgency"] == "none"
    assert visitor(sign)["urgency"] == "emergency"


def test_a_place_that_says_little_is_asked_for_before_the_warning_signs(visitor):
    asked = visitor("my foot hurts")
    place = wiring.knowledge().findings["loc_arch"].label
    assert place in choices(asked)
    assert "No, none of these" in choices(visitor(place))


def test_a_part_that_is_denied_is_left_out_when_the_warning_signs_come_again(visitor):
    first = visitor("stabbing pain under my heel with the first steps in the morning")
    again = visitor("I have no fever")
    assert "fever" in words(first)
    assert "No, none of these" in choices(again)
    assert "fever" not in again["replies"][-1]["text"]


def test_something_told_after_the_causes_says_what_that_changes_and_not_the_advice_again(visitor):
    told = to_causes(visitor, visitor("stabbing pain under my heel with the first steps in the morning"))
    answer = visitor("it is also worse at the end of the day")
    assert len(answer["replies"]) == 1
    assert "plantar fasciitis" in words(answer)
    assert told["replies"][-1]["text"] not in words(answer)


def test_causes_are_not_told_twice_where_nothing_changed(visitor):
    to_causes(visitor, visitor("stabbing pain under my heel with the first steps in the morning"))
    answer = visitor("my heel hurts in the morning")
    assert "fits well" not in words(answer)


def test_a_question_about_the_practice_beside_symptoms_is_answered_and_the_symptoms_are_taken_up(visitor):
    answer = visitor("my heel hurts in the morning, what are your opening hours?")
    told = words(answer) + words(to_causes(visitor, answer))
    assert "hours" in told
    assert "Not sure" in choices(answer)


def test_is_it_serious_is_about_the_cause_that_was_told(visitor):
    to_causes(visitor, visitor("stabbing pain under my heel with the first steps in the morning"))
    assert "when to be seen" in words(visitor("is it serious?"))


def test_thanks_in_an_emergency_keep_the_instruction(visitor):
    visitor("I can't feel my private parts and I can't pee")
    assert "get help now" in words(visitor("ok thanks"))


def test_an_emergency_in_the_middle_stops_a_long_interview(visitor):
    visitor("my ankle has been aching for two weeks")
    visitor("none of these")
    visitor("none of these")
    visitor("no")
    answer = visitor("now my chest hurts and I can't breathe")
    assert answer["urgency"] == "emergency"
    assert "911" in words(answer)
    assert answer["causes"] == []


def test_another_language_hears_the_phone_and_the_emergency_number(visitor):
    said = words(visitor("me duele mucho el pie derecho desde hace una semana"))
    assert "515-3338" in said
    assert "911" in said


@pytest.mark.parametrize("reply", ["no", "not sure", "skip", "yes"])
def test_the_interview_ends_whatever_is_answered(visitor, reply):
    answer = visitor("the arch of my foot aches after a long day")
    for _ in range(MOST_QUESTIONS):
        if "Not sure" not in choices(answer) or answer["urgency"] in ("emergency", "same_day"):
            break
        answer = visitor(reply)
    assert "Not sure" not in choices(answer) or answer["urgency"] in ("emergency", "same_day")


def test_what_can_we_do_after_the_causes_brings_treatments_and_what_now_the_next_step(visitor):
    to_causes(visitor, visitor("stabbing pain under my heel with the first steps in the morning"))
    assert "options for plantar fasciitis" in words(visitor("what can we do?"))
    answer = visitor("ok, what now?")
    assert {"What helps?", "Book a visit"} <= set(choices(answer))


def test_who_scolds_the_bot_is_offered_a_person(visitor):
    answer = visitor("you don't understand me, this is a waste of time")
    assert "i'm sorry" in words(answer)
    assert "Ask for a call-back" in choices(answer)


def test_who_scolds_a_question_about_warning_signs_twice_gets_a_person(visitor):
    visitor("my heel hurts")
    first = visitor("you stupid machine")
    assert "i only ask so that we don't miss something urgent" in words(first)
    assert "Not sure" in choices(first)
    assert "ask the practice to call you" in words(visitor("you keep asking the same thing"))


def test_a_booked_visit_is_moved_in_few_words(visitor):
    for text in ("I want to book next week in the afternoon", "the second one", "no", "corn", "Ann Lee 301 555 0147"):
        answer = visitor(text)
    while not answer["booking"]:
        answer = visitor("yes" if "Yes, book it" in choices(answer) else "skip")
    # Any weekday may be a holiday in some week: one that is open is asked for.
    open_day = offer_visits(wiring.practice(), wiring.now() + dt.timedelta(days=2), limit=1)[0].start
    moving = visitor(f"can I move it to {open_day:%A}?".lower())
    assert "stays yours" in words(moving)
    assert any(f"{open_day:%a}" in choice for choice in choices(moving))
