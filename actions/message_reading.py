"""What of a message counts as told: a general question is no complaint, and a fear is no history."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from actions import wiring
from actions.case_slots import Heard, reading_from
from bot.case import Case, Finding, Reading, Status, Tense
from bot.knowledge.model import FindingKind
from bot.triage import screen_red_flags

_GENERAL = frozenset({"ask_treatments", "ask_cause", "ask_foot_back_link", "ask_services", "ask_cost", "ask_insurance"})
_OWN = re.compile(
    r"\b(?:have|has|had|having|got|get|with|my|his|her|am|i'm|im|he's|she's|diagnosed|history|type|after|since|survived)\b"
    r"[^.!?\n]*$",
    re.IGNORECASE,
)
"""Words before a name, in its sentence, that make it somebody's own illness: in doubt it counts as one."""

_STATED = re.compile(
    r"(?:^|[,.;:!?\n]|\b(?:and|but|because|since|as|also))\s*"
    r"(?:i have(?: got)?|i've(?: got)?|i had|i am(?: an?)?|i'm(?: an?)?|he has|she has)\s*(?:type \w+ )?$",
    re.IGNORECASE,
)
"""A clause that begins with a statement and goes on with the name of an illness."""

_PART = re.compile(r"(?:(?!\band\b)[^,;.!?\n])+", re.IGNORECASE)
"""A clause, as far as marks and "and" tell."""

_GOING_ON = frozenset({"ask_next_step", "ask_help"})
_ASKS = ("ask_", "request_")
_SMALL_WORD = 3
"""Letters of words such as "no", "yes" and "do"."""

_PERSONAL = re.compile(
    r"\b(?:i|i'm|i've|i'd|im|ive|my|me|mine|we|our|us|he|she|his|her|hers|him|they|their|them)\b", re.IGNORECASE
)


def told_in(heard: Heard, case: Case) -> Reading:
    """Return what the message tells about the person that it is about.

    "Does reflexology help with foot pain?" tells nothing, unless what it names would raise a red flag: then it counts.
    """
    reading = reading_from(heard)
    if heard.intent == "skip":
        # "I don't want to say" is no denial, although it sounds like one.
        return replace(reading, findings=tuple(item for item in reading.findings if item.status is not Status.ABSENT))
    findings = (item for item in reading.findings if not _is_fear(item, heard) and not _is_no_answer(item, heard))
    reading = replace(reading, findings=tuple(_as_stated(item, heard) for item in findings))
    if (asks_generally(heard) or _asks_on(heard, reading)) and not _raises(reading, case):
        return Reading()
    return reading


def asks_generally(heard: Heard) -> bool:
    """Return whether the message asks about a condition or a treatment without speaking of anybody's own.

    "Can you treat warts, and do I need a referral?" speaks of somebody beside the condition only.
    """
    if heard.intent not in _GENERAL:
        return False
    starts = [item.start for item in reading_from(heard).findings]
    parts = [part[0] for part in _PART.finditer(heard.text) if any(part.start() <= at < part.end() for at in starts)]
    return not any(_PERSONAL.search(part) for part in parts or [heard.text])


def _asks_on(heard: Heard, reading: Reading) -> bool:
    """Return whether the message asks how to go on, and only its small words ("what do I do now") sound like a sign."""
    records = wiring.knowledge().findings
    kinds = {records[item.id].kind for item in reading.findings if item.id in records}
    return heard.intent in _GOING_ON and kinds <= {FindingKind.ALARM}


def mentioned(case: Case, heard: Heard) -> Case:
    """Return the case with the fears and the tried treatments that the message names."""
    feared = dict.fromkeys((*case.feared, *heard.values("feared")))
    tried = dict.fromkeys((*case.tried, *heard.values("tried")))
    return replace(case, feared=tuple(feared), tried=tuple(tried))


def tells_complaint(findings: Iterable[Finding]) -> bool:
    """Return whether something is there now that is more than a circumstance ("are you open on Saturday?" is none)."""
    records = wiring.knowledge().findings
    return any(
        item.status is not Status.ABSENT and item.tense is Tense.NOW
        for item in findings
        if item.id not in records or not records[item.id].circumstance
    )


def _raises(reading: Reading, case: Case) -> bool:
    before = screen_red_flags(case, wiring.knowledge(), wiring.practice())
    return screen_red_flags(case.with_reading(reading), wiring.knowledge(), wiring.practice()) != before


def _as_stated(finding: Finding, heard: Heard) -> Finding:
    """Return a lasting illness that is stated in a clause of its own as one, whatever is feared beside it."""
    record = wiring.knowledge().findings.get(finding.id)
    supposed = finding.tense is Tense.HYPOTHETICAL and record is not None and record.lasting
    stated = supposed and _STATED.search(heard.text[: finding.start])
    return replace(finding, tense=Tense.NOW) if stated else finding


def _is_no_answer(finding: Finding, heard: Heard) -> bool:
    """Return whether small words of a question ("what should I do") were read as an answer to the pending one."""
    longest = max(map(len, heard.text[finding.start : finding.end].split()), default=0)
    return heard.intent.startswith(_ASKS) and 0 < longest <= _SMALL_WORD


def _is_fear(finding: Finding, heard: Heard) -> bool:
    """Return whether the finding is nothing but the name of what is feared ("is it cancer?"), read as history."""
    knowledge = wiring.knowledge()
    record = knowledge.findings.get(finding.id)
    words = heard.text[finding.start : finding.end].lower()
    fears = (knowledge.fears[fear] for fear in heard.values("feared") if fear in knowledge.fears)
    named = record is not None and record.lasting and any(words in fear.phrases for fear in fears)
    return named and _OWN.search(heard.text[: finding.start]) is None
