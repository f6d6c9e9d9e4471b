"""Body sites and pain: "my heel hurts", "pain in my heel", "I have pain. It is in the heel." name a place of pain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.case import Finding, Status
from bot.knowledge.model import FindingKind, Site
from bot.reading.statements import Context
from bot.reading.symptoms import Mention, Topic, span
from bot.reading.tokens import Word

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
    for mention in mentions:
        finding = sites[mention.id].finding if mention.topic is Topic.SITE else None
        if finding is None or context.is_idiom(mention.match):
            continue
        status = _status(mention, complaints, words, context)
        if status is not None:
            statement = context.statement(mention.match)
            start, end = span(mention, words)
            yield Finding(finding, status, statement.side, start, end, statement.tense)


def _status(site: Mention, complaints: Sequence[Mention], words: Sequence[Word], context: Context) -> Status | None:
    own = context.statement(site.match).status
    if own is not Status.PRESENT:
        told = context.is_called_well(site.match) or _near(site, complaints, words, context)
        return own if told else None
    near = _near(site, complaints, words, context)
    if not near:
        spoken = [word for word in words if not word.is_mark]
        return own if len(spoken) <= _WORDS_OF_A_BARE_PLACE else None
    said = {context.statement(mention.match).status for mention in near}
    for status in (Status.PRESENT, Status.UNSURE):
        if status in said:
            return status
    # Only pain denied in the same clause denies the place: "not swollen" leaves open whether it hurts, and
    # "my knee doesn't hurt, only my ankle" says nothing against the ankle.
    clause = context.clauses[site.match.first]
    denied = any(each.topic is Topic.PAIN and context.clauses[each.match.first] == clause for each in near)
    return Status.ABSENT if denied else None


def _near(site: Mention, complaints: Sequence[Mention], words: Sequence[Word], context: Context) -> list[Mention]:
    """Return the complaints of the site's clause, else of its sentence, else of the sentences around it."""
    clause, sentence = context.clauses[site.match.first], words[site.match.first].sentence
    in_clause = [mention for mention in complaints if context.clauses[mention.match.first] == clause]
    in_sentence = [mention for mention in complaints if words[mention.match.first].sentence == sentence]
    around = [mention for mention in complaints if abs(words[mention.match.first].sentence - sentence) == 1]
    return in_clause or in_sentence or around
