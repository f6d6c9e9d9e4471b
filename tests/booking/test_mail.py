import datetime as dt
import re
from zoneinfo import ZoneInfo

import icalendar
import pytest
from after_samples import OFFICE, PRACTICE, SENDER, VISITOR, a_visit, book, mail_settings
from booking_samples import practice as small_practice
from django.utils import timezone

from bot.booking.announcements import Change, announce
from bot.booking.appointments import cancel_visit, change_visit, decline_visit, find_by_reference, link_token
from bot.booking.mails.mail_words import filled, read_words, words
from bot.booking.mails.message import message
from bot.booking.outbox_models import MailRow
from bot.booking.visits import Party
from bot.errors import KnowledgeError
from bot.settings import ROOT

pytestmark = pytest.mark.django_db

MAILS = ROOT / "data" / "service" / "mails.yml"


@pytest.fixture
def mail(configured):
    return configured(**mail_settings(25)).mail


@pytest.fixture
def written(mail):
    """Write the newest mail to the visitor, or to the practice."""

    def written(for_practice=False, practice=PRACTICE):
        row = MailRow.objects.filter(for_practice=for_practice).order_by("-pk").first()
        return message(row, practice, mail).message()

    return written


def parts_of(mail):
    return {
        part.get_content_type(): part.get_payload(decode=True).decode()
        for part in mail.walk()
        if not part.is_multipart()
    }


def all_words(mail):
    return "\n".join([mail["Subject"], *parts_of(mail).values()])


def test_booking_mail_has_text_html_and_an_invitation(written):
    book()
    mail = written()
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert (mail["From"], mail["To"]) == (f"{PRACTICE.name} <{SENDER}>", VISITOR)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_payload()[2].get_param("method") == "REQUEST"


def test_visitor_reads_when_where_and_how_to_change_it(written):
    appointment = book()
    text = parts_of(written())["text/plain"]
    when = appointment.visit.start
    assert f"{when:%A, %B} {when.day}, {when.year} at 10:00 AM, first visit with Ann" in text
    for detail in (appointment.reference, "1 Example Street", "(301) 555-0100", "911"):
        assert detail in text
    assert f"https://feet.example/visit/{link_token(appointment.uid)}" in text


def test_link_can_be_opened_from_the_html_and_other_words_are_escaped(written):
    appointment = book()
    page = parts_of(written())["text/html"]
    link = f"https://feet.example/visit/{link_token(appointment.uid)}"
    assert re.search(rf'<a href="{link}"[^>]*>{link}</a>', page)
    assert re.search(rf'<a href="tel:{re.escape(PRACTICE.phone_e164)}"[^>]*>{re.escape(PRACTICE.phone)}</a>', page)
    assert "Shoes &amp; insoles &lt;old&gt;." in page


@pytest.mark.parametrize("for_practice", [False, True])
@pytest.mark.parametrize("change", list(Change))
def test_no_mail_holds_a_contact_detail_or_a_word_of_the_reason(written, change, for_practice):
    appointment = book()
    announce(appointment, change)
    words_of_mail = all_words(written(for_practice))
    for secret in ("Zacharias", "Quillfeather", "555-0187", "5550187", "heel", "pain"):
        assert secret not in words_of_mail


def test_practice_is_told_by_reference_and_sent_to_the_console(written):
    appointment = book()
    mail = written(for_practice=True)
    assert mail["To"] == OFFICE
    assert appointment.reference in mail["Subject"]
    assert "https://feet.example/staff/bookings/" in parts_of(mail)["text/plain"]
    assert link_token(appointment.uid) not in all_words(mail)
    assert "text/calendar" not in parts_of(mail)


def test_address_that_is_not_filled_in_leaves_its_paragraph_out(written):
    book()
    assert "Where:" not in parts_of(written(practice=small_practice()))["text/plain"]


def test_moved_visit_is_told_with_the_new_time(written):
    appointment = book()
    changed = change_visit(appointment.reference, a_visit(9, "15:30"), by=Party.STAFF, now=timezone.now())
    mail = written()
    assert f"{changed.visit.start:%A}" in parts_of(mail)["text/plain"] and "3:30 PM" in parts_of(mail)["text/plain"]
    event = event_of(mail)
    assert (event.start, event["SEQUENCE"]) == (changed.visit.start, 1)


