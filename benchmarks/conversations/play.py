"""Play one conversation, and count turn by turn what went wrong in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.conversations.visitors import Said, Visitor
from bot.case import Case, Status, Urgency
from bot.evaluation.judging import ALARMS, Judge
from bot.evaluation.listener import Listener
from bot.triage.evidence import gather_evidence

Line = Mapping[str, Any]

_TURNS = 25
"""A conversation that takes more turns is going round."""

_LONGEST = 1000
"""Most characters that the website takes."""

_ANSWERED = 0.6
"""Share of the words of a practice answer that stand in a bubble which gives it: values are filled into the others."""

_WORD = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class Turn:
    """A message of the visitor, the bot's reply, and what was wrong: ids of findings, texts of bubbles, topics."""

    said: Said
    replies: tuple[Line, ...]
    misheard: tuple[str, ...]
    asked_again: tuple[str, ...]
    repeated: tuple[str, ...]
    ignored: tuple[str, ...]


@dataclass(slots=True)
class Played:
    """A conversation.

    Attributes:
        causes: told in the end.
        help_turn: number of the first turn, from 1, whose reply answers a question of the visitor or tells causes or an
            alarm; None where none does.
        result_turn: the first that tells causes or an alarm.
        words_before_help: words of bubbles and choices before that reply.
    """

    visitor: Visitor
    turns: list[Turn] = field(default_factory=list)
    causes: tuple[str, ...] = ()
    help_turn: int | None = None
    result_turn: int | None = None
    words_before_help: int = 0


class Player:
    """Lets visitors talk to the bot."""

    def __init__(self, judge: Judge, say: Callable[[str, str], Line], case_of: Callable[[str], Case]) -> None:
        """Take the bot: `say` answers a text in a conversation, `case_of` tells what it then holds to be said."""
        self._judge = judge
        self._listener = Listener(judge)
        self._say = say
        self._case_of = case_of

    def play(self, visitor: Visitor) -> Played:
        """Return the conversation up to its result, and what the visitor still says after that."""
        played, told = Played(visitor), dict[str, Status]()
        said: Said | None = visitor.opening()
        while said and said.text and len(played.turns) < _TURNS and played.result_turn is None:
            question = self._listener.question(self._turn(played, said, told))
            said = visitor.answer(question)
        for more in visitor.after_result() if played.result_turn else ():
            self._turn(played, more, told)
        return played

    def _turn(self, played: Played, said: Said, told: dict[str, Status]) -> Sequence[Line]:
        line = self._say(played.visitor.key, said.text[:_LONGEST])
        told.update(said.told)
        replies, earlier = tuple(line["replies"]), [reply for turn in played.turns for reply in turn.replies]
        question = self._listener.question(replies)
        turn = Turn(
            said,
            replies,
            misheard=self._misheard(played.visitor.key, said),
            asked_again=tuple(item for item in (question.findings if question else ()) if item in told),
            repeated=tuple(reply["text"] for reply in replies if reply in earlier),
            ignored=tuple(topic for topic in said.asks if not self._answers(topic, replies)),
        )
        played.turns.append(turn)
        _note_help(played, line, helped=len(turn.ignored) < len(said.asks))
        return replies

    def _misheard(self, key: str, said: Said) -> tuple[str, ...]:
        evidence = gather_evidence(self._case_of(key), self._judge.knowledge)
        held = {Status.PRESENT: evidence.present, Status.ABSENT: evidence.absent}
        return tuple(item for item, status in said.told.items() if item not in held[status])

    def _answers(self, topic: str, replies: Sequence[Line]) -> bool:
        wanted = _words(self._judge.practice.answers[topic])
        return any(len(wanted & _words(reply["text"])) >= _ANSWERED * len(wanted) for reply in replies)


def _note_help(played: Played, line: Line, *, helped: bool) -> None:
    number = len(played.turns)
    result = bool(line["causes"]) or Urgency(line["urgency"]) in ALARMS
    if result and played.result_turn is None:
        played.result_turn, played.causes = number, tuple(line["causes"])
    if played.help_turn is None and (result or helped):
        played.help_turn = number
        before = (reply for turn in played.turns[:-1] for reply in turn.replies)
        played.words_before_help = sum(
            len(text.split()) for reply in before for text in (reply["text"], *reply["choices"])
        )


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))
