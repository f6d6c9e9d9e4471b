"""What a simulated patient understands of the bot's bubbles: only what a visitor sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.case import Choice, Question
from bot.evaluation.judging import Judge
from bot.triage.screening import NO, NONE, UNSURE, YES

Line = Mapping[str, Any]


class Listener:
    """Understands what the bot asks from the words and choices that a visitor sees."""

    def __init__(self, judge: Judge) -> None:
        knowledge = judge.knowledge
        self._findings = {record.label.lower(): record.id for record in knowledge.findings.values()}
        asked: dict[str, tuple[str, ...]] = {
            record.question: (record.id,) for record in knowledge.findings.values() if record.question
        }
        asked |= {record.question: record.raises for record in knowledge.red_flags.values() if record.question}
        self._asked = asked
        self._screening = {record.question for record in knowledge.red_flags.values()}
        self._things = {record.asked: record.id for record in knowledge.findings.values()}
        # The longest first: "numbness between the legs" is not "numbness".
        self._spoken = sorted(self._things, key=len, reverse=True)
        self._screening |= {knowledge.interview.screen_which}
        words = knowledge.interview
        labels = {YES: words.yes, NO: words.no, UNSURE: words.unsure, NONE: words.none}
        self._fixed = {label.lower(): id_ for id_, label in labels.items()}
        self._fixed |= {words.none_in_sentence.lower(): NONE, words.one_of_them.lower(): YES}
        self._sentence = words.one_of_them

    def question(self, replies: Sequence[Line]) -> Question | None:
        """Return the question of the last bubble with choices; None where it asks for no finding."""
        bubble = next((reply for reply in reversed(replies) if reply["choices"]), None)
        if bubble is None:
            return None
        if self._sentence in bubble["choices"]:
            return self._in_one_sentence(bubble)
        choices = [Choice(self._id(label), label) for label in bubble["choices"]]
        offered = tuple(choice.id for choice in choices if choice.id in self._findings.values())
        text = next((known for known in self._asked if known in bubble["text"]), "")
        findings = offered or self._asked.get(text, ())
        known = [choice for choice in choices if choice.id]
        if not findings or not known:
            return None
        screening = any(known in bubble["text"] for known in self._screening if known)
        return Question("asked", bubble["text"], tuple(known), findings, many=bool(offered), screening=screening)

    def _in_one_sentence(self, bubble: Line) -> Question:
        """Return the question about several things that the sentence names."""
        text, findings = bubble["text"], []
        for words in self._spoken:
            if words in text:
                findings.append(self._things[words])
                text = text.replace(words, "")
        choices = tuple(Choice(self._id(label), label) for label in bubble["choices"])
        return Question(
            "asked", bubble["text"], choices, tuple(findings), many=True, screening=True, sentence=bubble["text"]
        )

    def _id(self, label: str) -> str:
        return self._fixed.get(label.lower()) or self._findings.get(label.lower(), "")
