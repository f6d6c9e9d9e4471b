import datetime as dt
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.dates.when import read_when
from bot.dates.wish import When

ZONE = ZoneInfo("America/New_York")
# A Wednesday.
NOW = dt.datetime(2026, 3, 4, 10, 0, tzinfo=ZONE)


def day(text):
    return dt.date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def read(text, now=NOW):
    return read_when(text, now)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("today", "03-04"),
        ("any time later today", "03-04"),
        ("tommorow", "03-05"),
        ("the day after tomorrow", "03-06"),
        ("this Friday", "03-06"),
        ("this Wednesday", "03-04"),
        ("Wednesday", "03-11"),
        ("next Thursday", "03-12"),
        ("next week, on Wednesday", "03-11"),
        ("Wednesday of next week", "03-11"),
        ("a week on Friday", "03-13"),
        ("a week from Friday", "03-13"),
        ("Friday week", "03-13"),
        ("three weeks from Monday", "03-30"),
        ("in a fortnight", "03-18"),
        ("in ten days", "03-14"),
        ("in two weeks on Friday", "03-20"),
        ("in a week's time, Monday", "03-09"),
        ("the week after next, on Friday", "03-20"),
        ("Tuesday after next", "03-17"),
        ("thurs", "03-05"),
        ("wensday", "03-11"),
        ("the 4th", "03-04"),
        ("the 1st", "04-01"),
        ("the 31st", "03-31"),
        ("the 8th of this month", "03-08"),
        ("the second of April", "04-02"),
        ("April 2", "04-02"),
        ("2 April 2026", "04-02"),
        ("on 4/2", "04-02"),
        ("25/4/2026", "04-25"),
        ("2026-04-02", "04-02"),
        ("March 3rd", "2027-03-03"),
        ("February 29", "2028-02-29"),
        ("Tuesday the 10th", "03-10"),
        ("twenty-first of March", "03-21"),
        ("Monday or Tuesday", "03-09"),
        ("next week, maybe Thursday", "03-12"),
    ],
)
def test_date_is_read(text, date):
    assert (read(text).date, read(text).time) == (day(date), None)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("at 3", "15:00"),
        ("at 9", "09:00"),
        ("half past two", "14:30"),
        ("quarter to four", "15:45"),
        ("a quarter after ten", "10:15"),
        ("ten past eleven", "11:10"),
        ("ten to four", "15:50"),
        ("half nine works", "09:30"),
        ("two thirty pm", "14:30"),
        ("9.30am", "09:30"),
        ("at 0930", "09:30"),
        ("14:30 please", "14:30"),
        ("1530 hrs", "15:30"),
        ("12 pm", "12:00"),
        ("at noon", "12:00"),
        ("3 o'clock", "15:00"),
        ("4ish", "16:00"),
        ("5p", "17:00"),
        ("10 a.m.", "10:00"),
        ("how about 3", "15:00"),
        ("Morning, can I come at 3?", "15:00"),
    ],
)
def test_time_is_read_with_bare_hours_within_the_opening(text, time):
    assert read(text) == When(time=dt.time.fromisoformat(time))


