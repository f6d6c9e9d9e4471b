import datetime as dt
import tracemalloc

import pytest
from after_samples import PRACTICE, book, in_days
from booking_samples import ZONE, hours
from booking_samples import practice as small_practice
from django.utils import timezone

from bot.booking.appointments import offer_visits
from bot.booking.calendar import busy_feeds
from bot.booking.calendar.busy_feeds import read_feeds
from bot.booking.calendar.busy_times import busy_between, event_problems
from bot.booking.calendar.calendar_reading import calendar_troubles
from bot.booking.calendar.following import double_bookings
from bot.booking.outbox_models import BusyRow, FeedRow
from bot.errors import SettingsError
from bot.knowledge.model import Clinician
from tests.servers.feed import FeedServer
from tests.servers.ports import free_port

pytestmark = pytest.mark.django_db(transaction=True)

TWO = small_practice(
    clinicians=(Clinician("ann", "Ann", hours("09:00-17:00")), Clinician("bo", "Bo", hours("09:00-17:00")))
)


@pytest.fixture(scope="module")
def started():
    server = FeedServer()
    yield server
    server.stop()


@pytest.fixture
def feed(started):
    started.asked = 0
    return started


@pytest.fixture
def read(feed, configured):
    """Read what is due; the feed is the calendar of all unless the test says otherwise."""

    def do(feeds=None, practice=PRACTICE):
        access = configured(INSTEP_BUSY_FEEDS=feeds or feed.address).busy_feeds
        FeedRow.objects.update(due_at=timezone.now())
        return read_feeds(practice, access)

    return do


def utc(moment):
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def event(uid, start, end, *more):
    return "\r\n".join(
        ("BEGIN:VEVENT", f"UID:{uid}", f"DTSTART:{utc(start)}", f"DTEND:{utc(end)}", *more, "END:VEVENT", "")
    )


def calendar(*events):
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(events) + "END:VCALENDAR\r\n"


GOOD = calendar(event("a", in_days(7, "09:00"), in_days(7, "16:00")))


def busy(clinician=None):
    found = busy_between(in_days(0, "00:00"), in_days(31, "00:00"))
    return [
        (one.start.astimezone(ZONE), one.end.astimezone(ZONE)) for one in found if clinician in (None, one.clinician_id)
    ]


KNOWN = [(in_days(7, "09:00"), in_days(7, "16:00"))]


def failures():
    return [trouble.failure for trouble in calendar_troubles()]


def test_events_of_a_feed_are_busy_times_and_are_not_offered(feed, read):
    feed.says(GOOD)
    assert read() and busy() == KNOWN
    every_day = small_practice(clinicians=(Clinician("ann", "Ann", hours("09:00-17:00", days=range(7))),))
    offered = [one.start for one in offer_visits(every_day, timezone.now(), limit=500)]
    assert min(start for start in offered if start.date() == in_days(7).date()) == in_days(7, "16:00")


def test_each_clinician_can_have_feeds_and_all_one_more(feed, read):
    feed.says(GOOD)
    assert read(f"ann={feed.address},bo={feed.address}?b,{feed.address}?all", TWO)
    assert len(busy("ann")) == len(busy("bo")) == 2


def test_feed_that_is_not_configured_any_more_takes_no_time(feed, read):
    feed.says(GOOD)
    read(f"{feed.address}?old")
    feed.says(calendar())
    read()
    assert busy() == []


def test_feed_that_did_not_change_is_not_read_again(feed, read):
    feed.says(GOOD, ETag='"1"')
    read()
    BusyRow.objects.all().delete()
    assert read() and busy() == [] and feed.asked == 2


def slow(request):
    request.send_response(200)
    request.end_headers()
    request.wfile.write(GOOD[:40].encode())


def loop(request):
    request.send_response(302)
    request.send_header("Location", request.path + "x")
    request.end_headers()


def endless(request):
    request.send_response(200)
    request.end_headers()
    request.wfile.write(b"BEGIN:VCALENDAR\r\n")
    try:
        for _ in range(50):
            request.wfile.write(b"X-FILL:" + b"x" * 1_000_000 + b"\r\n")
    except OSError:
        return


def page(request):
    request.send_response(200)
    request.end_headers()
    request.wfile.write(b"<!doctype html><html><body>Sign in</body></html>")


def nothing(request):
    request.send_response(200)
    request.end_headers()


def refused(request):
    request.send_error(403)


