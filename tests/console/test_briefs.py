"""Staff read the clinician brief beside the transcript and with the booking, and each look leaves a row."""

import json

import pytest

from actions import wiring
from bot.booking.appointments import book_visit, offer_visits
from bot.booking.visits import Contact, VisitRequest
from bot.case import Case, Finding, Side, Status
from bot.console.models import AuditRow
from bot.inbox.delivery import claim_turn, complete_turn, receive_text, start_conversation
from bot.inbox.messages import Bubble, TurnOutcome, Understanding
from bot.triage import make_brief
from tests.console.signing_in import conversation, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def stored_brief():
    findings = (Finding("loc_heel_bottom", side=Side.LEFT), Finding("a_fever", Status.ABSENT))
    case = Case(findings=findings, complaint="my heel <b>stabs</b>", feared=("blood_clot",), tried=("massage",))
    return make_brief(case, wiring.knowledge(), wiring.practice()).to_json()


def told_conversation():
    conversation_id, _ = start_conversation()
    receive_text(conversation_id, "key-00000001", "my heel stabs")
    while turn := claim_turn("test"):
        understanding = Understanding(intent="describe_symptoms", confidence=0.9)
        complete_turn(turn, TurnOutcome([Bubble("Where is it?")], [], understanding, brief=stored_brief()))
    return conversation_id


def test_the_brief_stands_in_the_transcript_and_on_a_page_of_its_own():
    client, conversation_id = signed_in(), told_conversation()
    for page in (f"/staff/conversations/{conversation_id}/", f"/staff/conversations/{conversation_id}/brief/"):
        text = client.get(page).content.decode()
        assert "my heel &lt;b&gt;stabs&lt;/b&gt;" in text
        assert "pain under the heel (left)" in text
        assert "fever or chills" in text
        assert "a blood clot" in text
    assert AuditRow.objects.filter(action="read_brief", subject=conversation_id).count() == 1


def test_a_conversation_without_symptoms_has_an_empty_brief():
    text = signed_in().get(f"/staff/conversations/{conversation()}/brief/").content.decode()
    assert "No symptom was told." in text


def test_nobody_reads_a_brief_without_signing_in(client):
    assert client.get(f"/staff/conversations/{told_conversation()}/brief/").status_code == 302


def test_the_brief_of_a_booked_visit_is_read_by_its_reference():
    now, practice = wiring.now(), wiring.practice()
    visit = offer_visits(practice, now)[0]
    contact = Contact("Ada Test", "+13015550123")
    booked = book_visit(VisitRequest("key", "c", visit, contact, brief=json.dumps(stored_brief())), practice=practice)
    text = signed_in().get(f"/staff/bookings/{booked.reference}/brief/").content.decode()
    assert "pain under the heel (left)" in text
    assert "Ada Test" in text


def test_an_unknown_reference_has_no_brief():
    assert signed_in().get("/staff/bookings/FT-000000/brief/").status_code == 404