@pytest.mark.parametrize(
    ("text", "time", "part"),
    [
        ("three in the afternoon", "15:00", "afternoon"),
        ("evening 6:15", "18:15", "evening"),
        ("in the morning at 11", "11:00", "morning"),
        ("12 in the afternoon", "12:00", "afternoon"),
        ("mornings are best", None, "morning"),
        ("after work", None, "evening"),
    ],
)
def test_part_of_day_is_read_and_settles_the_hour(text, time, part):
    assert read(text) == When(time=dt.time.fromisoformat(time) if time else None, part_of_day=part)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("between 2 and 4", When(time=dt.time(14), until=dt.time(16))),
        ("from nine to eleven", When(time=dt.time(9), until=dt.time(11))),
        ("11 to 1pm", When(time=dt.time(11), until=dt.time(13))),
        ("2-4pm", When(time=dt.time(14), until=dt.time(16))),
        ("any time after 4", When(time=dt.time(16), bound="after")),
        ("3pm or later", When(time=dt.time(15), bound="after")),
        ("not before 10", When(time=dt.time(10), bound="after")),
        ("before noon", When(time=dt.time(12), bound="before")),
        ("no later than 3", When(time=dt.time(15), bound="before")),
        ("this weekend", When(date=day("03-07"), last_date=day("03-08"))),
        ("next weekend", When(date=day("03-14"), last_date=day("03-15"))),
        ("some time next week", When(date=day("03-09"), last_date=day("03-15"))),
        ("late next week", When(date=day("03-12"), last_date=day("03-13"))),
        ("later this week", When(date=day("03-05"), last_date=day("03-06"))),
        ("the week of March 16", When(date=day("03-16"), last_date=day("03-22"))),
        ("next month", When(date=day("04-01"), last_date=day("04-30"))),
        ("within the next two weeks", When(date=day("03-04"), last_date=day("03-18"))),
        ("Monday to Wednesday", When(not_weekdays=(3, 4, 5, 6))),
        (
            "Monday at 9 or Tuesday at 2",
            When(day("03-09"), dt.time(9), others=(When(day("03-10"), dt.time(14)),)),
        ),
        ("first thing", When(part_of_day="morning", edge="first")),
        ("last thing on Thursday", When(date=day("03-05"), edge="last")),
        (
            "Monday morning or Tuesday afternoon",
            When(day("03-09"), part_of_day="morning", others=(When(day("03-10"), part_of_day="afternoon"),)),
        ),
        ("tonight", When(date=day("03-04"), part_of_day="evening")),
    ],
)
def test_ranges_and_limits_are_read(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "date", "time"),
    [
        ("not Tuesday, Wednesday please", "03-11", None),
        ("I can't do Monday but Thursday at 10 works", "03-05", "10:00"),
        ("Friday doesn't work, Monday does", "03-09", None),
        ("Tuesday, no wait, Friday at 10", "03-06", "10:00"),
        ("move it from Monday to Thursday at 2", "03-05", "14:00"),
        ("3pm, not 4pm", None, "15:00"),
        ("My heel hurts since Monday, can I come Friday?", "03-06", None),
        ("It started last Tuesday and I'd like to come tomorrow at 9", "03-05", "09:00"),
    ],
)
def test_what_is_ruled_out_or_past_is_no_wish(text, date, time):
    assert (read(text).date, read(text).time) == (
        day(date) if date else None,
        dt.time.fromisoformat(time) if time else None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yes",
        "as soon as possible",
        "my heel hurts in the morning",
        "the pain started two days ago",
        "it has been like this for 3 weeks",
        "my pain is 7 out of 10",
        "7/10",
        "24/7",
        "I am 45 years old",
        "I was born 03/12/1980",
        "(301) 555-0187",
        "the second available visit",
        "my second toe is stiff",
        "I sat in the sun",
        "February 30",
        "Tuesday the 11th",
        "the 3rd of this month",
        "Good morning",
        "I take two tablets at 8 every morning",
        "May I ask something? March on.",
        "12 March 10",
    ],
)
def test_what_is_no_wish_or_cannot_be_is_left_out(text):
    assert read(text) == When()


DATES = {
    "tomorrow": "03-05",
    "the 12th": "03-12",
    "March 12th": "03-12",
    "Thursday, March 12": "03-12",
    "next Monday": "03-09",
    "Monday next week": "03-09",
    "a week from Monday": "03-16",
    "in two weeks": "03-18",
}
TIMES = {
    "3 pm": "15:00",
    "half past three": "15:30",
    "10 o'clock": "10:00",
    "three in the afternoon": "15:00",
    "morning 9:30": "09:30",
    "14:30": "14:30",
    "noon": "12:00",
}
SENTENCES = (
    "{date} at {time}",
    "at {time} on {date}",
    "Could you see me {date} at {time}?",
    "Actually, change it to {time}, {date} please.",
    "No, sorry, I'd rather have {date}, about {time}, if there is anything.",
    "I'm Ann and want to come in on {date} after {time} because my heel hurts",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_date_and_time_is_found_within_a_sentence(sentence):
    for (date, expected_date), (time, expected_time) in product(DATES.items(), TIMES.items()):
        found = read(sentence.format(date=date, time=time))
        assert (found.date, found.time) == (day(expected_date), dt.time.fromisoformat(expected_time)), (date, time)


def test_day_turns_at_midnight_of_the_practice():
    late = dt.datetime(2026, 3, 4, 23, 59, tzinfo=ZONE)
    assert read("tomorrow", late).date == day("03-05")
    assert read("tomorrow", late + dt.timedelta(minutes=1)).date == day("03-06")


def test_week_of_a_sunday_ends_that_day():
    sunday = dt.datetime(2026, 3, 8, 10, 0, tzinfo=ZONE)
    assert read("next Tuesday", sunday).date == day("03-10")
    assert read("this weekend", sunday) == When(date=day("03-08"), last_date=day("03-08"))


def test_opening_decides_what_a_bare_hour_means():
    assert read_when("at 7", NOW).time == dt.time(7)
    assert read_when("at 7", NOW, opens=dt.time(8)).time == dt.time(19)


def test_longest_message_is_read_in_a_moment():
    text = "on the 12th at 3 pm or " * 45
    assert read(text[:1000]).date == day("03-12")


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("after 4 but not Thursdays", (3,)),
        ("I can't do Mondays or Tuesdays", (0, 1)),
        ("any day but Monday please", (0,)),
        ("mornings except Wednesdays", (2,)),
        ("Thursdays don't work for me", (3,)),
        ("no Fridays", (4,)),
        ("next Tuesday afternoon", ()),
        ("why not Friday", ()),
    ],
)
def test_weekdays_that_do_not_suit_are_read(text, weekdays):
    assert read(text).not_weekdays == weekdays
