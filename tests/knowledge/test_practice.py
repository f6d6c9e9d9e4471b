"""The practice file: what it says, and what is refused."""

import datetime as dt

import pytest

from bot.errors import KnowledgeError
from bot.knowledge import load_practice


def test_practice_is_the_one_of_the_article(practice):
    assert practice.name == "Greater Washington Advanced Podiatry"
    assert "(301) 515-FEET" in practice.phone
    assert practice.phone_e164 == "+13015153338"
    assert practice.time_zone.key == "America/New_York"
    assert (practice.emergency_number, practice.crisis_line) == ("911", "988")


def test_first_consultation_is_free_and_half_an_hour(practice):
    first = practice.visit_types[0]
    assert (first.id, first.minutes, first.free) == ("first_consultation", 30, True)


def test_every_clinician_rests_at_noon(practice):
    for clinician in practice.clinicians:
        assert all(len(spans) == 2 for spans in clinician.hours.values())


def test_holidays_are_closed(practice):
    assert {dt.date(2026, 11, 26), dt.date(2027, 7, 5)} <= set(practice.closures)


def test_unknown_facts_send_the_visitor_to_the_telephone(practice):
    for topic in ("place", "insurance", "clinicians"):
        assert "(301) 515-3338" in practice.answers[topic]


MORE = """name: the podiatrist
    gender: woman
    languages: []
    breaks: {"monday": ['10:30-10:45'], friday: ['09:00-09:30', '15:00-16:00']}
    days_off:
      - 2026-12-28
      - {first: 2027-03-01, last: 2027-03-03, name: congress}
      - {date: 2026-12-22, hours: '12:00-17:00'}"""


def test_breaks_are_taken_out_of_the_hours(practice_file, change):
    change(practice_file, "name: the podiatrist", MORE)
    monday, friday = (load_practice(practice_file).clinicians[0].hours[day] for day in (0, 4))
    assert [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in monday] == [
        "09:00-10:30",
        "10:45-12:30",
        "13:30-17:00",
    ]
    assert [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in friday] == ["09:30-12:30", "13:30-15:00"]


def test_days_off_are_single_days_ranges_and_parts_of_days(practice_file, change):
    change(practice_file, "name: the podiatrist", MORE)
    clinician = load_practice(practice_file).clinicians[0]
    assert clinician.gender == "woman"
    assert {day.isoformat() for day in clinician.time_off.days} == {
        "2026-12-28",
        "2027-03-01",
        "2027-03-02",
        "2027-03-03",
    }
    assert clinician.time_off.hours == {dt.date(2026, 12, 22): ((dt.time(12), dt.time(17)),)}


def test_a_holiday_has_a_name(practice):
    assert practice.time_off.names[dt.date(2026, 11, 26)] == "Thanksgiving Day"


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("'+13015153338'", "'+1301515'", ("field 'phone_e164'", "not a valid phone number")),
        ("'+13015153338'", "(301) 515-3338", ("field 'phone_e164'", "dialled from abroad")),
        ("America/New_York", "America/Rockville", ("field 'time_zone'", "not a known time zone")),
        ("time_zone: America/New_York", "time_zone: ../etc/passwd", ("field 'time_zone'", "not a known time zone")),
        (
            "monday: ['09:00-12:30', '13:30-17:00']",
            "monday: ['09:00-12:30', '12:00-17:00']",
            ("hours.monday", "overlap"),
        ),
        ("monday: ['09:00-12:30', '13:30-17:00']", "monday: ['13:30-17:00', '09:00-12:30']", ("hours.monday", "order")),
        ("'09:00-12:30'", "'9-12'", ("hours.monday", "is not a span")),
        ("'09:00-12:30'", "'12:30-09:00'", ("hours.monday", "ends before it starts")),
        ("monday:", "moonday:", ("hours.moonday", "is not a weekday")),
        ("minutes: 30", "minutes: 0", ("field 'minutes'", "from 1 to 480")),
        ("buffer_minutes: 0", "buffer_minutes: -5", ("field 'buffer_minutes'", "from 0 to 120")),
        ("2026-11-26", "Thanksgiving", ("field 'closures'", "is not a date")),
        ("emergency_number: '911'", "emergency_number: 911", ("field 'emergency_number'", "quotes")),
        ("id: clinician_2", "id: clinician_1", ("'clinician_1', field 'id'", "stands twice")),
        ("region: US", "region: USA", ("field 'region'", "two capital letters")),
        ("{date: 2026-11-26, name", "{day: 2026-11-26, name", ("closures", "field 'first': is missing")),
        ("{date: 2026-11-26,", "{first: 2026-11-26, last: 2026-11-20,", ("field 'closures'", "first before the last")),
        ("{date: 2026-11-26,", "{date: 2026-11-26, hours: 'noon',", ("closures.hours", "is not a span")),
        ("languages: []", "languages: [7]", ("field 'languages'", "not text")),
        ("gender: woman", "gender: lady", ("field 'gender'", "woman, man, other")),
        ("'10:30-10:45'", "'12:15-12:45'", ("breaks.monday", "outside the hours")),
        (
            "existing_patients: false",
            "new_patients: false\n    existing_patients: false",
            ("'first_cons", "nobody may come"),
        ),
        ("buffer_minutes: 10", "buffer_minutes: 10\n    clinicians: [bob]", ("'follow_up'", "'bob' is nobody's id")),
        ("hold_minutes: 5", "hold_minutes: 0", ("field 'hold_minutes'", "from 1 to 60")),
        ("horizon_days: 60", "horizon_days: 60\nhorizon: 3", ("unknown field 'horizon'", "spelling")),
    ],
)
def test_broken_practice_is_refused(practice_file, change, old, new, parts):
    change(practice_file, "name: the podiatrist", MORE)
    change(practice_file, old, new)
    with pytest.raises(KnowledgeError) as caught:
        load_practice(practice_file)
    assert "practice.yml" in str(caught.value)
    assert all(part in str(caught.value) for part in parts), str(caught.value)