def gone(request):
    request.send_error(404)


def down(request):
    request.send_error(503)


def hang_up(request):
    request.connection.close()


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (slow, "cut_off"),
        (loop, "too_many_redirects"),
        (endless, "too_large"),
        (page, "not_a_calendar"),
        (nothing, "not_a_calendar"),
        (refused, "login_refused"),
        (gone, "no_calendar"),
        (down, "no_connection"),
        (hang_up, "no_connection"),
    ],
)
def test_answer_that_is_no_calendar_is_said_and_leaves_the_busy_times(feed, read, answer, failure):
    feed.says(GOOD)
    read()
    feed.answer = answer
    tracemalloc.start()
    assert not read()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert busy() == KNOWN and failures() == [failure] and peak < 50_000_000
    feed.says(GOOD)
    assert read() and failures() == []


def test_server_that_says_nothing_is_left_after_a_while(feed, read, monkeypatch):
    monkeypatch.setattr(busy_feeds, "_SILENCE_SECONDS", 0.3)
    feed.says(GOOD)
    read()
    feed.answer = lambda request: __import__("time").sleep(2)
    assert not read() and busy() == KNOWN and failures() == ["no_connection"]


def test_server_that_is_not_there_is_said_and_leaves_the_busy_times(feed, read):
    assert not read(f"http://127.0.0.1:{free_port()}/feed.ics") and failures() == ["no_connection"]


def test_clinician_that_the_practice_does_not_have_is_said(feed, read):
    assert not read(f"nobody={feed.address}") and failures() == ["unknown_clinician"]


def test_ten_thousand_events_are_read_with_bounded_memory(feed, read):
    many = [event(str(n), in_days(1 + n % 28, "09:00"), in_days(1 + n % 28, "09:30")) for n in range(10_000)]
    feed.says(calendar(*many, event("last", in_days(8, "12:00"), in_days(8, "13:00"))))
    tracemalloc.start()
    assert read()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (in_days(8, "12:00"), in_days(8, "13:00")) in busy() and peak < 80_000_000


def test_event_that_cannot_be_read_keeps_its_time_and_staff_see_which_it_is(feed, read):
    feed.says(GOOD)
    read()
    feed.says(calendar("BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Surgery\r\nDTSTART:soon\r\nEND:VEVENT\r\n"))
    assert read() and busy() == KNOWN
    (problem,) = event_problems()
    assert (problem.title, problem.day, problem.code) == ("Surgery", None, "time_unreadable")


def test_visit_that_came_back_by_its_invitation_is_no_double_booking(feed, read):
    appointment = book()
    visit = appointment.visit
    feed.says(calendar(event(appointment.uid, visit.start, visit.end), event("b", in_days(9), in_days(9, "11:00"))))
    assert read() and double_bookings() == () and busy() == [(in_days(9), in_days(9, "11:00"))]


def test_visit_in_a_list_of_busy_times_is_no_double_booking(feed, read):
    visit = book().visit
    feed.says(
        calendar(
            "BEGIN:VFREEBUSY\r\n"
            f"FREEBUSY:{utc(visit.start)}/{utc(visit.end + dt.timedelta(minutes=30))}\r\nEND:VFREEBUSY\r\n"
        )
    )
    assert read() and double_bookings() == () and busy() == [(visit.end, visit.end + dt.timedelta(minutes=30))]


def test_own_event_of_the_practice_over_a_visit_is_a_double_booking(feed, read):
    book()
    feed.says(calendar(event("b", in_days(7, "09:00"), in_days(7, "12:00"))))
    assert read() and len(double_bookings()) == 1


def test_secret_address_of_a_feed_is_not_stored(feed, read):
    feed.says(GOOD)
    read(f"{feed.address}?private-secret")
    assert "secret" not in FeedRow.objects.get().key + BusyRow.objects.first().calendar


@pytest.mark.parametrize("written", ["busy.ics", "ftp://x.example/a.ics", "ann=", "http://[x/a.ics"])
def test_feeds_that_cannot_be_used_are_refused_by_name(configured, written):
    with pytest.raises(SettingsError, match="INSTEP_BUSY_FEEDS"):
        configured(INSTEP_BUSY_FEEDS=written)


def test_address_for_subscribing_is_read_over_https(configured):
    assert configured(INSTEP_BUSY_FEEDS="webcal://x.example/a.ics").busy_feeds.feeds == (
        ("", "https://x.example/a.ics"),
    )
