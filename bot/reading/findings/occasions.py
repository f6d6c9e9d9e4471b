"""Occasions: when a complaint comes and what brings it on."""

from __future__ import annotations

from collections.abc import Sequence

from bot.case import Status
from bot.knowledge.model import FindingKind
from bot.reading.findings.statements import Context
from bot.reading.findings.symptoms import Mention, Topic, is_occasion
from bot.reading.words.english import (
    ACCIDENTS,
    CHANGES,
    CONJUNCTIONS,
    DETERMINERS,
    FUNCTION_WORDS,
    HINDRANCES,
    INTENDING,
    OCCASIONS,
    ON_THE_WAY,
    PLANS,
    PREPOSITIONS,
    PURPOSES,
    THE_DAY,
)
from bot.reading.words.matches import Match
from bot.reading.words.tokens import Word, is_past

_WORDS_BEFORE_AN_OCCASION = 5
_WORDS_OF_A_BARE_ANSWER = 4
_WORDS_AFTER_AN_OCCASION = 4
_WORDS_AFTER_AN_ACCIDENT = 5
_TELLING = CHANGES | HINDRANCES | (OCCASIONS - PREPOSITIONS - {"by"})
# Kinds that are no complaint by which an activity could be what makes it worse.
_NO_COMPLAINT = frozenset({FindingKind.WORSE, FindingKind.CONTEXT, FindingKind.TIMING, FindingKind.BETTER})


def only_tells_a_time(mentions: Sequence[Mention], words: Sequence[Word]) -> bool:
    """Tell whether a text names times and no complaint ("can I come in the evening?")."""
    if not mentions or any(
        mention.kind is not FindingKind.TIMING or mention.topic is Topic.DENIAL for mention in mentions
    ):
        return False
    return (CHANGES | ACCIDENTS).isdisjoint(word.form for word in words)


def is_mere_activity(mention: Mention, mentions: Sequence[Mention], words: Sequence[Word], context: Context) -> bool:
    """Tell whether something that makes it worse is only told as done ("I went for a run", "I stepped on a nail").

    It makes something worse where the words say so, where it is the occasion of something ("when I run"), beside a
    complaint of the same clause, and as a bare answer.
    """
    if mention.topic is not Topic.FINDING or mention.kind is not FindingKind.WORSE:
        return False
    match, clause = mention.match, context.clauses[mention.match.first]
    said = [words[index].form for index in match.words]
    if is_of_an_accident(match, words) or _is_beyond_reach(match, words):
        return True
    if match.negated_itself or _brings_it_on(match, words) or _names_a_pain(match, mentions):
        return False
    if any(is_past(form) for form in said):
        return True
    beside = (
        each for each in mentions if each.kind not in _NO_COMPLAINT and context.clauses[each.match.first] == clause
    )
    return not any(beside) and sum(not word.is_mark for word in words) > _WORDS_OF_A_BARE_ANSWER


def is_of_an_accident(match: Match, words: Sequence[Word]) -> bool:
    """Tell whether something is the place or the act of an accident ("slipped on the stairs", "fell while running").

    What comes after the accident brings the complaint on ("I fell and now stairs hurt").
    """
    before = words[max(match.first - _WORDS_AFTER_AN_ACCIDENT, 0) : match.first + 1]
    places = [place for place, word in enumerate(before) if word.form in ACCIDENTS]
    if not places:
        return False
    between = before[places[-1] + 1 : -1]
    return all(word.form in ON_THE_WAY or word.form in DETERMINERS for word in between)


def _is_beyond_reach(match: Match, words: Sequence[Word]) -> bool:
    """Tell whether a movement is only what somebody cannot do for a purpose ("can't bend to look")."""
    before = [word.form for word in words[max(match.first - 2, 0) : match.first]]
    after = [word.form for word in words[match.last + 1 : match.last + 4]]
    return "not" in before and "to" in after and not PURPOSES.isdisjoint(after)


def is_of_a_plan(mention: Mention, mentions: Sequence[Mention], words: Sequence[Word], context: Context) -> bool:
    """Tell whether a time is that of a plan and of no complaint ("should I go tonight", "can I be seen today")."""
    if not THE_DAY.issuperset(words[index].form for index in mention.match.words):
        return False
    clause = context.clauses[mention.match.first]
    here = {word.form for word, number in zip(words, context.clauses, strict=True) if number == clause}
    if here.isdisjoint(PLANS) or here.isdisjoint(INTENDING) or not here.isdisjoint(CHANGES - PLANS - {"it", "coming"}):
        return False
    beside = (each for each in mentions if each is not mention and context.clauses[each.match.first] == clause)
    return all(each.topic is Topic.SITE or each.id == mention.id for each in beside)


def _brings_it_on(match: Match, words: Sequence[Word]) -> bool:
    """Tell whether words around or in the match say that it brings something on ("worse with", "sets it off")."""
    before = words[max(match.first - _WORDS_BEFORE_AN_OCCASION, 0) : match.first]
    after = words[match.first : match.last + 1 + _WORDS_AFTER_AN_OCCASION]
    sentence = words[match.first].sentence
    # "On" and "from" do it only before: "gives way on stairs", but not "I climbed on the roof".
    return any(word.form in _TELLING | OCCASIONS for word in before if word.sentence == sentence) or any(
        word.form in _TELLING for word in after if word.sentence == sentence
    )


def _names_a_pain(match: Match, mentions: Sequence[Mention]) -> bool:
    return any(each.topic is Topic.PAIN and not set(match.words).isdisjoint(each.match.words) for each in mentions)


def denied_occasion(mention: Mention, mentions: Sequence[Mention], words: Sequence[Word], context: Context) -> bool:
    """Tell whether the mention is the occasion of a pain that is denied ("it doesn't hurt when I walk")."""
    if not is_occasion(mention):
        return False
    pains = [each for each in mentions if each.topic is Topic.PAIN and each.match.last < mention.match.first]
    if not pains:
        return False
    between = words[pains[-1].match.last + 1 : mention.match.first]
    linked = all(word.form in FUNCTION_WORDS and word.form not in CONJUNCTIONS for word in between)
    return linked and context.statement(pains[-1].match).status is Status.ABSENT
