"""Body sites and pain: "my heel hurts", "pain in my heel", "I have pain. It is in the heel." name a place of pain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bot.case import Finding, Status
from bot.knowledge.model import FindingKind, Site
from bot.reading.findings.statements import Context
from bot.reading.findings.symptoms import Mention, Topic, span
from bot.reading.words.tokens import Word

# Kinds that tell no complaint of a place by themselves.
_NO_COMPLAINT = frozenset({FindingKind.CONTEXT, FindingKind.LOCATION})
_WORDS_OF_A_BARE_PLACE = 4


def places_of_pain(
    mentions: Sequence[Mention], words: Sequence[Word], context: Context, sites: Mapping[str, Site]
) -> Iterator[Finding]:
    """Yield the location finding of each site for which the text reports, denies or supposes a complaint."""
    complaints = [
        mention
        for mention in mentions
        if mention.topic is Topic.PAIN or (mention.topic is Topic.FINDING and mention.kind not in _NO_COMPLAINT)
    ]
    by_place = _Complaints(complaints, words, context)
    for mention in mentions:
        finding = sites[mention.id].finding if mention.topic is Topic.SITE else None
        if finding is None or context.is_idiom(mention.match):
            continue
        status = _status(mention, by_place, words, context)
        if status is not None:
            statement = context.statement(mention.match)
            start, end = span(mention, words)
            yield Finding(finding, status, statement.side, start, end, statement.tense)


class _Complaints:
    """The complaints of a text by clause and by sentence, so that each place asks for few."""

    def __init__(self, complaints: Sequence[Mention], words: Sequence[Word], context: Context) -> None:
        self._words, self._context = words, context
        self._in_clause: dict[int, set[Status]] = defaultdict(set)
        self._in_sentence: dict[int, set[Status]] = defaultdict(set)
        self._pain_in_clause: set[int] = set()
        for mention in complaints:
            clause, sentence = context.clauses[mention.match.first], words[mention.match.first].sentence
            status = context.statement(mention.match).status
            self._in_clause[clause].add(status)
            self._in_sentence[sentence].add(status)
            if mention.topic is Topic.PAIN:
                self._pain_in_clause.add(clause)

    def near(self, site: Mention) -> set[Status]:
        """Return how the complaints of the site's clause are said, else of its sentence, else of those around it."""
        sentence = self._words[site.match.first].sentence
        in_clause = self._in_clause.get(self._context.clauses[site.match.first])
        around = self._in_sentence.get(sentence - 1, set()) | self._in_sentence.get(sentence + 1, set())
        return in_clause or self._in_sentence.get(sentence) or around

    def hold_a_pain(self, site: Mention) -> bool:
        """Tell whether the site's clause has a word for pain."""
        return self._context.clauses[site.match.first] in self._pain_in_clause


def _status(site: Mention, complaints: _Complaints, words: Sequence[Word], context: Context) -> Status | None:
    own, near = context.statement(site.match).status, complaints.near(site)
    if own is not Status.PRESENT:
        return own if near or context.is_called_well(site.match) else None
    if not near:
        spoken = [word for word in words if not word.is_mark]
        return own if len(spoken) <= _WORDS_OF_A_BARE_PLACE else None
    for status in (Status.PRESENT, Status.UNSURE):
        if status in near:
            return status
    # Only pain denied in the same clause denies the place: "not swollen" leaves open whether it hurts, and
    # "my knee doesn't hurt, only my ankle" says nothing against the ankle.
    return Status.ABSENT if complaints.hold_a_pain(site) else None
