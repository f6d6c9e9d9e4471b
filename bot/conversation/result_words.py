"""Says possible causes: what fits and why, what else it may be, and why it is probably not what the visitor fears."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.case import Case
from bot.conversation.read_back import circumstances, in_a_sentence, told_clauses
from bot.conversation.say import Phrase, Say
from bot.conversation.sentences import capital, sentence
from bot.knowledge.model import FindingKind, Knowledge
from bot.triage import answer_fears, is_unclear, tell_apart
from bot.triage.evidence import gather_evidence
from bot.triage.result import AnsweredFear, ExplainedCause, Matching

_MOST_FEARS = 2
"""Fears answered in one bubble."""

_MOST_REASONS = 3
"""Reasons told for the first cause."""

_MOST_TOLD = 3
"""Clauses said back where no cause gives reasons."""

_PAIR = 2


@dataclass(frozen=True, slots=True)
class ResultWords:
    """Says what was found; what it says rests on records alone.

    Attributes:
        knowledge: the practice's records.
        phrase: of `domain.yml`.
        numbers: the practice's name and numbers, for records that hold them.
    """

    knowledge: Knowledge
    phrase: Phrase
    numbers: Mapping[str, str]

    def causes(self, case: Case, matching: Matching, told: Sequence[ExplainedCause]) -> list[Say]:
        """Return the bubble of the causes, and one for what the visitor fears."""
        if not told:
            return [Say("utter_no_cause_fits", {"told": self._told(case)}), *self.fears(case, told)]
        first, *others = told
        response = "utter_causes_unclear" if is_unclear(matching) else "utter_causes"
        paragraphs = [*self._others(others), *self._contrast(case, told), *self._foot_back(case, first)]
        values = {
            "first": self._first(first),
            "summary": sentence(first.summary),
            "more": "".join(f"\n\n{text}" for text in paragraphs if text),
        }
        return [Say(response, values), *self.fears(case, told)]

    def causes_today(self, case: Case, told: Sequence[ExplainedCause]) -> list[Say]:
        """Return one line that names the causes, because being seen today matters more."""
        names = self.phrase("utter_part_or").join(short_name(cause.name) for cause in told)
        response = "utter_causes_today" if told else "utter_no_causes_today"
        return [Say(response, {"causes": names, "told": self._told(case)}), *self.fears(case, told)]

    def changed(self, before: Sequence[str], told: Sequence[ExplainedCause]) -> Say:
        """Return what something that was told later changes in the causes."""
        names = [cause.id for cause in told]
        if not told:
            return Say("utter_causes_gone")
        if before and before[0] == names[0]:
            return Say("utter_causes_stay", {"first": capital(short_name(told[0].name))})
        earlier = self.knowledge.causes[before[0]].name if before and before[0] in self.knowledge.causes else ""
        response = "utter_causes_changed" if earlier else "utter_causes_new"
        return Say(response, {"first": self._first(told[0]), "before": short_name(earlier)})

    def fears(self, case: Case, told: Sequence[ExplainedCause]) -> list[Say]:
        """Return the answer to the fears that were named so far."""
        return self._fears(answer_fears(case, [cause.id for cause in told], self.knowledge))

    def new_fears(self, case: Case, feared: Sequence[str], told: Collection[str]) -> list[Say]:
        """Return the answer to the fears that a message names; nothing where no answer fits."""
        return self._fears(answer_fears(replace(case, feared=tuple(feared)), told, self.knowledge))

    def fear_here(self, feared: Sequence[str]) -> list[Say]:
        """Return the word about a fear where it is spoken, before anything is known that speaks for or against it."""
        known = [fear for name in feared if (fear := self.knowledge.fears.get(name))][:1]
        return [Say("utter_fear_here", {"usual": fear.usual}) for fear in known]

    def fear_in_general(self, feared: Sequence[str]) -> list[Say]:
        """Return how a fear usually shows, for somebody who told no complaint."""
        known = [fear for name in feared if (fear := self.knowledge.fears.get(name))][:1]
        return [
            Say("utter_fear_general", {"usual": fear.usual, "change": fear.change.format_map(self.numbers)})
            for fear in known
        ]

    def _told(self, case: Case) -> str:
        told = in_a_sentence(told_clauses(case, self.knowledge, self.phrase, most=_MOST_TOLD), self.phrase)
        lasting = circumstances(case, self.phrase)[:1] if case.duration_days else []
        return sentence(", ".join([told, *lasting] if told else lasting))

    def _first(self, cause: ExplainedCause) -> str:
        because = in_a_sentence(cause.speaks_for[:_MOST_REASONS], self.phrase)
        although = in_a_sentence(cause.speaks_against, self.phrase)
        text = self.phrase(f"utter_part_{cause.fit_id}", name=short_name(cause.name), because=because)
        return f"{text} {self.phrase('utter_part_although', although=although)}" if although else text

    def _others(self, others: Sequence[ExplainedCause]) -> list[str]:
        lines = [
            self.phrase("utter_part_second_cause", name=short_name(cause.name), because=cause.speaks_for[0])
            for cause in others
        ]
        return [" ".join(lines)] if lines else []

    def _contrast(self, case: Case, told: Sequence[ExplainedCause]) -> list[str]:
        """Return what would tell two causes apart; beside three it would be too much to read."""
        pair = tell_apart(case, told[0].id, told[1].id, self.knowledge) if len(told) == _PAIR else None
        if pair is None:
            return []
        first, second = short_name(pair.first), short_name(pair.second)
        values = {"for_first": pair.for_first, "for_second": pair.for_second}
        return [self.phrase("utter_part_contrast", first=first, second=second, **values)]

    def _foot_back(self, case: Case, first: ExplainedCause) -> list[str]:
        """Return how the cause links foot and back, where the back was told of as well."""
        findings, present = self.knowledge.findings, gather_evidence(case, self.knowledge).present
        kinds = {findings[finding].kind for finding in present if finding in findings}
        if not first.foot_back or FindingKind.BACK not in kinds:
            return []
        return [self.phrase("utter_part_foot_back", link=sentence(first.foot_back))]

    def _fears(self, fears: Sequence[AnsweredFear]) -> list[Say]:
        answered = fears[:_MOST_FEARS]
        return [Say("utter_fear_answer", {"answer": "\n\n".join(map(self._fear, answered))})] if answered else []

    def _fear(self, fear: AnsweredFear) -> str:
        change = fear.change.format_map(self.numbers)
        if not fear.unlikely:
            speaking = ", ".join(fear.speaking)
            response = "utter_part_fear_open" if speaking else "utter_part_fear_today"
            return self.phrase(response, name=fear.name, usual=fear.usual, speaking=speaking, change=change)
        denied = self.phrase("utter_part_fear_denied", denied=", ".join(fear.denied)) if fear.denied else ""
        return self.phrase("utter_part_fear_unlikely", name=fear.name, usual=fear.usual, denied=denied, change=change)


def short_name(name: str) -> str:
    """Return a cause's name without what stands in brackets."""
    return name.partition(" (")[0]
