"""A name is found beside whatever else is said, and nothing else is taken for one."""

import pytest

from bot.booking.words.contact_words import call_note_in, phone_in, phone_try_in, without_contact
from bot.booking.words.names import name_in, patient_named


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("just Ray Coleman", "Ray Coleman"), ("Ray Coleman, do I pay?", "Ray Coleman"), ("bob jones", "bob jones"),
        ("jon smth 301-555-0133", "jon smth"), ("name Li Wei number 3015550119", "Li Wei"), ("Wong, Amy", "Wong Amy"),
        ("It's for Rosa Diaz. 240 555 0188", "Rosa Diaz"), ("Mr. Thomas Green, 202-555-0175", "Mr. Thomas Green"),
        ("Ann Example (301) 515-0123 (call after 5)", "Ann Example"), ("Nina Berg 12345", "Nina Berg"),
        ("ann lee, 301 555 0123, ann@lee.com, been before", "ann lee"), ("Ann Example 301 515 O123", "Ann Example"),
        ("I already told you. Rita Moss. the same number", "Rita Moss"), ("J. P. Moss", "J. P. Moss"),
    ],
)  # fmt: skip
def test_asked_for(text, name):
    assert name_in(text, asked=True) == name


@pytest.mark.parametrize(
    "text",
    ["routine check", "what does it cost", "is parking free?", "I'm not sure", "friday", "new patient", "heel pain"],
)
def test_no_name_although_one_was_asked_for(text):
    assert name_in(text, asked=True) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I'm free tomorrow after 2, Tom Reed 301-555-0122", "Tom Reed"),
        ("my heel hurts, tom reed 301 555 0122", "tom reed"),
        ("book me, friday after 4, Ann Example 301 555 0188", "Ann Example"),
        ("Hi, I'm Ann Example and my heel hurts", "Ann Example"),
        ("I want to book for my son Leo Martin 301-555-0101", "Leo Martin"),
        ("wed 2nd 4pm. Rita Moss 240 555 0177", "Rita Moss"),
        ("fri at 10 a.m. then. Rita Moss 240 555 0177", "Rita Moss"),
    ],
)
def test_told_beside_something_else(text, name):
    assert name_in(text, asked=False) == name


@pytest.mark.parametrize(
    "text",
    [
        "this is killing me", "this is awful", "I have Plantar Fasciitis, 301 555 0122", "call me at 301 555 0122",
        "sore heel", "bob jones", "I'm Diabetic", "Heel pain for 3 weeks", "Left Heel", "Monday Morning", "Thanks Ann",
    ],
)  # fmt: skip
def test_no_name_where_none_was_asked_for(text):
    assert name_in(text, asked=False) is None


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("301 515 O123", "301 515 0123"),
        ("301-515-0123 ext 12", "301-515-0123 ext. 12"),
        ("(301) 515-0123 x12", "(301) 515-0123 ext. 12"),
        ("December 8, 10 or 14", None),
        ("on 12/15/2026 at 10:30", None),
    ],
)
def test_a_number_is_read_with_its_extension_and_a_letter_for_a_nought(text, phone):
    assert phone_in(text) == phone


def test_too_few_digits_are_a_try():
    assert phone_try_in("Nina Berg 12345") == "12345"


def test_when_to_call_is_for_staff_and_no_wish_for_the_visit():
    text = "Ann Example (301) 515-0123 (call after 5)"
    assert call_note_in(text) == "call after 5"
    assert "5" not in without_contact(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I'm her father, Omar Haddad, 202-555-0136. My daughter is Lina", "Lina"),
        ("the patient is Lina Haddad, not me", "Lina Haddad"),
        ("it's for Lina and her feet turn in", "Lina"),
        ("my daughter is diabetic", None),
        ("my daughter is Ok now", None),
        ("it is for Thursday", None),
    ],
)
def test_somebody_else_for_whom_the_visit_is(text, name):
    assert patient_named(text) == name