def test_cancelled_and_declined_visits_leave_the_visitors_calendar(written):
    cancelled = book(key="a")
    cancel_visit(cancelled.reference)
    assert_is_cancelled(written(), cancelled)
    declined = book(8, key="b")
    decline_visit(declined.reference, staff="s@practice.example", now=timezone.now())
    assert_is_cancelled(written(), declined)


def assert_is_cancelled(mail, appointment):
    calendar = calendar_of(mail)
    event = calendar.events[0]
    assert (calendar["METHOD"], event["STATUS"], event["UID"]) == ("CANCEL", "CANCELLED", appointment.uid)
    assert event["SEQUENCE"] == find_by_reference(appointment.reference).sequence == 1


def test_reminder_says_what_to_bring_and_has_no_invitation(written):
    announce(book(), Change.REMINDED)
    mail = written()
    assert "Shoes & insoles" in parts_of(mail)["text/plain"]
    assert "text/calendar" not in parts_of(mail)


def test_invitation_names_organiser_guest_place_and_time_zone(written):
    appointment = book()
    event = event_of(written())
    assert event["ORGANIZER"] == f"mailto:{SENDER}" and event["ORGANIZER"].params["CN"] == "Greater Feet"
    assert event["ATTENDEE"] == f"mailto:{VISITOR}"
    assert event["LOCATION"] == "1 Example Street"
    assert (event.start, event.end) == (appointment.visit.start, appointment.visit.end)
    assert [zone["TZID"] for zone in calendar_of(written()).timezones] == ["America/New_York"]


@pytest.mark.parametrize("day", ["2027-03-13", "2027-03-15", "2027-11-06", "2027-11-08"])
def test_invitation_keeps_the_local_hour_around_the_change_of_the_clocks(written, day):
    book()
    start = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(9), ZoneInfo("America/New_York"))
    MailRow.objects.update(start=start, end=start + dt.timedelta(minutes=30))
    # Read by the time zone that is written into the invitation, not by one of the same name.
    zone = calendar_of(written()).timezones[0].to_tz(lookup_tzid=False)
    event = event_of(written())
    naive = event.start.replace(tzinfo=None)
    assert naive.hour == 9
    assert zone.utcoffset(naive) == start.utcoffset()


def test_invitation_is_short_and_the_same_at_every_try(written):
    book()
    first, second = parts_of(written()), parts_of(written())
    assert first == second
    assert len(first["text/calendar"]) < 2_000
    assert all(len(line.encode()) <= 75 for line in first["text/calendar"].split("\r\n"))


def test_words_are_there_for_every_change():
    for change in Change:
        assert words().visitor[change].subject and words().visitor[change].paragraphs


def test_paragraph_with_an_unknown_detail_is_left_out():
    assert filled("Where: {address}", {"address": ""}) == ""
    assert filled("Call {phone}.", {"phone": "1"}) == "Call 1."


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        ("{emergency_number}", "{emergency}", "emergency"),
        ("{link}", "{link", "brace"),
        ("{when}", "{reason}", "reason"),
        ("visitor:", "visitors:", "visitor"),
        ("  reminded:", "  remembered:", "reminded"),
        ("%-d, %Y at %-I:%M %p", "%Y", "when"),
    ],
)
def test_broken_words_are_refused_with_the_field(tmp_path, written, instead, problem):
    path = tmp_path / "mails.yml"
    path.write_text(MAILS.read_text(encoding="utf-8").replace(written, instead), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=problem):
        read_words(path)


def calendar_of(mail):
    return icalendar.Calendar.from_ical(parts_of(mail)["text/calendar"])


def event_of(mail):
    return calendar_of(mail).events[0]


def test_practice_whose_calendar_is_only_read_gets_invitations(configured):
    server = configured(**mail_settings(25), INSTEP_BUSY_FEEDS="https://calendar.example/busy.ics").mail
    appointment = book()
    row = MailRow.objects.get(for_practice=True)
    (part,) = [
        one for one in message(row, PRACTICE, server).message().walk() if one.get_content_type() == "text/calendar"
    ]
    event = icalendar.Calendar.from_ical(part.get_payload(decode=True)).events[0]
    assert (event["UID"], event["ATTENDEE"]) == (appointment.uid, f"mailto:{OFFICE}")
    assert event["SUMMARY"] == f"first visit, {appointment.reference}"


def test_practice_with_a_calendar_that_is_written_gets_no_invitation(configured):
    server = configured(**mail_settings(25)).mail
    book()
    row = MailRow.objects.get(for_practice=True)
    assert "text/calendar" not in [one.get_content_type() for one in message(row, PRACTICE, server).message().walk()]
