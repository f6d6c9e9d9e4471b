"""Which findings, denials, sites and words for pain a text names, before anything is known of how they are said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.knowledge.model import FindingKind, Knowledge
from bot.reading.words.english import HARDLY, LENGTHS, NEGATORS, POSITIONS
from bot.reading.words.matches import Match, gaps, longest
from bot.reading.words.phrases import PhraseBook
from bot.reading.words.senses import SenseReader
from bot.reading.words.tokens import Word, WordSplitter

# Kinds whose phrases say what is wrong with the place that they hold ("sprained my ankle", "swelling in my feet").
_TELL_THEIR_PLACE = frozenset(
    {FindingKind.TIMING, FindingKind.CHARACTER, FindingKind.ALARM, FindingKind.SIGN, FindingKind.NERVE}
)


class Topic(StrEnum):
    """What a phrase stands for."""

    FINDING = "finding"
    DENIAL = "denial"
    SITE = "site"
    PAIN = "pain"


@dataclass(frozen=True, slots=True)
class Mention:
    """A finding, its denial, a site or a word for pain in the text.

    `id` is empty for pain, `kind` is set for findings and denials.
    """

    topic: Topic
    id: str
    match: Match
    kind: FindingKind | None = None

    @property
    def is_place(self) -> bool:
        """True for a site and for a finding that is one."""
        return self.topic is Topic.SITE or (self.topic is Topic.FINDING and self.kind is FindingKind.LOCATION)


class SymptomBook:
    """The phrases of findings and sites, and the words for pain."""

    def __init__(self, knowledge: Knowledge, splitter: WordSplitter, senses: SenseReader) -> None:
        self._kinds = {record.id: record.kind for record in knowledge.findings.values()}
        self._book = PhraseBook(
            {
                **{f"{Topic.FINDING}:{record.id}": record.phrases for record in knowledge.findings.values()},
                **{f"{Topic.DENIAL}:{record.id}": record.denied_by for record in knowledge.findings.values()},
                **{f"{Topic.SITE}:{site.id}": site.phrases for site in knowledge.sites.values()},
                f"{Topic.PAIN}:": knowledge.cues.pain,
            },
            splitter,
            exact=_paired(knowledge),
            states=knowledge.cues.states,
            verbs=(f"{Topic.PAIN}:",),
            tell_apart=senses.told_apart,
        )
        self.vocabulary = self._book.vocabulary

    def find(self, words: Sequence[Word]) -> list[Mention]:
        """Return every mention in the order of the text; of places within places the widest."""
        mentions = [_unless_hardly(self._mention(match), words) for match in self._book.find(words)]
        return [each for each in mentions if not (_is_no_place(each, words) or _is_undone(each, words))]

    def _mention(self, match: Match) -> Mention:
        topic, _, identifier = match.key.partition(":")
        return Mention(Topic(topic), identifier, match, None if topic == Topic.SITE else self._kinds.get(identifier))


def _paired(knowledge: Knowledge) -> frozenset[str]:
    """Return the plurals of parts of the body that come in pairs: one leg is never "legs"."""
    of_both = {form for cue in knowledge.cues.both for form in cue.split()[1:]}
    return frozenset(of_both.intersection(phrase for site in knowledge.sites.values() for phrase in site.phrases))


def is_occasion(mention: Mention) -> bool:
    """Tell whether the mention says when or by what a complaint comes."""
    return mention.kind in (FindingKind.TIMING, FindingKind.WORSE, FindingKind.BETTER)


def named_sites(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the sites, of sites within sites the widest ("ball of the foot", not "foot")."""
    sites = [mention for mention in mentions if mention.topic is Topic.SITE]
    widest = set(longest([mention.match for mention in sites]))
    return [mention for mention in sites if mention.match in widest]


def uncovered(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions that no wider one makes wrong.

    A wider phrase takes its words from a place ("no arch" names no place), from a narrower phrase of its own kind,
    and, when it is a denial or holds a negation, from every narrower one ("can't feel" is no feeling).
    """
    touching: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.topic is not Topic.PAIN and len(mention.match.words) > 1:
            for index in mention.match.words:
                touching[index].append(mention)
    return [
        mention
        for mention in mentions
        if mention.topic is Topic.PAIN or not any(_covers(wider, mention) for wider in touching[mention.match.first])
    ]


def _covers(wider: Mention, mention: Mention) -> bool:
    if not set(mention.match.words) < set(wider.match.words):
        return False
    if mention.topic is Topic.SITE and wider.topic is Topic.FINDING and wider.kind in _TELL_THEIR_PLACE:
        return wider.match.negated_itself
    denies = wider.topic is Topic.DENIAL or wider.match.negated_itself
    return mention.is_place or wider.kind is mention.kind or denies


def _is_no_place(mention: Mention, words: Sequence[Word]) -> bool:
    """Tell whether a word for a site is a part of something else ("the back of my knee") or a length ("6 feet")."""
    if mention.topic is not Topic.SITE or len(mention.match.words) > 1:
        return False
    index = mention.match.first
    if words[index].form in POSITIONS and index + 1 < len(words) and words[index + 1].form == "of":
        return True
    return index > 0 and words[index].form in LENGTHS and words[index - 1].form.isdecimal()


def _unless_hardly(mention: Mention, words: Sequence[Word]) -> Mention:
    """Return the finding itself for a denial that hardly holds ("can hardly feel my toes")."""
    hardly = any(words[index].form in HARDLY for index in gaps(mention.match.words))
    if mention.topic is not Topic.DENIAL or not hardly:
        return mention
    return replace(mention, topic=Topic.FINDING, match=replace(mention.match, negated_itself=True))


def _is_undone(mention: Mention, words: Sequence[Word]) -> bool:
    """Tell whether a denial holds a "not" that undoes it ("standing is not fine", "the swelling won't go down")."""
    between = (words[index].form for index in gaps(mention.match.words))
    return mention.topic is Topic.DENIAL and not NEGATORS.isdisjoint(between)


def span(mention: Mention, words: Sequence[Word]) -> tuple[int, int]:
    """Return the offsets of a mention in the original text."""
    return words[mention.match.first].start, words[mention.match.last].end
