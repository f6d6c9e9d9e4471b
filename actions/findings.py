"""Reads every message before anything is decided: findings, answers to the pending question, red flags."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions import wiring
from actions.asked_beside import asked_slots
from actions.base import BOOKING, INTERVIEW, Events, TurnAction
from actions.case_slots import case_from, heard_at, heard_from, question_from, question_slot, urgency_from
from actions.practice_values import practice_values
from bot.case import Case, Question, Reading, Urgency, most_urgent
from bot.conversation.answers import EVADED, NOTED, TAKEN, Answer, Answers
from bot.conversation.corrections import (
    CLEARING,
    contradicted,
    contradiction_question,
    disputes_alarm,
    with_side,
    withdraw_alarms,
    withdraw_denied,
    withdraw_refuted,
    without,
)
from bot.conversation.latest_message import LatestMessage
from bot.knowledge.model import Reply
from bot.triage import counted, record_red_flags, screen_red_flags, tells_complaint
from bot.triage.result import RaisedFlag


class ActionReadFindings(TurnAction):
    """Fills `case` and what follows from it. It may run twice in a turn, so it must give the same result then."""

    def name(self) -> str:
        """Return the name in `domain.yml`."""
        return "action_read_findings"

    def act(self, _dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Return the slots that the message changes; say nothing."""
        heard, before = heard_from(tracker), case_from(tracker)
        if (tracker.get_slot("contradiction") or {}).get("at") == heard_at(tracker):
            return []
        reading = counted(heard.reading, before, wiring.knowledge(), wiring.practice())
        complaint = tells_complaint(reading.findings, wiring.knowledge())
        case = replace(before, complaint=heard.text) if complaint and not before.complaint else before
        doubted = contradicted(before, reading, wiring.knowledge()) if tracker.active_loop_name == INTERVIEW else None
        if doubted is not None:
            asked = asked_slots(heard, tracker, complaint=complaint)
            return [*_ask_about(doubted, case, reading, tracker), *asked]
        case = _corrected(case.with_reading(reading), heard, tracker)
        question = _question_put(tracker)
        unread = int(tracker.get_slot("unread_answers") or 0)
        waiting = _waits_for_complaint(tracker)
        answer = Answers(wiring.knowledge()).take(case, question, heard, waiting=waiting, unread=unread)
        case = answer.case
        if question is not None and answer.question is None:
            case = withdraw_denied(case, question, wiring.knowledge())
        case = record_red_flags(case, wiring.knowledge())
        events = [*_case_slots(tracker, case), *asked_slots(heard, tracker, complaint=complaint or heard.meaning.tells)]
        events += _answer_slots(tracker, answer, heard)
        if question is not None:
            events.append(SlotSet("question", question_slot(answer.question)))
        if (outside := _outside(before, heard)) is not None:
            events.append(SlotSet("outside", outside))
        return events


def _corrected(case: Case, heard: LatestMessage, tracker: Tracker) -> Case:
    """Return the case with the other side, or without an emergency that was confirmed to be a misunderstanding."""
    if tracker.active_loop_name != INTERVIEW:
        case = withdraw_refuted(case, heard.reading, wiring.knowledge())
    if heard.reading.side is not None:
        case = with_side(case, heard.reading.side, wiring.knowledge())
    disputed = disputes_alarm(case, heard.reading, wiring.knowledge())
    cleared = heard.meaning.topic == "no_emergency" or heard.meaning.reply is Reply.NO or disputed
    if cleared and tracker.get_slot("offer") == CLEARING:
        case = withdraw_alarms(case, wiring.knowledge(), wiring.practice())
    return case


def _ask_about(doubted: str, case: Case, reading: Reading, tracker: Tracker) -> Events:
    """Keep the earlier statement and ask once which of the two is right."""
    question = contradiction_question(doubted, wiring.knowledge(), wiring.phrase)
    case = replace(case.with_reading(without(reading, doubted)), asked=(*case.asked, question.id))
    case = record_red_flags(case, wiring.knowledge())
    return [
        *_case_slots(tracker, case),
        SlotSet("question", question_slot(question)),
        SlotSet("interview_answer", TAKEN),
        SlotSet("contradiction", {"id": doubted, "at": heard_at(tracker)}),
    ]


def _case_slots(tracker: Tracker, case: Case) -> Events:
    return [*_practice_slots(tracker), SlotSet("case", case.to_json()), *_flag_slots(tracker, case)]


def _question_put(tracker: Tracker) -> Question | None:
    """Return the question that the visitor sees; the booking puts one only where it screens."""
    screens = tracker.active_loop_name == BOOKING and tracker.get_slot(REQUESTED_SLOT) == "screening_answer"
    return question_from(tracker) if screens or tracker.active_loop_name in (None, INTERVIEW) else None


def _answer_slots(tracker: Tracker, answer: Answer, heard: LatestMessage) -> Events:
    """Return what the open form takes as its answer; forms whose slots stay empty let the message interrupt them."""
    counters = ("screening_evasions", "unread_answers")
    settled = [SlotSet(counter, 0) for counter in counters] if answer.word == TAKEN else []
    if tracker.active_loop_name == INTERVIEW and answer.word:
        return [*settled, SlotSet("interview_answer", answer.word)]
    if tracker.active_loop_name == BOOKING:
        insists = answer.question is not None and heard.meaning.topic == "visit"
        word = answer.word or (EVADED if insists else NOTED if _tells_something(heard) else "")
        return [*settled, SlotSet("screening_answer", word)] if word else []
    return settled


def _tells_something(heard: LatestMessage) -> bool:
    return tells_complaint(heard.reading.findings, wiring.knowledge())


def _waits_for_complaint(tracker: Tracker) -> bool:
    return tracker.active_loop_name == INTERVIEW and tracker.get_slot("question") is None


def _flag_slots(tracker: Tracker, case: Case) -> Events:
    flags = screen_red_flags(case, wiring.knowledge(), wiring.practice())
    told = tracker.get_slot("told_red_flags") or []
    return [
        SlotSet("pending_red_flags", [flag.id for flag in flags if flag.mark not in told]),
        SlotSet("red_flags", [flag.id for flag in flags]),
        SlotSet("urgency", _urgency(tracker, flags).value),
    ]


def _urgency(tracker: Tracker, flags: tuple[RaisedFlag, ...]) -> Urgency:
    if flags:
        return most_urgent(flag.level for flag in flags)
    noted = urgency_from(tracker)
    return noted if tracker.get_slot("causes") and noted is not Urgency.EMERGENCY else Urgency.NONE


def _outside(before: Case, heard: LatestMessage) -> bool | None:
    """Return whether only parts of the body that Instep does not cover were named; None when nothing was named."""
    sites = [site for name in heard.reading.sites if (site := wiring.knowledge().sites.get(name))]
    if not sites and not heard.reading.findings:
        return None
    return bool(sites) and not any(site.podiatric for site in sites) and not before.findings


def _practice_slots(tracker: Tracker) -> Events:
    if tracker.get_slot("practice_name"):
        return []
    return [SlotSet(slot, value) for slot, value in practice_values().items()]
