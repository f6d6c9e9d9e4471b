import datetime as dt
import socket
import threading

import pytest
from after_samples import OFFICE, PRACTICE, SENDER, VISITOR, a_visit, book, mail_settings
from django.db import transaction
from django.utils import timezone

from bot.booking.announcements import Change, announce, is_mailed
from bot.booking.appointments import cancel_visit, change_visit, forget_appointments
from bot.booking.mails.failed_mails import close_failed, failed_mails, send_again
from bot.booking.mails.outbox import LEASE, claim, delete_old, send_due
from bot.booking.outbox_models import MailRow
from bot.booking.visits import Party
from bot.errors import AppointmentNotFoundError, SettingsError
from tests.servers.certificate import write_certificate
from tests.servers.mail import MailServer
from tests.servers.ports import free_port

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server():
    with MailServer() as server:
        yield server


@pytest.fixture
def mail(server, configured):
    return configured(**mail_settings(server.port)).mail


def make_due():
    MailRow.objects.filter(due_at__isnull=False).update(due_at=timezone.now())


def owed():
    return MailRow.objects.filter(due_at__isnull=False)


def test_booking_tells_the_visitor_and_the_practice(server, mail):
    appointment = book()
    assert send_due(PRACTICE, mail)
    assert [(sender, to) for sender, to, _, _ in server.inbox.received] == [(SENDER, (VISITOR,)), (SENDER, (OFFICE,))]
    assert all(appointment.reference in message.as_string() for message in server.inbox.messages())
    assert not owed()


def test_visitor_without_an_address_gets_no_mail_and_the_practice_does(server, mail):
    book(email="")
    send_due(PRACTICE, mail)
    assert [to for _, to, _, _ in server.inbox.received] == [(OFFICE,)]


def test_mail_is_owed_only_if_the_change_is_committed(mail):
    with pytest.raises(RuntimeError), transaction.atomic():
        book()
        raise RuntimeError
    assert not MailRow.objects.exists()


def test_without_a_mail_server_nothing_is_stored(configured):
    configured(INSTEP_SMTP_HOST="")
    book()
    assert not MailRow.objects.exists()


def test_mail_is_promised_only_where_it_is_sent(mail, configured):
    appointment = book()
    assert is_mailed(appointment) and not is_mailed(book(8, key="b", email=""))
    configured(INSTEP_SMTP_HOST="")
    assert not is_mailed(appointment)


def test_same_change_announced_twice_is_one_mail(mail):
    appointment = book()
    announce(appointment, Change.BOOKED)
    assert MailRow.objects.count() == 2


def test_every_change_is_told_in_order_with_one_uid_and_a_rising_sequence(server, mail):
    appointment = book()
    change_visit(appointment.reference, a_visit(8), by=Party.VISITOR, now=timezone.now())
    cancel_visit(appointment.reference)
    send_due(PRACTICE, mail)
    parts = [calendar_of(message) for message in server.inbox.messages(VISITOR)]
    assert [line(part, "METHOD") for part in parts] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [line(part, "SEQUENCE") for part in parts] == ["0", "1", "2"]
    assert {line(part, "UID") for part in parts} == {appointment.uid}


def test_later_mail_waits_for_an_earlier_one_that_is_still_owed(server, mail):
    server.inbox.refusals[VISITOR] = "451 try again later"
    appointment = book()
    send_due(PRACTICE, mail)
    cancel_visit(appointment.reference)
    server.inbox.refusals.clear()
    send_due(PRACTICE, mail)
    assert server.inbox.messages(VISITOR) == []
    make_due()
    send_due(PRACTICE, mail)
    subjects = [message["Subject"] for message in server.inbox.messages(VISITOR)]
    assert len(subjects) == 2 and "cancelled" in subjects[1]


def test_second_try_carries_the_same_message_id_uid_and_sequence(server, mail):
    book()
    send_due(PRACTICE, mail)
    MailRow.objects.update(due_at=timezone.now(), address=VISITOR)
    send_due(PRACTICE, mail)
    first, second = server.inbox.messages(VISITOR)
    assert first["Message-ID"] == second["Message-ID"] and first["Message-ID"].endswith("@practice.example>")
    assert calendar_of(first) == calendar_of(second)


