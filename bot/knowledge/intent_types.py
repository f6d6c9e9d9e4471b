"""What intents mean, as frozen types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.case import Act, ActKind

UNREAD = "nlu_fallback"
"""Rasa's own name for the intent of a message that was not understood."""

RESULT = "result"
"""The group of the questions about a likely cause: what to do, what to leave out, how long it takes."""


class Journey(StrEnum):
    """An open form that a message can interrupt."""

    INTERVIEW = "interview"
    BOOKING = "booking"


class Answering(StrEnum):
    """Whether a message with an intent can answer the open question.

    - `NEVER`: whatever else is read in it.
    - `MAYBE`: where something is read in it.
    - `UNCLEAR`: it is taken for a try at an answer, although nothing is read in it.
    """

    NEVER = "never"
    MAYBE = "maybe"
    UNCLEAR = "unclear"


class Reply(StrEnum):
    """The short answer that an intent is."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class IntentMeaning:
    """What one intent means; `data/README.md` explains each field to those who write the rows.

    Attributes:
        id: name of the intent in `domain.yml`.
        act: what somebody does who says it.
        topic: what it is about, empty for nothing.
        group: goals of one message are of different groups; empty for what is no goal beside another.
        practice: True for a question that `data/practice.yml` answers under `topic`.
        courtesy: True for what anybody says beside a goal; the goal then is what the message is for.
        general: True for questions that may be about things in general and then report nothing.
        answer: whether such a message can answer the open question.
        reply: the short answer that it is, None for everything else.
        interrupts: open forms that such a message interrupts.
        after_emergency: True where it is answered as usual after an emergency was told.
        pressed: True where only a pressed choice has it.
        placed: True where the parts of the body that are named decide between it and another part of the body.
        names_time: True where such a message may name when a visit is wished for.
        names_treatment: True where such a message may name the treatment that it is about.
        least_confidence: 0 to 1; a less sure one counts as not understood.
        response: name of the response that answers it alone, empty where code or records do.
        response_beside: the same beside an open question; `response` where the row names none.
        response_emergency: the same after an emergency; empty where it makes no difference.
        part: name of the response that answers it as a part of a longer message; empty for what is not answered beside.
    """

    id: str
    act: ActKind
    topic: str = ""
    group: str = ""
    practice: bool = False
    courtesy: bool = False
    general: bool = False
    answer: Answering = Answering.MAYBE
    reply: Reply | None = None
    interrupts: frozenset[Journey] = frozenset()
    after_emergency: bool = False
    pressed: bool = False
    placed: bool = False
    names_time: bool = False
    names_treatment: bool = False
    least_confidence: float = 0.0
    response: str = ""
    response_beside: str = ""
    response_emergency: str = ""
    part: str = ""

    @property
    def tells(self) -> bool:
        """True where it tells of a complaint."""
        return self.act is ActKind.TELL

    @property
    def is_question(self) -> bool:
        """True where it asks something."""
        return self.act is ActKind.ASK

    @property
    def is_unread(self) -> bool:
        """True where the message was not understood."""
        return self.id in ("", UNREAD)

    @property
    def is_formula(self) -> bool:
        """True for a courtesy, a short answer or a command, which say nothing more than themselves."""
        return self.courtesy or self.act in (ActKind.ANSWER, ActKind.CONTROL)

    def interrupts_journey(self, journey: Journey) -> bool:
        """Return whether such a message is about something else than that open form."""
        return journey in self.interrupts

    @property
    def is_answered_beside(self) -> bool:
        """True where it has an answer of its own that fits beside anything else."""
        return self.practice or self.is_about_result or bool(self.part)

    @property
    def is_about_result(self) -> bool:
        """True for a question that the guidance of the likely cause answers under its topic."""
        return self.group == RESULT

    def belongs_to(self, main: IntentMeaning) -> bool:
        """Return whether it is a part of what another intent is for, not something else that is asked."""
        same = self is main or (self.practice and main.practice) or self.is_about_result
        return bool(self.group) and self.group == main.group and not same

    @property
    def may_name_place(self) -> bool:
        """True where a short message that names a place says that it hurts there."""
        if self.tells or self.act is ActKind.REACT or self.reply is Reply.YES:
            return True
        return self.reply is None and Journey.INTERVIEW not in self.interrupts and self.answer is not Answering.NEVER


@dataclass(frozen=True, slots=True)
class Meanings:
    """What every intent means, by its name."""

    by_intent: Mapping[str, IntentMeaning]

    def of(self, intent: str) -> IntentMeaning:
        """Return what an intent means; one that has no row, or none at all, counts as not understood."""
        return self.by_intent.get(intent) or self.by_intent.get(UNREAD) or IntentMeaning(UNREAD, ActKind.OTHER)

    def sure(self, intent: str, confidence: float) -> IntentMeaning:
        """Return what an intent means; one that is no more than a guess counts as not understood."""
        meaning = self.of(intent)
        return meaning if confidence >= meaning.least_confidence else self.of(UNREAD)

    def about(self, topic: str) -> IntentMeaning:
        """Return the first intent about a topic. Raises KeyError where there is none."""
        found = next((meaning for meaning in self.by_intent.values() if meaning.topic == topic), None)
        if found is None:
            raise KeyError(topic)
        return found

    def asked(self, main: IntentMeaning, acts: Iterable[Act]) -> tuple[IntentMeaning, ...]:
        """Return what a message asks that can be answered beside anything else, each once, in the order of the text.

        Args:
            main: what the message is for as a whole; what an act asks within its group belongs to it ("a person please,
                what's your number?").
            acts: of the message.
        """
        named = (self.of(act.intent) for act in acts if act.intent)
        found = tuple(dict.fromkeys(meaning for meaning in named if meaning.is_answered_beside))
        blended = not main.is_about_result and any(one.practice for one in found)
        own = main.is_answered_beside and main not in found and not blended
        return (main, *found) if own else tuple(one for one in found if not one.belongs_to(main))

    @property
    def result_questions(self) -> tuple[IntentMeaning, ...]:
        """What the guidance of the likely cause answers, in the order of the file."""
        return tuple(meaning for meaning in self.by_intent.values() if meaning.is_about_result)

    @property
    def practice_questions(self) -> tuple[IntentMeaning, ...]:
        """What `data/practice.yml` answers, in the order of the file."""
        return tuple(meaning for meaning in self.by_intent.values() if meaning.practice)
