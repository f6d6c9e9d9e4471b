import datetime as dt

import icalendar
import pytest
from after_samples import PRACTICE, a_visit, book, in_days
from booking_samples import ZONE, hours
from booking_samples import practice as small_practice
from django.utils import timezone

from bot.booking.appointments import (
    cancel_visit,
    change_visit,
    find_by_reference,
    forget_appointments,
    offer_visits,
)
from bot.booking.calendar.busy_times import busy_between, event_problems
from bot.booking.calendar.caldav_calendar import PracticeCalendar, Written
from bot.booking.calendar.calendar_reading import calendar_troubles, read_due
from bot.booking.calendar.event_writing import owe_missing_events, write_due
from bot.booking.calendar.following import double_bookings, events_out_of_step
from bot.booking.outbox_models import CalendarRow, EventRow
from bot.booking.visits import AppointmentState, Attention, Party
from bot.errors import SettingsError
from bot.knowledge.model import Clinician
from tests.servers.calendar import PASSWORD, USER, CalendarServer, event
from tests.servers.ports import free_port

pytestmark = pytest.mark.django_db(transaction=True)

TWO = small_practice(
    clinicians=(Clinician("ann", "Ann", hours("09:00-17:00")), Clinician("bo", "Bo", hours("09:00-17:00")))
)