def test_address_is_wiped_once_the_mail_is_sent(server, mail):
    book()
    send_due(PRACTICE, mail)
    assert set(MailRow.objects.values_list("address", flat=True)) == {""}


def test_refused_recipient_is_given_up_at_once_and_shown_to_staff(server, mail):
    server.inbox.refusals[VISITOR] = "550 no such person"
    appointment = book()
    assert send_due(PRACTICE, mail)
    (failed,) = failed_mails()
    assert (failed.reference, failed.change, failed.for_practice) == (appointment.reference, Change.BOOKED, False)
    assert failed.failure == "recipient_refused"
    assert [to for _, to, _, _ in server.inbox.received] == [(OFFICE,)]


def test_mail_that_was_given_up_is_sent_again_when_staff_say_so(server, mail):
    server.inbox.refusals[VISITOR] = "550 mailbox full"
    book()
    send_due(PRACTICE, mail)
    server.inbox.refusals.clear()
    send_again(failed_mails()[0].id)
    assert failed_mails() == ()
    assert send_due(PRACTICE, mail)
    (sent,) = server.inbox.messages(VISITOR)
    assert calendar_of(sent)


def test_mail_that_cannot_be_sent_is_taken_off_the_list_once_somebody_has_called(server, mail):
    server.inbox.refusals[VISITOR] = "550 no such person"
    book()
    send_due(PRACTICE, mail)
    (failed,) = failed_mails()
    close_failed(failed.id)
    assert failed_mails() == () and not owed()
    with pytest.raises(AppointmentNotFoundError):
        send_again(failed.id)


def test_mail_that_was_given_up_is_no_trouble_once_a_later_one_arrived(server, mail):
    server.inbox.refusals[VISITOR] = "550 mailbox full"
    appointment = book()
    send_due(PRACTICE, mail)
    server.inbox.refusals.clear()
    cancel_visit(appointment.reference)
    send_due(PRACTICE, mail)
    assert failed_mails() == ()


def test_practice_without_an_address_is_no_trouble(server, configured):
    mail = configured(**mail_settings(server.port, INSTEP_MAIL_PRACTICE="")).mail
    book()
    assert send_due(PRACTICE, mail)
    assert [to for _, to, _, _ in server.inbox.received] == [(VISITOR,)]
    assert failed_mails() == () and not owed()


def test_refusal_for_the_moment_is_tried_again_after_longer_and_longer_pauses(server, mail):
    server.inbox.refusals[VISITOR] = "450 mailbox busy"
    book()
    pauses = []
    for _ in range(3):
        make_due()
        send_due(PRACTICE, mail)
        pauses.append((owed().get().due_at - timezone.now()).total_seconds())
    assert 50 < pauses[0] < pauses[1] < pauses[2] <= 300
    assert failed_mails() == ()


def test_refused_content_is_given_up(server, mail):
    server.inbox.data_answer = "554 not wanted"
    book()
    send_due(PRACTICE, mail)
    assert {failed.failure for failed in failed_mails()} == {"mail_refused"}


def test_mail_that_found_no_server_for_two_days_is_given_up(configured):
    mail = configured(**mail_settings(free_port())).mail
    book()
    assert not send_due(PRACTICE, mail)
    assert owed().count() == 2 and failed_mails() == ()
    MailRow.objects.update(created_at=timezone.now() - dt.timedelta(days=3))
    for _ in range(2):
        make_due()
        send_due(PRACTICE, mail)
    assert {failed.failure for failed in failed_mails()} == {"no_connection"}


