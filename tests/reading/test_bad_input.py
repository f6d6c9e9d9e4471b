"""Whatever is written, reading goes on, invents nothing and forgets no warning sign."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.case import Case, Finding, Reading, Tense
from bot.knowledge import load_knowledge, load_practice
from bot.knowledge.model import Knowledge, Practice
from bot.reading import SymptomReader
from bot.triage import screen_red_flags

DATA = Path(__file__).resolve().parents[2] / "data"
LONGEST = 1000

WARNINGS = [
    "My groin has gone numb and I can't pee.",
    "My calf is swollen and hot since the flight.",
    "My foot is ice cold and white.",
    "There is redness spreading up my leg and I have a fever.",
    "I want to kill myself.",
    "I heard a loud pop behind my ankle and can't stand on tiptoe.",
    "The bone is sticking out of my ankle.",
    "I am diabetic and there is an open sore on my foot.",
]
UNRELATED = [
    "Thank you for your help.",
    "The weather is nice today.",
    "Do you open on Sunday?",
    "My sister recommended you.",
    "I parked behind the building.",
    "Is the visit covered by my insurance?",
    "\U0001f600 lol",
    "????",
]
COMPLAINTS = [
    "My left heel hurts with the first steps in the morning.",
    "There is a bunion on my right foot.",
    "My toenail is thick and yellow.",
    "The ball of my foot burns.",
    "I have no swelling and no numbness.",
]
GREETINGS = ["Hello!", "Hi there.", "Good morning.", "Dear doctor,\n", "Thanks in advance!"]
OTHER_LANGUAGES = [
    "Mein linker Fuss tut seit drei Tagen weh und ist geschwollen",
    "me duele el talon cuando camino por la manana",
    "Tengo el pie hinchado y rojo desde ayer",
    "j'ai mal au pied gauche depuis trois jours",
    "mi fa male il tallone quando cammino",
    "tenho dor no calcanhar quando caminho de manha",
    "ik heb pijn in mijn hiel sinds vorige week",
    "boli mnie stopa od tygodnia kiedy chodze",
    "sakit kaki saya sejak minggu lalu",
    "\u0431\u043e\u043b\u0438\u0442 \u043f\u044f\u0442\u043a\u0430 \u043f\u043e \u0443\u0442\u0440\u0430\u043c",
    "\u6211\u7684\u811a\u540e\u8ddf\u65e9\u4e0a\u5f88\u75bc",
    "\u0642\u062f\u0645\u064a \u062a\u0624\u0644\u0645\u0646\u064a \u0639\u0646\u062f \u0627\u0644\u0645\u0634\u064a",
]
WEB_PAGE = (
    "Home | Conditions | Shop \u00bb Contact us\n<div class='nav'>Share this page</div>\nCookies help us. Accept all?\n"
    "{text}\n\u00a9 2024 All rights reserved. https://example.org/a?b=1&c=2#top\n"
    "[1] [2] [3] \u2022 \u2022 \u2022 Read more\u2026\n"
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(DATA / "knowledge")


@pytest.fixture(scope="module")
def practice() -> Practice:
    return load_practice(DATA / "practice.yml")


@pytest.fixture(scope="module")
def real(knowledge: Knowledge) -> SymptomReader:
    return SymptomReader(knowledge)


def _told(reading: Reading) -> set[tuple[str, str, str | None, str]]:
    return {(finding.id, finding.status, finding.side, finding.tense) for finding in reading.findings}


def _lies_in(finding: Finding, text: str) -> bool:
    return 0 <= finding.start <= finding.end <= len(text)


def _flags(text: str, reader: SymptomReader, knowledge: Knowledge, practice: Practice) -> set[str]:
    case = Case().with_reading(reader.read(text))
    return {flag.id for flag in screen_red_flags(case, knowledge, practice)}


many = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(text=st.text(max_size=LONGEST))
def test_any_unicode_is_read_with_offsets_inside_it(real: SymptomReader, text: str) -> None:
    assert all(_lies_in(finding, text) for finding in real.read(text).findings)


@many
@given(text=st.text(alphabet=" .,;:!?-'\"/\\()[]{}<>|@#$%^&*_+=~`\n\t0123456789", max_size=LONGEST))
def test_marks_and_digits_tell_no_finding(real: SymptomReader, text: str) -> None:
    assert real.read(text).findings == ()


@pytest.mark.parametrize(
    "piece", ["heel ", "no ", "not ", "my left ", "it hurts, ", "8/10 ", "a", "\n", "\u202e", "1 year old "]
)
def test_thousand_characters_of_one_piece_are_read(real: SymptomReader, piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    assert all(_lies_in(finding, text) for finding in real.read(text).findings)


@pytest.mark.parametrize("text", COMPLAINTS)
def test_copied_web_page_around_a_complaint_does_not_hide_it(real: SymptomReader, text: str) -> None:
    alone = {finding[:2] for finding in _told(real.read(text))}
    assert alone <= {finding[:2] for finding in _told(real.read(WEB_PAGE.format(text=text)))}


@pytest.mark.parametrize("text", OTHER_LANGUAGES)
def test_another_language_tells_no_finding(real: SymptomReader, text: str) -> None:
    assert real.read(text).findings == ()


@many
@given(warning=st.sampled_from(WARNINGS), before=st.sampled_from(UNRELATED), after=st.sampled_from(UNRELATED))
def test_unrelated_sentences_remove_no_red_flag(
    real: SymptomReader, knowledge: Knowledge, practice: Practice, warning: str, before: str, after: str
) -> None:
    alone = _flags(warning, real, knowledge, practice)
    assert alone
    assert alone <= _flags(f"{before} {warning} {after}", real, knowledge, practice)


@many
@given(warning=st.sampled_from(WARNINGS), complaint=st.sampled_from(COMPLAINTS), first=st.booleans())
def test_another_complaint_removes_no_red_flag(
    real: SymptomReader, knowledge: Knowledge, practice: Practice, warning: str, complaint: str, first: bool
) -> None:
    text = f"{complaint} {warning}" if first else f"{warning} {complaint}"
    assert _flags(warning, real, knowledge, practice) <= _flags(text, real, knowledge, practice)


@many
@given(text=st.sampled_from(COMPLAINTS), before=st.sampled_from(GREETINGS), after=st.sampled_from(GREETINGS))
def test_greetings_change_no_finding(real: SymptomReader, text: str, before: str, after: str) -> None:
    assert _told(real.read(f"{before} {text} {after}")) == _told(real.read(text))


@many
@given(pair=st.permutations(COMPLAINTS).map(lambda order: order[:2]))
def test_second_complaint_changes_nothing_of_the_first(real: SymptomReader, pair: list[str]) -> None:
    first = {finding for finding in _told(real.read(pair[0])) if finding[3] == Tense.NOW}
    both = {finding[:2] for finding in _told(real.read(" ".join(pair)))}
    assert {finding[:2] for finding in first} <= both