@pytest.fixture(scope="module")
def radicale(tmp_path_factory):
    server = CalendarServer(tmp_path_factory.mktemp("radicale"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(radicale):
    for name in ("visits", "ann", "bo"):
        radicale.do("DELETE", radicale.address(name))
        radicale.make(name)
    return radicale


@pytest.fixture
def calendar(server, configured):
    """A practice with a calendar; `sync` does a round of reading and writing like the server does."""
    return configure(configured, server.address())


def configure(configured, addresses, practice=PRACTICE, **more):
    access = configured(
        INSTEP_CALENDARS=addresses, INSTEP_CALENDAR_USER=USER, INSTEP_CALENDAR_PASSWORD=PASSWORD, **more
    ).calendar

    def sync():
        CalendarRow.objects.update(due_at=timezone.now())
        EventRow.objects.filter(due_at__isnull=False).update(due_at=timezone.now())
        opened = {address: PracticeCalendar(address, access) for address in access.addresses.values()}
        owe_missing_events(timezone.now())
        reached = read_due(practice, access, opened.__getitem__)
        return write_due(practice, access, opened.__getitem__) and reached

    return sync


def only_event(server, name="visits"):
    ((file, text),) = server.events(name).items()
    return file, icalendar.Calendar.from_ical(text).events[0]


def state_of(appointment):
    return find_by_reference(appointment.reference).state


def start_of(appointment):
    return find_by_reference(appointment.reference).visit.start


def test_booked_visit_becomes_one_event_without_a_word_about_the_visitor(server, calendar):
    appointment = book()
    assert calendar() and calendar()
    file, written = only_event(server)
    assert file == f"{appointment.uid}.ics"
    assert (written["UID"], written.start, written.end) == (
        appointment.uid,
        appointment.visit.start,
        appointment.visit.end,
    )
    assert written["SUMMARY"] == f"first visit, {appointment.reference}"
    for secret in ("Quillfeather", "5550187", "example.org", "heel", "ATTENDEE"):
        assert secret not in server.events()[file]


def test_name_stands_in_the_event_only_where_the_practice_says_so(server, configured):
    sync = configure(configured, server.address(), INSTEP_CALENDAR_SHOWS_NAMES="yes")
    book()
    sync()
    assert only_event(server)[1]["SUMMARY"].startswith("Zacharias Quillfeather: first visit")


def test_moved_visit_moves_its_event_and_keeps_what_staff_wrote_into_it(server, calendar):
    appointment = book()
    calendar()
    file, _ = only_event(server)
    server.put(file, server.events()[file].replace("TRANSP:OPAQUE", "TRANSP:OPAQUE\r\nCOMMENT:Room 2"))
    calendar()
    change_visit(appointment.reference, a_visit(9, "14:00"), by=Party.VISITOR, now=timezone.now())
    calendar()
    _, written = only_event(server)
    assert (written.start, written["SEQUENCE"], written["COMMENT"]) == (in_days(9, "14:00"), 1, "Room 2")
    assert start_of(appointment) == in_days(9, "14:00")


def test_cancelled_visit_leaves_the_calendar(server, calendar):
    appointment = book()
    calendar()
    cancel_visit(appointment.reference)
    calendar()
    assert server.events() == {}


def test_forgotten_conversation_leaves_nothing_in_the_calendar(server, calendar):
    appointment = book()
    calendar()
    forget_appointments(appointment.conversation_id)
    calendar()
    assert server.events() == {} and not EventRow.objects.exists()


def test_visit_that_was_never_written_and_is_cancelled_is_never_written(server, calendar):
    cancel_visit(book().reference)
    calendar()
    assert server.events() == {}


def test_event_moved_in_the_calendar_moves_the_visit_and_staff_see_it(server, calendar):
    appointment = book()
    calendar()
    file, _ = only_event(server)
    server.move(file, in_days(8, "11:00"), in_days(8, "11:30"))
    calendar()
    moved = find_by_reference(appointment.reference)
    assert (moved.visit.start, moved.visit.end) == (in_days(8, "11:00"), in_days(8, "11:30"))
    assert (moved.state, moved.attention, moved.sequence) == (
        AppointmentState.CHANGED,
        Attention.MOVED_IN_CALENDAR,
        1,
    )


def test_followed_move_causes_no_further_change(server, calendar):
    appointment = book()
    calendar()
    file, _ = only_event(server)
    server.move(file, in_days(8, "11:00"), in_days(8, "11:30"))
    for _ in range(4):
        calendar()
    assert find_by_reference(appointment.reference).sequence == 1
    assert only_event(server)[1].start == in_days(8, "11:00")


def test_event_deleted_in_the_calendar_cancels_the_visit(server, calendar):
    appointment = book()
    calendar()
    server.delete(only_event(server)[0])
    calendar()
    assert state_of(appointment) is AppointmentState.CANCELLED
    assert find_by_reference(appointment.reference).attention is Attention.CANCELLED_IN_CALENDAR


def test_event_crossed_out_in_the_calendar_cancels_the_visit(server, calendar):
    appointment = book()
    calendar()
    file, _ = only_event(server)
    server.put(file, server.events()[file].replace("STATUS:CONFIRMED", "STATUS:CANCELLED"))
    calendar()
    assert state_of(appointment) is AppointmentState.CANCELLED


def test_practice_wins_where_both_move_the_visit(server, calendar):
    appointment = book()
    calendar()
    change_visit(appointment.reference, a_visit(9, "14:00"), by=Party.VISITOR, now=timezone.now())
    server.move(only_event(server)[0], in_days(8, "11:00"), in_days(8, "11:30"))
    calendar()
    calendar()
    assert start_of(appointment) == only_event(server)[1].start == in_days(8, "11:00")


def test_practice_that_deletes_wins_over_a_visitor_that_moves(server, calendar):
    appointment = book()
    calendar()
    change_visit(appointment.reference, a_visit(9, "14:00"), by=Party.VISITOR, now=timezone.now())
    server.delete(only_event(server)[0])
    calendar()
    calendar()
    assert state_of(appointment) is AppointmentState.CANCELLED and server.events() == {}


@pytest.mark.parametrize("start", ["10:00", "10:15"])
def test_visit_moved_onto_another_one_is_a_double_booking_that_staff_see(server, calendar, start):
    first, second = book(key="a"), book(8, key="b")
    calendar()
    end = (dt.datetime.combine(dt.date(2026, 1, 1), dt.time.fromisoformat(start)) + dt.timedelta(minutes=30)).time()
    server.move(f"{second.uid}.ics", in_days(7, start), in_days(7, end.isoformat()))
    calendar()
    assert start_of(second) == in_days(7, start) and start_of(first) == in_days(7)
    (double,) = double_bookings()
    assert {double.appointment.reference, double.other} == {first.reference, second.reference}


def test_own_event_of_the_practice_over_a_visit_is_a_double_booking_too(server, calendar):
    appointment = book()
    server.put("a.ics", event("a", f"DTSTART:{utc(in_days(7))}", f"DTEND:{utc(in_days(7, '11:00'))}"))
    calendar()
    (double,) = double_bookings()
    assert (double.appointment.reference, double.other) == (appointment.reference, "")


def test_event_without_a_time_of_day_changes_nothing_and_staff_see_it(server, calendar):
    appointment = book()
    calendar()
    file, _ = only_event(server)
    day = in_days(8)
    server.put(file, event(appointment.uid, f"DTSTART;VALUE=DATE:{day:%Y%m%d}"))
    calendar()
    assert start_of(appointment) == in_days(7)
    assert events_out_of_step() == ((appointment.reference, "no_time_of_day"),)


def test_many_events_that_vanish_at_once_cancel_nothing(server, calendar):
    booked = [book(7 + number, key=str(number)) for number in range(4)]
    calendar()
    for one in booked:
        server.delete(f"{one.uid}.ics")
    assert not calendar()
    assert {state_of(one) for one in booked} == {AppointmentState.CONFIRMED}
    assert [trouble.failure for trouble in calendar_troubles()] == ["many_events_gone"]


def test_calendar_that_is_gone_as_a_whole_cancels_nothing(server, calendar):
    appointment = book()
    calendar()
    server.do("DELETE", server.address())
    assert not calendar()
    assert state_of(appointment) is AppointmentState.CONFIRMED
    assert [trouble.failure for trouble in calendar_troubles()] == ["no_calendar"]


def test_booking_goes_on_while_the_server_is_down_and_is_caught_up(server, calendar):
    server.stop()
    appointment = book()
    assert not calendar()
    assert state_of(appointment) is AppointmentState.CONFIRMED
    assert [trouble.failure for trouble in calendar_troubles()] == ["no_connection"]
    server.start()
    assert calendar()
    assert list(server.events()) == [f"{appointment.uid}.ics"] and calendar_troubles() == ()


def test_visit_from_before_the_calendar_is_written_into_it(server, configured):
    configured(INSTEP_CALENDARS="")
    appointment = book()
    configure(configured, server.address())()
    assert list(server.events()) == [f"{appointment.uid}.ics"]


def test_event_whose_writer_was_killed_is_taken_over(server, calendar):
    appointment = book()
    calendar()
    EventRow.objects.update(calendar="", href="", etag="", start=None, end=None, due_at=timezone.now())
    CalendarRow.objects.all().delete()
    for _ in range(2):
        calendar()
    assert list(server.events()) == [f"{appointment.uid}.ics"]
    assert EventRow.objects.get().href.endswith(f"{appointment.uid}.ics")
    assert find_by_reference(appointment.reference).sequence == 0


def test_event_whose_writer_was_killed_follows_a_change_of_the_visitor(server, calendar):
    appointment = book()
    calendar()
    EventRow.objects.update(calendar="", href="", etag="", start=None, end=None, due_at=timezone.now())
    CalendarRow.objects.all().delete()
    change_visit(appointment.reference, a_visit(9, "14:00"), by=Party.VISITOR, now=timezone.now())
    for _ in range(2):
        calendar()
    assert start_of(appointment) == only_event(server)[1].start == in_days(9, "14:00")


def busy(first=0, last=31):
    return [
        f"{one.start.astimezone(ZONE):%d %H:%M}-{one.end.astimezone(ZONE):%d %H:%M}"
        for one in busy_between(in_days(first, "00:00"), in_days(last, "00:00"))
    ]


def written(*moments):
    return [f"{start:%d %H:%M}-{end:%d %H:%M}" for start, end in moments]


def test_other_events_are_busy_times_and_are_not_offered(server, calendar):
    server.put("a.ics", event("a", f"DTSTART:{utc(in_days(7, '09:00'))}", f"DTEND:{utc(in_days(7, '16:00'))}"))
    calendar()
    assert busy() == written((in_days(7, "09:00"), in_days(7, "16:00")))
    every_day = small_practice(clinicians=(Clinician("ann", "Ann", hours("09:00-17:00", days=range(7))),))
    offered = offer_visits(every_day, timezone.now(), limit=500)
    on_that_day = [one.start for one in offered if one.start.date() == in_days(7).date()]
    assert on_that_day and min(on_that_day) == in_days(7, "16:00")


def test_free_crossed_out_and_broken_events_take_no_time(server, calendar):
    times = (f"DTSTART:{utc(in_days(7))}", f"DTEND:{utc(in_days(7, '11:00'))}")
    server.put("a.ics", event("a", *times, "TRANSP:TRANSPARENT"))
    server.put("b.ics", event("b", *times, "STATUS:CANCELLED"))
    server.put("c.ics", event("c", f"DTSTART:{utc(in_days(8))}", f"DTEND:{utc(in_days(8, '11:00'))}"))
    calendar()
    assert busy() == written((in_days(8), in_days(8, "11:00")))


def test_all_day_event_takes_the_local_day(server, calendar):
    day = in_days(7)
    server.put("a.ics", event("a", f"DTSTART;VALUE=DATE:{day:%Y%m%d}"))
    calendar()
    assert busy() == written((in_days(7, "00:00"), in_days(8, "00:00")))


def test_repeated_event_is_busy_each_time_but_not_on_its_exceptions(server, calendar):
    first = in_days(2, "12:00")
    server.put(
        "a.ics",
        event(
            "a",
            f"DTSTART;TZID=America/New_York:{first:%Y%m%dT%H%M%S}",
            "DURATION:PT30M",
            "RRULE:FREQ=WEEKLY;COUNT=3",
            f"EXDATE;TZID=America/New_York:{in_days(9, '12:00'):%Y%m%dT%H%M%S}",
        ),
    )
    calendar()
    assert busy() == written(*((in_days(day, "12:00"), in_days(day, "12:30")) for day in (2, 16)))


def test_busy_time_that_is_moved_or_deleted_is_free_again(server, calendar):
    server.put("a.ics", event("a", f"DTSTART:{utc(in_days(7))}", f"DTEND:{utc(in_days(7, '11:00'))}"))
    calendar()
    server.move("a.ics", in_days(8), in_days(8, "11:00"))
    calendar()
    assert busy() == written((in_days(8), in_days(8, "11:00")))
    server.delete("a.ics")
    calendar()
    assert busy() == []


def test_second_round_reads_only_what_changed(server, calendar, monkeypatch):
    server.put("a.ics", event("a", f"DTSTART:{utc(in_days(7))}", f"DTEND:{utc(in_days(7, '11:00'))}"))
    calendar()
    monkeypatch.setattr(PracticeCalendar, "window", None)
    calendar()
    assert len(busy()) == 1


def test_token_that_the_server_forgot_leads_to_reading_everything(server, calendar):
    server.put("a.ics", event("a", f"DTSTART:{utc(in_days(7))}", f"DTEND:{utc(in_days(7, '11:00'))}"))
    calendar()
    CalendarRow.objects.update(sync_token="http://radicale.org/ns/sync/none")
    server.delete("a.ics")
    assert calendar()
    assert busy() == []


def test_each_clinician_can_have_a_calendar_of_their_own(server, configured):
    sync = configure(configured, f"ann={server.address('ann')},bo={server.address('bo')}", TWO)
    ann, bo = book(key="a"), book(key="b", clinician="bo")
    server.put("x.ics", event("x", f"DTSTART:{utc(in_days(3))}", f"DTEND:{utc(in_days(3, '11:00'))}"), "bo")
    sync()
    assert list(server.events("ann")) == [f"{ann.uid}.ics"]
    assert sorted(server.events("bo")) == sorted([f"{bo.uid}.ics", "x.ics"])
    assert {one.clinician_id for one in busy_between(in_days(2), in_days(4))} == {"bo"}


def test_event_dragged_into_the_calendar_of_a_colleague_moves_the_visit_there(server, configured):
    sync = configure(configured, f"ann={server.address('ann')},bo={server.address('bo')}", TWO)
    appointment = book()
    sync()
    file, _ = only_event(server, "ann")
    text = server.events("ann")[file]
    server.delete(file, "ann")
    server.put(file, text, "bo")
    for _ in range(2):
        sync()
    moved = find_by_reference(appointment.reference)
    assert (moved.visit.clinician_id, moved.state) == ("bo", AppointmentState.CHANGED)
    assert (len(server.events("ann")), len(server.events("bo"))) == (0, 1)


def test_visit_changed_to_a_colleague_moves_its_event_there(server, configured):
    sync = configure(configured, f"ann={server.address('ann')},bo={server.address('bo')}", TWO)
    appointment = book()
    sync()
    change_visit(appointment.reference, a_visit(7, clinician="bo"), by=Party.STAFF, now=timezone.now())
    for _ in range(2):
        sync()
    assert (len(server.events("ann")), len(server.events("bo"))) == (0, 1)
    assert state_of(appointment) is AppointmentState.CHANGED


@pytest.mark.parametrize("change", ["password", "port"])
def test_calendar_that_cannot_be_read_leaves_the_busy_times_and_is_shown(server, configured, change):
    configure(configured, server.address())()
    wrong = {"password": {"INSTEP_CALENDAR_PASSWORD": "typo"}, "port": {}}[change]
    address = server.address().replace(str(server.port), str(free_port())) if change == "port" else server.address()
    configured(INSTEP_CALENDARS=address, INSTEP_CALENDAR_USER=USER, **{"INSTEP_CALENDAR_PASSWORD": PASSWORD, **wrong})
    from bot.settings import settings

    access = settings().calendar
    CalendarRow.objects.update(due_at=timezone.now())
    assert not read_due(PRACTICE, access, lambda one: PracticeCalendar(one, access))
    assert {trouble.failure for trouble in calendar_troubles()} == {
        {"password": "login_refused", "port": "no_connection"}[change]
    }


@pytest.mark.parametrize(
    "written",
    [
        "calendar.example",
        "ftp://calendar.example/a/",
        "ann=",
        "a=https://x.example/,a=https://y.example/",
        "https://x.example/,b=https://y.example/",
        "a=https://x.example/,b=https://x.example",
    ],
)
def test_calendars_that_cannot_be_used_are_refused_by_name(configured, written):
    with pytest.raises(SettingsError, match="INSTEP_CALENDARS"):
        configured(INSTEP_CALENDARS=written)


def utc(moment):
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


class Served:
    """A calendar whose server takes whatever it is given, as some do that check nothing."""

    def __init__(self, **texts):
        self.texts = texts

    def token(self):
        return ""

    def window(self, start, end):
        return tuple(Written(name, text, "1") for name, text in self.texts.items())

    def read(self, hrefs):
        return {href: one for one in self.window(None, None) if (href := one.href) in hrefs}


@pytest.fixture
def serve(configured):
    access = configured(INSTEP_CALENDARS="https://calendar.example/visits/").calendar

    def do(**texts):
        CalendarRow.objects.update(due_at=timezone.now())
        return read_due(PRACTICE, access, lambda _: Served(**texts))

    return do


def test_event_that_repeats_for_ever_or_cannot_be_read_stops_nothing_and_is_shown(serve):
    times = (f"DTSTART:{utc(in_days(7))}", f"DTEND:{utc(in_days(7, '11:00'))}")
    day = in_days(8)
    assert serve(
        endless=event("a", *times, "SUMMARY:Surgery", "RRULE:FREQ=WEEKLY;INTERVAL=0"),
        broken=event("b", f"DTSTART;VALUE=DATE-TIME:{day:%Y%m%d}T9", "SUMMARY:Course"),
        html="<html>",
        good=event("c", f"DTSTART:{utc(in_days(9))}", f"DTEND:{utc(in_days(9, '11:00'))}"),
    )
    found = busy()
    assert written((in_days(7), in_days(7, "11:00")))[0] in found
    assert written((in_days(8, "00:00"), in_days(9, "00:00")))[0] in found
    assert written((in_days(9), in_days(9, "11:00")))[0] in found
    assert {(one.title, one.day, one.code) for one in event_problems()} == {
        ("", None, "unreadable"),
        ("Surgery", in_days(7).date(), "repetition_unclear"),
        ("Course", day.date(), "time_unreadable"),
    }


def test_event_that_cannot_be_read_any_more_keeps_the_time_that_was_known(serve):
    serve(a=event("a", f"DTSTART:{utc(in_days(7))}", f"DTEND:{utc(in_days(7, '11:00'))}"))
    serve(a=event("a", "DTSTART:", "SUMMARY:Surgery"))
    assert busy() == written((in_days(7), in_days(7, "11:00")))
    serve(a=event("a", f"DTSTART:{utc(in_days(8))}", f"DTEND:{utc(in_days(8, '11:00'))}"))
    assert busy() == written((in_days(8), in_days(8, "11:00"))) and event_problems() == ()


def test_reading_that_fails_in_an_unknown_way_stops_no_writing(server, calendar, monkeypatch):
    appointment = book()
    monkeypatch.setattr(PracticeCalendar, "window", None)
    calendar()
    assert list(server.events()) == [f"{appointment.uid}.ics"]
    assert [trouble.failure for trouble in calendar_troubles()] == ["unexpected"]
