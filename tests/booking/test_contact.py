import pytest

from bot.booking.contact import check_email, check_name, check_phone, written_phone
from bot.errors import ContactError


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lee", "Ann Lee"),
        ("  ann   lee ", "ann lee"),
        ("My name is Ann Lee.", "Ann Lee"),
        ("Hi, I'm Ann!", "Ann"),
        ("it's under Maria Lopez please", "Maria Lopez"),
        ("Ann Lee here, thanks", "Ann Lee"),
        ("Jos\u00e9 O\N{RIGHT SINGLE QUOTATION MARK}Brien-Smith", "Jos\u00e9 O'Brien-Smith"),
        ("Jose\u0301", "Jos\u00e9"),
        ("J.R. Tolk", "J.R. Tolk"),
        ("Lee, Ann", "Lee Ann"),
        ("\u674e\u5c0f\u9f99", "\u674e\u5c0f\u9f99"),
        (
            "\u0905\u0928\u093f\u0932 \u0915\u0941\u092e\u093e\u0930",
            "\u0905\u0928\u093f\u0932 \u0915\u0941\u092e\u093e\u0930",
        ),
        ("\u0645\u062d\u0645\u062f \u0639\u0644\u064a", "\u0645\u062d\u0645\u062f \u0639\u0644\u064a"),
        ("A" * 80, "A" * 80),
    ],
)
def test_name_of_any_script_is_taken_out_of_what_stands_around_it(text, name):
    assert check_name(text) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "name_missing"),
        ("!!!", "name_missing"),
        ("A", "name_too_short"),
        ("A" * 81, "name_too_long"),
        ("Ann 2", "name_characters"),
        ("Ann \N{SMILING FACE WITH SUNGLASSES}", "name_characters"),
        ("www.example.org/ann", "name_characters"),
        ("<b>Ann</b>", "name_characters"),
        ("An\0n", "name_characters"),
        ("no thanks", "name_is_a_sentence"),
        ("I would rather not say", "name_is_a_sentence"),
        ("why do you ask", "name_is_a_sentence"),
    ],
)
def test_what_is_no_name_is_refused_with_what_is_expected(text, code):
    with pytest.raises(ContactError) as caught:
        check_name(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("301 555 0187", "+13015550187"),
        ("(301) 555-0187", "+13015550187"),
        ("1-301-555-0187", "+13015550187"),
        ("reach me at 301.555.0187 after 5", "+13015550187"),
        ("301-555-0187 x12", "+13015550187;ext=12"),
        ("3015550187 ext. 12", "+13015550187;ext=12"),
        ("+44 20 7946 0018", "+442079460018"),
        ("home is 301 555 0187, work 301 555 0188", "+13015550187"),
    ],
)
def test_phone_number_is_found_in_a_sentence(text, phone):
    assert check_phone(text, "US") == phone


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "phone_missing"),
        ("call me", "phone_missing"),
        ("555-0187", "phone_too_short"),
        ("301 555 01878888", "phone_too_long"),
        ("000 000 0000", "phone_not_valid"),
    ],
)
def test_what_is_no_phone_number_is_refused_with_what_is_expected(text, code):
    with pytest.raises(ContactError) as caught:
        check_phone(text, "US")
    assert caught.value.code == code


def test_number_without_country_code_is_read_by_the_region():
    assert check_phone("020 7946 0018", "GB") == "+442079460018"


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("ann@example.com", "ann@example.com"),
        ("It is Ann.Lee+foot@Example.COM.", "Ann.Lee+foot@example.com"),
        ("<ann@example.com>", "ann@example.com"),
    ],
)
def test_address_is_found_in_a_sentence(text, email):
    assert check_email(text) == email


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "email_missing"),
        ("none", "email_missing"),
        ("ann@", "email_not_valid"),
        ("ann@localhost", "email_not_valid"),
        ("ann@example..com", "email_not_valid"),
        ("a@b@example.com", "email_not_valid"),
    ],
)
def test_what_is_no_address_is_refused_with_what_is_expected(text, code):
    with pytest.raises(ContactError) as caught:
        check_email(text)
    assert caught.value.code == code


def test_error_text_repeats_nothing_of_the_visitor():
    with pytest.raises(ContactError) as caught:
        check_name("secret 123")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("phone", "written"),
    [
        ("+13015550123", "(301) 555-0123"),
        ("+13015550123;ext=12", "(301) 555-0123 ext. 12"),
        ("+442079460958", "+44 20 7946 0958"),
    ],
)
def test_a_number_is_written_as_people_of_the_region_do(phone, written):
    assert written_phone(phone, "US") == written
