"""Who may see which staff page, in one table; and that nobody sees a visitor's data without a row of the trail."""

import re
import uuid

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from bot.booking.appointments import book_visit, offer_visits, request_call_back
from bot.booking.visits import Contact, VisitRequest
from bot.console.models import AuditRow
from bot.console.pages import practice
from bot.inbox.delivery import claim_turn, complete_turn, receive_text, start_conversation
from bot.inbox.messages import Bubble, TurnOutcome, Understanding

pytestmark = pytest.mark.django_db

# A page that is missing here, or is not there any more, fails the tests.
ALLOWED = {
    "anybody": {"account_login", "account_logout", "mfa_authenticate", "staff_invitation", "staff_password"},
    "without a second factor": {"account_reauthenticate", "mfa_activate_totp"},
    "staff": {
        *("staff_conversations", "staff_transcript", "staff_brief"),
        *("staff_bookings", "staff_coming", "staff_find", "staff_closed_calls", "staff_close_call", "staff_leave_list"),
        *("staff_visit", "staff_visit_brief", "staff_accept", "staff_decline", "staff_cancel", "staff_move"),
        *("staff_moved", "staff_mail", "staff_close_message"),
        *("account_inactive", "mfa_index", "mfa_reauthenticate", "mfa_deactivate_totp", "mfa_view_recovery_codes"),
        *("mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
    },
    "managers": {"staff_team", "staff_invite", "staff_password_link", "staff_switch"},
}
CANARY = "Quillfeather"


def pages():
    """Return an address of each staff page by its name."""
    found, waiting = {}, [("/", get_resolver())]
    while waiting:
        before, resolver = waiting.pop()
        for entry in resolver.url_patterns:
            path = before + str(entry.pattern)
            if hasattr(entry, "url_patterns"):
                waiting.append((path, entry))
            elif path.startswith("/staff/"):
                path = path.replace("<uuid:conversation_id>", str(uuid.UUID(int=7)))
                found[entry.name] = re.sub("<int:[^>]*>", "1", re.sub("<str:[^>]*>", "FT-777777", path))
    return found


def answers(client):
    """Return the answers to GET and POST of each page by its name."""
    return {name: (client.get(path), client.post(path)) for name, path in pages().items()}


def turned_away(client, to):
    """Return the names of the pages that send the browser to that address, whatever it asks."""
    return {
        name
        for name, pair in answers(client).items()
        if all(one.headers.get("Location", "").startswith(to) for one in pair)
    }


def test_every_page_stands_in_the_table_once():
    assert sorted(pages()) == sorted(name for names in ALLOWED.values() for name in names)


def test_a_stranger_is_let_into_nothing_else():
    assert turned_away(Client(), "/staff/account/login/?") == set(pages()) - ALLOWED["anybody"]


def test_who_has_no_second_factor_is_sent_to_set_it_up():
    user = get_user_model().objects.create(username="ben@example.org", is_staff=True, is_superuser=True)
    for name, path in pages().items():
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        sent = [one.headers.get("Location") for one in (client.get(path), client.post(path))]
        open_to_them = name in ALLOWED["anybody"] | ALLOWED["without a second factor"]
        assert open_to_them or sent == ["/staff/account/second-factor/totp/activate/"] * 2, name


def test_an_account_that_is_no_staff_is_let_into_nothing():
    client = Client()
    client.force_login(get_user_model().objects.create(username="eve"), "django.contrib.auth.backends.ModelBackend")
    assert turned_away(client, "/staff/account/login/?") >= ALLOWED["staff"] | ALLOWED["managers"]


def test_only_managers_get_at_accounts(staff):
    client, manager = staff(), staff("ann.manages@example.org", manages=True)
    for name, path in pages().items():
        if name in ALLOWED["managers"]:
            assert {client.get(path).status_code, client.post(path).status_code} <= {403, 405}, name
            assert 403 not in {manager.get(path).status_code, manager.post(path).status_code}, name
        elif name in ALLOWED["staff"]:
            assert 403 not in {client.get(path).status_code, client.post(path).status_code}, name


def test_every_page_with_a_visitors_data_leaves_one_row(staff):
    conversation, _ = start_conversation()
    receive_text(conversation, "key-00000001", CANARY)
    while turn := claim_turn("test"):
        complete_turn(turn, TurnOutcome([Bubble(CANARY)], [], Understanding("describe_symptoms", 0.9)))
    contact = Contact(CANARY, "+13015550187", "q@example.org")
    visit = book_visit(
        VisitRequest("key", conversation, offer_visits(practice(), timezone.now())[0], contact, f"{CANARY}'s heel")
    )
    call = request_call_back(conversation, contact, CANARY, "key")
    real = {str(uuid.UUID(int=7)): conversation, "calls/FT-777777": f"calls/{call}", "FT-777777": visit.reference}
    client, seen = staff(manages=True), set()
    for name, path in pages().items():
        for made_up, there in real.items():
            path = path.replace(made_up, there)
        if name in ALLOWED["staff"] | ALLOWED["managers"]:
            for ask in (client.get, lambda path: client.post(path, {"text": visit.reference})):
                before = AuditRow.objects.count()
                if CANARY in ask(path).content.decode():
                    seen.add(name)
                    assert AuditRow.objects.count() == before + 1, name
                    row = AuditRow.objects.latest("pk")
                    assert (row.user_email, row.address) == ("ann@example.org", "127.0.0.1")
    assert seen >= {"staff_conversations", "staff_transcript", "staff_bookings", "staff_coming", "staff_find"}
    assert seen >= {"staff_visit", "staff_move"}
