"""Read findings in a message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.case import Finding, Question, Reading, Side, Status, Tense, Who
from bot.knowledge.model import FindingKind, Knowledge
from bot.reading.corrections import without_taken_back
from bot.reading.exact.ages import OF_AGE, age_years, child_of_age
from bot.reading.exact.answers import AnswerReader
from bot.reading.exact.quantities import duration_days, severity_0_10
from bot.reading.exact.temperature import FEVER, fever_measured
from bot.reading.findings.combinations import CombinationBook, Combined, combined_findings
from bot.reading.findings.denials import Denied, denials_told, denied_in_clauses, owning_negations
from bot.reading.findings.merging import (
    certain_words,
    merged_findings,
    only_named,
    with_certain_kept,
    with_denied_names_kept,
)
from bot.reading.findings.named_causes import CauseReader
from bot.reading.findings.occasions import (
    denied_occasion,
    is_mere_activity,
    is_of_a_plan,
    is_of_an_accident,
    only_tells_a_time,
)
from bot.reading.findings.persons import PersonReader, Persons
from bot.reading.findings.places import places_of_pain
from bot.reading.findings.statements import Context, StatementReader
from bot.reading.findings.symptoms import Mention, SymptomBook, Topic, named_sites, span, uncovered
from bot.reading.learned.reader import LearnedText
from bot.reading.learned.weighing import Weigher
from bot.reading.reports import asks_for_help, asks_in_general
from bot.reading.words.language import is_english
from bot.reading.words.matches import Match
from bot.reading.words.mentions import MentionReader
from bot.reading.words.senses import SenseReader
from bot.reading.words.spelling import Speller
from bot.reading.words.tokens import Word, WordSplitter, plain_text


@dataclass(frozen=True, slots=True)
class _Parsed:
    """What rules find in a text: all mentions, those that count, how each thing is said and whose it is."""

    found: Sequence[Mention]
    mentions: Sequence[Mention]
    combined: Sequence[Combined]
    context: Context
    persons: Persons


class SymptomReader:
    """Reads one message at a time; holds no conversation."""

    def __init__(self, knowledge: Knowledge, weigher: Weigher | None = None) -> None:
        """Build the spaCy pipeline from the knowledge's phrases and cues.

        Args:
            knowledge: the records.
            weigher: what was learnt; None reads by rules alone.
        """
        self._weigher = weigher
        self._sites = knowledge.sites
        self._lasting = frozenset(record.id for record in knowledge.findings.values() if record.lasting)
        self._better = frozenset(rec.id for rec in knowledge.findings.values() if rec.kind is FindingKind.BETTER)
        self._history = frozenset(rec.id for rec in knowledge.findings.values() if rec.lasting or rec.circumstance)
        self._worse = frozenset(rec.id for rec in knowledge.findings.values() if rec.kind is FindingKind.WORSE)
        self._circumstances = frozenset(rec.id for rec in knowledge.findings.values() if rec.circumstance)
        self._alarms = frozenset(rec.id for rec in knowledge.findings.values() if rec.kind is FindingKind.ALARM)
        self._of_children = frozenset(record.id for record in knowledge.findings.values() if record.of_child)
        self._splitter = WordSplitter()
        self._senses = SenseReader(knowledge.cues, self._splitter)
        self._symptoms = SymptomBook(knowledge, self._splitter, self._senses)
        self._statements = StatementReader(knowledge.cues, self._splitter)
        self._persons = PersonReader(knowledge.cues, self._splitter)
        self._answers = AnswerReader(knowledge.cues, self._splitter)
        self._causes = CauseReader(knowledge, self._splitter)
        self._combinations = CombinationBook(knowledge.findings.values(), self._splitter, self._senses)
        self._mentions = MentionReader(knowledge)
        known_words = self._symptoms.vocabulary | self._causes.vocabulary | self._combinations.vocabulary
        pains = [word for word in knowledge.cues.pain if " " not in word]
        self._vocabulary = known_words
        self._speller = Speller(known_words, knowledge.cues.homophones, pains)

    @classmethod
    def learned(cls, knowledge: Knowledge, folder: Path, heads: Path | None = None) -> SymptomReader:
        """Return a reader that weighs rules against what was learnt. Raises EncoderError.

        Args:
            knowledge: the records.
            folder: `data/reading`, with the weights.
            heads: the file with the heads of findings that were added since; may be missing.
        """
        return cls(knowledge, Weigher.open(folder, knowledge, heads))

    def read(self, text: str, question: Question | None = None) -> Reading:
        """Return what the text says. `question` is the one just put: a bare "yes" or "no" binds to it.

        Never fails on any text; every offset lies in the text.
        """
        written = self._splitter.split(text)
        words = self._senses.told_apart(self._speller.corrected(written))
        if not is_english(written, words, self._vocabulary):
            return Reading()
        parsed = self._parsed(words, question)
        # A bare answer tells nothing of its own, whatever the sentences that were learnt make of it.
        learned = self._weigher.read(text) if self._weigher and not self._answers.is_bare(words) else None
        told, answered = self._weighed((text, learned), words, parsed, question)
        plain = parsed.persons.without_others(plain_text(text))
        who = Who.CHILD if child_of_age(plain_text(text)) else parsed.persons.who
        told = self._of_whom(told, who, age_years(plain))
        if FEVER in self._alarms and (fever := fever_measured(plain)):
            told.append(fever)
        pains = tuple(span(each, words)[1] for each in parsed.mentions if each.topic is Topic.PAIN)
        return Reading(
            findings=merged_findings(told, answered),
            age_years=age_years(plain),
            duration_days=duration_days(plain),
            severity_0_10=severity_0_10(plain, pains),
            who=who,
            named_causes=self._causes.named(words, parsed.context, parsed.persons),
            sites=_sites_of(without_taken_back(parsed.found, parsed.context.corrections, words), parsed.context),
            suspected=self._weigher.suspected(learned) if self._weigher and learned is not None else (),
            scope=self._weigher.scope(learned) if self._weigher and learned is not None else None,
        )

    def _parsed(self, words: Sequence[Word], question: Question | None) -> _Parsed:
        found = self._symptoms.find(words)
        mentions = uncovered(found)
        combined = self._combinations.find(words)
        parts = [match for each in combined for match in each.matches]
        context = self._statements.read(words, owning_negations(mentions, words), parts)
        mentions = without_taken_back(mentions, context.corrections, words)
        mentions = [each for each in mentions if not context.is_split(each.match)]
        mentions = [each for each in mentions if not self._is_of_a_plan(each, mentions, words, context)]
        if question is None:
            mentions = [each for each in mentions if not is_mere_activity(each, mentions, words, context)]
        persons = self._persons.read(words, context, mentions, self._history, self._causes.indexes(words))
        return _Parsed(found, mentions, combined, context, persons)

    def _is_of_a_plan(
        self, mention: Mention, mentions: Sequence[Mention], words: Sequence[Word], context: Context
    ) -> bool:
        return mention.id in self._circumstances and is_of_a_plan(mention, mentions, words, context)

    def _weighed(
        self,
        read: tuple[str, LearnedText | None],
        words: Sequence[Word],
        parsed: _Parsed,
        question: Question | None,
    ) -> tuple[list[Finding], list[Finding]]:
        """Return what a text tells and what it answers, by rules and by what was learnt of it."""
        (text, learned), context = read, parsed.context
        ruled = self._by_rules(words, parsed, question)
        answered = self._answers.read(words, question, context.only_side()) if question else []
        left_out = self._answers.left_out(words, question) if question else frozenset()
        told = ruled
        # A bare name with a question mark reports nothing, however well the name is known.
        if self._weigher and learned is not None and not self._causes.only_asks(words, context):
            told = self._weigher.weigh(
                merged_findings(ruled, ()), learned, lambda start, end: _side_between(words, context, start, end)
            )
            told = with_certain_kept(told, ruled, certain_words(words, context.clauses))
            told = with_denied_names_kept(told, ruled, words, self._alarms)
        inexact = question is not None and not self._answers.is_exact(words, question)
        if self._weigher and question and inexact and not self._causes.only_asks(words, context):
            answered = self._weigher.answers.read(text, question, answered, context.only_side())
        if question and len(question.findings) > 1 and not question.many:
            bare = self._answers.is_bare(words)
            answered = only_named(answered, told, frozenset() if bare else self._history)
        # "Everything except the numbness" names what it leaves out.
        return [finding for finding in told if finding.id not in left_out], answered

    def _of_whom(self, told: Sequence[Finding], who: Who | None, age: int | None) -> list[Finding]:
        """Return the findings without those of children where the text is about somebody grown up."""
        grown = who is Who.SELF or (age is not None and age >= OF_AGE)
        return [item for item in told if not (grown and item.id in self._of_children)]

    def _by_rules(self, words: Sequence[Word], parsed: _Parsed, question: Question | None) -> list[Finding]:
        mentions, combined, context = parsed.mentions, parsed.combined, parsed.context
        if question is None and not combined and only_tells_a_time(mentions, words):
            return []
        denied = denied_in_clauses(mentions, context)
        return [
            *self._told(mentions, words, context, denied, parsed.persons),
            *self._together(combined, words, context, denied, parsed.persons),
            *denials_told(mentions, words, context),
        ]

    def sites(self, text: str) -> tuple[str, ...]:
        """Return the ids of the body sites that the text names, podiatric or not, in the order of the text."""
        words = self._words(text)
        return _sites_of(self._symptoms.find(words), self._statements.read(words))

    def feared(self, text: str) -> tuple[str, ...]:
        """Return the ids of what the text names as a fear."""
        return self._mentions.feared(text)

    def tried(self, text: str) -> tuple[str, ...]:
        """Return the ids of the treatments that the text says were tried."""
        return self._mentions.tried(text)

    def _words(self, text: str) -> list[Word]:
        return self._senses.told_apart(self._speller.corrected(self._splitter.split(text)))

    def _told(
        self, mentions: Sequence[Mention], words: Sequence[Word], context: Context, denied: Denied, persons: Persons
    ) -> Iterator[Finding]:
        of_others, asked = persons.histories_of_others(), self._causes.asked_about(words, context)
        for mention in mentions:
            if (mention.id, context.clauses[mention.match.first]) in denied:
                continue
            if mention.topic is Topic.FINDING and not context.is_idiom(mention.match):
                statement = context.statement(mention.match)
                status = Status.ABSENT if denied_occasion(mention, mentions, words, context) else statement.status
                start, end = span(mention, words)
                only_asked = mention.kind is not FindingKind.ALARM and asked.issuperset(mention.match.words)
                supposed = mention in of_others or only_asked
                told = Tense.HYPOTHETICAL if supposed else statement.tense
                tense = self._tense(mention.id, told, words, start)
                yield Finding(mention.id, status, statement.side, start, end, tense)
        for place in places_of_pain(mentions, words, context, self._sites):
            yield replace(place, tense=self._tense(place.id, place.tense, words, place.start))

    def _together(
        self, combined: Sequence[Combined], words: Sequence[Word], context: Context, denied: Denied, persons: Persons
    ) -> Iterator[Finding]:
        left = [
            each
            for each in combined
            if (each.id, context.clauses[each.matches[0].first]) not in denied
            and not (each.id in self._worse and any(is_of_an_accident(match, words) for match in each.matches))
            and not persons.are_two(each.matches)
            and not persons.is_circumstance_of_another(each.id, each.matches)
        ]
        for finding in combined_findings(left, words, context):
            yield replace(finding, tense=self._tense(finding.id, finding.tense, words, finding.start))

    def _tense(self, finding_id: str, told: Tense, words: Sequence[Word], start: int) -> Tense:
        if told is Tense.PAST and finding_id in self._lasting:
            return Tense.NOW
        if finding_id in self._better and asks_for_help(words, start):
            return Tense.HYPOTHETICAL
        # Who asks in general about a warning sign may well have it.
        if finding_id not in self._alarms and asks_in_general(words, start):
            return Tense.HYPOTHETICAL
        return told


def _side_between(words: Sequence[Word], context: Context, start: int, end: int) -> Side | None:
    """Return the side that is named at the words between two offsets."""
    inside = tuple(index for index, word in enumerate(words) if start <= word.start < end and not word.is_mark)
    return context.side(Match("", inside)) if inside else None


def _sites_of(mentions: Sequence[Mention], context: Context) -> tuple[str, ...]:
    named = [mention for mention in named_sites(mentions) if not context.is_idiom(mention.match)]
    return tuple(dict.fromkeys(mention.id for mention in named))
