import pytest

from bot.reading.exact.ages import age_years
from bot.reading.exact.quantities import duration_days


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("i'm 54", 54),
        ("im 54 and on my feet", 54),
        ("i am 54 years old", 54),
        ("54 yo male", 54),
        ("54yo", 54),
        ("54m with pain", 54),
        ("(f62)", 62),
        ("aged 70", 70),
        ("my 10 year old", 10),
        ("my 10-year-old limps", 10),
        ("my 18 month old", 1),
        ("i am 23 weeks pregnant", None),
        ("i'm 6 feet tall", None),
        ("when i was 7 years old", None),
        ("the pain is 7", None),
        ("i am 8 out of 10", None),
        ("i'm 900 years old", None),
    ],
)
def test_age_is_read_where_it_is_stated(text, age):
    assert age_years(text) == age


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("it hurts for 3 weeks", 21),
        ("for about two months now", 60),
        ("for the last 2 years", 730),
        ("over the past week", 7),
        ("for a couple of days", 2),
        ("for 3wks", 21),
        ("6 months", 180),
        ("it started 5 days ago", 5),
        ("since yesterday", 1),
        ("for months", 60),
        ("2-3 weeks now", 14),
        ("i am 54 years old", None),
        ("i had an operation 3 years ago and took tablets since then for the heart", None),
        ("for 100000 years", None),
        ("24/7", None),
    ],
)
def test_duration_is_how_long_it_has_lasted(text, days):
    assert duration_days(text) == days


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("pain 8/10", 8),
        ("8 out of 10", 8),
        ("The pain is a 7", 7),
        ("pain level: 6", 6),
        ("pain for 3 weeks", None),
        ("pain 3 weeks", None),
        ("pain in L5/S1 since 8/10/2020", None),
        ("pain is 45", None),
    ],
)
def test_severity_is_a_level_up_to_ten(reader, text, level):
    assert reader.read(text).severity_0_10 == level


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("my heel hurts", "self"),
        ("my son has heel pain", "child"),
        ("my wife can't lift her foot", "other"),
        ("my son fell on my left foot, it hurts", "self"),
        ("I am writing for my dad. His heel hurts.", "other"),
        ("heel pain", None),
    ],
)
def test_who_is_the_person_with_the_complaint(reader, text, who):
    assert reader.read(text).who == who
