"""Which findings of a message are reports: the name of a fear is none, and a question in general tells nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bot.case import Finding, Reading, Status, Tense
from bot.knowledge.model import FindingKind, IntentMeaning, Knowledge, Meanings, Reply
from bot.reading.acts import LEAST_SURE, Named
from bot.reading.words.english import (
    CAUSING,
    FIRST_PERSON,
    GENERAL_OPENERS,
    MODALS,
    NO_SUBJECTS,
    POINTERS,
    THIRD_PERSON,
)
from bot.reading.words.tokens import Word
from bot.reading.words.units import Clause, clauses_of

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

_PERSONAL = re.compile(
    r"\b(?:i|i'm|i've|i'd|im|ive|my|me|mine|we|our|us|he|she|his|her|hers|him|they|their|them)\b", re.IGNORECASE
)

_SUPPOSED = re.compile(
    r"(?:^|[,.;!?\n]|\b(?:and|or|so|but)\b)\s*(?:is|are|could|can|might|may|would) (?:it|this|that|these|those)"
    r"(?: (?:just|maybe|possibly|probably|really))*(?: be)?"
    r" (?:my|the|an?|some|from|because of|due to|caused by|coming from)\b[^.,;!?\n]{1,40}\?",
    re.IGNORECASE,
)
"""A guess put as a question: "is it my arches?" tells no trouble with the arches."""

_GOING_ON = "next_step"
_WORDS_OF_A_QUESTION = 3
_PERSONS = FIRST_PERSON | THIRD_PERSON | POINTERS


def reported(reading: Reading, text: str, meaning: IntentMeaning, knowledge: Knowledge) -> Reading:
    """Return the reading without what only sounds like a report of the visitor's own."""
    if meaning.reply is Reply.SKIP:
        # "I don't want to say" is no denial, although it sounds like one.
        return replace(reading, findings=tuple(item for item in reading.findings if item.status is not Status.ABSENT))
    kept = (
        _as_supposed(_as_stated(item, text, knowledge), text, knowledge)
        for item in reading.findings
        if not _is_fear(item, text, reading.feared, knowledge)
    )
    return replace(reading, findings=tuple(kept))


def _as_supposed(item: Finding, text: str, knowledge: Knowledge) -> Finding:
    """Return a finding as supposed where a guess put as a question names it; an alarm counts in doubt."""
    record = knowledge.findings.get(item.id)
    if record is None or record.kind is FindingKind.ALARM or item.status is not Status.PRESENT:
        return item
    guesses = ((match.start(), match.end()) for match in _SUPPOSED.finditer(text))
    guessed = any(start <= item.start and item.end <= end for start, end in guesses if item.end > item.start)
    return replace(item, tense=Tense.HYPOTHETICAL) if guessed else item


def is_general(
    reading: Reading,
    text: str,
    meaning: IntentMeaning,
    parts: Sequence[Named],
    meanings: Meanings,
    knowledge: Knowledge,
) -> bool:
    """Return whether the message reports nothing: it asks in general, or only how to go on."""
    if meaning.topic == _GOING_ON:
        # "What do I do now": its small words sound like a circumstance.
        records = (knowledge.findings.get(item.id) for item in reading.findings)
        return all(record is not None and record.circumstance for record in records)
    return meaning.general and _asks_generally(reading.findings, text, parts, meanings)


def _asks_generally(findings: Sequence[Finding], text: str, parts: Sequence[Named], meanings: Meanings) -> bool:
    """Return whether nobody is spoken of where something is named.

    "Can you treat warts, and do I need a referral?" speaks of somebody beside the condition only; "can you treat warts?
    heel is sore" tells something beside the question.
    """
    telling = (part for part in parts if meanings.of(part.intent).tells and part.confidence >= LEAST_SURE)
    if any(_holds(part, findings) for part in telling):
        return False
    holding = [clause.text for clause in clauses_of(text) if _holds(clause, findings)]
    return not any(map(_PERSONAL.search, holding or [text]))


def _holds(part: Clause | Named, findings: Sequence[Finding]) -> bool:
    return any(part.start <= item.start < part.end for item in findings)


def _as_stated(finding: Finding, text: str, knowledge: Knowledge) -> Finding:
    """Return a lasting illness that is stated in a clause of its own as one, whatever is feared beside it."""
    record = knowledge.findings.get(finding.id)
    supposed = finding.tense is Tense.HYPOTHETICAL and record is not None and record.lasting
    return replace(finding, tense=Tense.NOW) if supposed and _STATED.search(text[: finding.start]) else finding


def _is_fear(finding: Finding, text: str, feared: Sequence[str], knowledge: Knowledge) -> bool:
    """Return whether the finding is nothing but the name of what is feared ("is it cancer?"), read as history."""
    record = knowledge.findings.get(finding.id)
    words = text[finding.start : finding.end].lower()
    fears = (knowledge.fears[fear] for fear in feared if fear in knowledge.fears)
    named = record is not None and record.lasting and any(words in fear.phrases for fear in fears)
    return named and _OWN.search(text[: finding.start]) is None


def asks_in_general(words: Sequence[Word], start: int) -> bool:
    """Tell whether the word at offset `start` stands in a question about things in general, not in a report.

    It opens with a modal verb, a verb of causing follows, and nothing of the visitor is named before the word; or the
    whole question names nobody ("are black toenails common in runners?", "do you treat bunions").
    """
    said = _sentence_at(words, start)
    if _names_nobody(said):
        return True
    before = [word.form for word in said if word.start < start and not word.is_mark]
    if not before or before[0] not in MODALS:
        return False
    return not CAUSING.isdisjoint(before) and FIRST_PERSON.isdisjoint(before) and POINTERS.isdisjoint(before[:2])


def asks_for_help(words: Sequence[Word], start: int) -> bool:
    """Tell whether the word at offset `start` stands in a question whether something helps ("do insoles help?")."""
    said = _sentence_at(words, start)
    forms = [word.form for word in said if not word.is_mark]
    asks = said[-1].form.startswith("?") or forms[:1] == ["should"]
    return asks and (forms[0] in MODALS | {"should", "are"} or forms[:2] in (["how", "about"], ["what", "about"]))


def _sentence_at(words: Sequence[Word], start: int) -> Sequence[Word]:
    """Return the sentence of the word at an offset; words stand in the order of the text."""
    sentence = words[bisect_left(words, start, key=lambda word: word.start)].sentence
    first = bisect_left(words, sentence, key=lambda word: word.sentence)
    return words[first : bisect_right(words, sentence, key=lambda word: word.sentence)]


def _names_nobody(said: Sequence[Word]) -> bool:
    """Tell whether a sentence is a question with a subject of its own, and none of its words points at anybody."""
    forms = [word.form for word in said if not word.is_mark]
    if len(forms) < _WORDS_OF_A_QUESTION or forms[0] not in GENERAL_OPENERS or forms[1] in NO_SUBJECTS:
        return False
    # A visitor who leaves the mark out begins a report with "can barely walk", but none with "does icing".
    asks = said[-1].form == "?" or forms[0] in ("do", "does") or forms[1] in ("you", "your")
    return asks and _PERSONS.isdisjoint(forms)