def test_server_that_answers_nothing_is_left_after_the_patience(configured, monkeypatch):
    monkeypatch.setattr("bot.booking.mails.message.PATIENCE_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mail = configured(**mail_settings(silent.getsockname()[1])).mail
        book()
        assert not send_due(PRACTICE, mail)
    assert {row.failure for row in owed().filter(attempts=1)} == {"no_connection"}


def test_connection_that_breaks_before_the_answer_is_tried_again(server, mail):
    server.inbox.break_off = True
    book()
    assert not send_due(PRACTICE, mail)
    server.inbox.break_off = False
    make_due()
    send_due(PRACTICE, mail)
    assert len(server.inbox.messages()) == 2 and not owed()


def test_mail_for_a_visit_that_is_over_is_not_sent(server, mail):
    book()
    MailRow.objects.update(end=timezone.now() - dt.timedelta(minutes=1))
    send_due(PRACTICE, mail)
    assert server.inbox.messages(VISITOR) == []


def test_row_that_a_killed_process_took_is_due_again_after_the_lease(mail):
    book()
    taken = claim(MailRow, dt.timedelta(seconds=-1), set(), ordered=True)
    assert claim(MailRow, LEASE, set(), ordered=True) == taken
    assert claim(MailRow, LEASE, set(), ordered=True) != taken


def test_two_processes_never_take_the_same_mail(mail):
    for number in range(5):
        book(7 + number, key=str(number), email="")
    taken, barrier = [], threading.Barrier(4)

    def work():
        from django.db import connection

        barrier.wait()
        while row := claim(MailRow, LEASE, set(), ordered=True):
            taken.append(row.pk)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 5


def test_forgetting_cancels_a_coming_visit_and_leaves_no_address_once_that_is_told(server, mail):
    appointment = book()
    forget_appointments(appointment.conversation_id)
    send_due(PRACTICE, mail)
    assert "cancelled" in server.inbox.messages(VISITOR)[-1]["Subject"]
    assert set(MailRow.objects.values_list("address", flat=True)) == {""}


def test_what_was_told_of_visits_long_over_is_deleted(server, mail):
    book()
    send_due(PRACTICE, mail)
    assert delete_old() == 0
    MailRow.objects.update(end=timezone.now() - dt.timedelta(days=31))
    assert delete_old() == 2


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_mail_goes_encrypted_and_with_a_login(configured, monkeypatch, tmp_path, security):
    certificate = write_certificate(tmp_path / "server.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with MailServer(certificate, login=("clerk", "secret"), implicit=security == "ssl") as server:
        login = {"INSTEP_SMTP_SECURITY": security, "INSTEP_SMTP_USER": "clerk", "INSTEP_SMTP_PASSWORD": "secret"}
        mail = configured(**mail_settings(server.port, **login)).mail
        book()
        assert send_due(PRACTICE, mail)
        assert [encrypted for _, _, _, encrypted in server.inbox.received] == [True, True]


def test_server_with_an_unknown_certificate_gets_nothing(configured, tmp_path):
    with MailServer(write_certificate(tmp_path / "server.pem")) as server:
        mail = configured(**mail_settings(server.port, INSTEP_SMTP_SECURITY="starttls")).mail
        book()
        assert not send_due(PRACTICE, mail)
        assert server.inbox.received == []


def test_wrong_password_keeps_the_mails(configured, monkeypatch, tmp_path):
    certificate = write_certificate(tmp_path / "server.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with MailServer(certificate, login=("clerk", "secret")) as server:
        wrong = {"INSTEP_SMTP_SECURITY": "starttls", "INSTEP_SMTP_USER": "clerk", "INSTEP_SMTP_PASSWORD": "typo"}
        mail = configured(**mail_settings(server.port, **wrong)).mail
        book()
        assert not send_due(PRACTICE, mail)
    assert owed().filter(failure="login_refused").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INSTEP_MAIL_FROM", ""),
        ("INSTEP_MAIL_FROM", "the practice"),
        ("INSTEP_MAIL_PRACTICE", "a@b.example, c@d.example"),
        ("INSTEP_SMTP_SECURITY", "tls"),
        ("INSTEP_SMTP_PORT", "smtp"),
    ],
)
def test_setting_that_cannot_be_used_is_refused_by_name(configured, name, value):
    with pytest.raises(SettingsError, match=name):
        configured(**mail_settings(25, **{name: value}))


def calendar_of(message):
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return part.get_content()


def line(text, name):
    return next(row for row in text.splitlines() if row.startswith(f"{name}:")).partition(":")[2]
