"""Findings that several words of one sentence make together, whatever stands between and in whatever order.

A phrase is found as it is written; a combination ("<numb> + <private>") also reads "my privates, since the weekend,
have gone completely numb".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.case import Finding, Status, Tense
from bot.knowledge.model import FindingRecord
from bot.reading.findings.statements import Context, Statement
from bot.reading.words.english import UNLIKE_THEIR_KIND
from bot.reading.words.matches import Match
from bot.reading.words.phrases import PhraseBook
from bot.reading.words.senses import SenseReader
from bot.reading.words.tokens import Word, WordSplitter

_WIDEST_GAP = 8
"""Most words between one part of a combination and the nearest other."""

_BAR = "!"
"""Begins the keys of what must not stand in the same sentence."""

_DOUBT = (Status.ABSENT, Status.UNSURE)
_ELSEWHEN = (Tense.HYPOTHETICAL, Tense.PAST)


@dataclass(frozen=True, slots=True)
class Combined:
    """A combination found: the finding and a match for each part, in the order of the text."""

    id: str
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A combination with its parts as keys of the phrase book, and its place among all."""

    place: int
    finding: str
    needed: Sequence[str]
    barred: Sequence[str]


class CombinationBook:
    """The combinations of some findings."""

    def __init__(self, records: Iterable[FindingRecord], splitter: WordSplitter, senses: SenseReader) -> None:
        rules = [(record.id, rule) for record in records for rule in record.together]
        keys = _keys(part for _, rule in rules for part in rule.parts)
        # What bars a combination is found in its own order alone: "leg day" does not stand in "two days my legs".
        bars = _keys((part for _, rule in rules for part in rule.without), _BAR)
        self._by_rarest: dict[str, list[_Rule]] = defaultdict(list)
        for place, (finding_id, rule) in enumerate(rules):
            needed, barred = [keys[part] for part in rule.parts], [bars[part] for part in rule.without]
            self._by_rarest[keys[min(rule.parts, key=len)]].append(_Rule(place, finding_id, needed, barred))
        # Each wording is looked for once, however many parts name it.
        self._parts_of: dict[str, list[str]] = defaultdict(list)
        for part, key in (*keys.items(), *bars.items()):
            for wording in dict.fromkeys(part):
                self._parts_of[_BAR + wording if key.startswith(_BAR) else wording].append(key)
        wordings = {key: (key.removeprefix(_BAR),) for key in self._parts_of}
        fixed = [key for key in wordings if key.startswith(_BAR)]
        self._book = PhraseBook(
            wordings, splitter, exact=UNLIKE_THEIR_KIND, verbs=wordings, fixed=fixed, tell_apart=senses.told_apart
        )
        self.vocabulary = self._book.vocabulary

    def find(self, words: Sequence[Word]) -> list[Combined]:
        """Return every combination in the text, at most one for each finding, sentence and choice of words."""
        found: dict[int, dict[str, list[Match]]] = defaultdict(lambda: defaultdict(list))
        for match in self._book.find(words):
            if words[match.first].sentence == words[match.last].sentence:
                for part in self._parts_of[match.key]:
                    found[words[match.first].sentence][part].append(match)
        combined: dict[tuple[str, tuple[Match, ...]], Combined] = {}
        for matches in found.values():
            possible = [rule for key in matches for rule in self._by_rarest.get(key, ())]
            for rule in sorted(possible, key=lambda rule: rule.place):
                if chosen := _chosen(rule, matches):
                    combined.setdefault((rule.finding, chosen), Combined(rule.finding, chosen))
        return list(combined.values())


def _keys(parts: Iterable[tuple[str, ...]], mark: str = "") -> dict[tuple[str, ...], str]:
    """Return a key for each part."""
    return {part: f"{mark}{number}" for number, part in enumerate(sorted(set(parts)))}


def _chosen(rule: _Rule, matches: Mapping[str, list[Match]]) -> tuple[Match, ...]:
    if any(key not in matches for key in rule.needed) or any(key in matches for key in rule.barred):
        return ()
    for start in matches[rule.needed[0]]:
        chosen = _grown(start, [matches[key] for key in rule.needed[1:]])
        if chosen:
            return tuple(sorted(chosen, key=lambda match: match.words))
    return ()


def combined_findings(combined: Sequence[Combined], words: Sequence[Word], context: Context) -> Iterator[Finding]:
    """Yield the finding of each combination; what is denied, doubted, past or supposed of one part is so of all."""
    for each in combined:
        if any(context.is_idiom(match) for match in each.matches):
            continue
        said = [context.statement(match) for match in each.matches]
        if _is_split(each, said, context):
            continue
        statuses, tenses = {item.status for item in said}, {item.tense for item in said}
        yield Finding(
            each.id,
            next((status for status in _DOUBT if status in statuses), Status.PRESENT),
            next((item.side for item in said if item.side), None),
            words[each.matches[0].first].start,
            words[max(match.last for match in each.matches)].end,
            next((tense for tense in _ELSEWHEN if tense in tenses), Tense.NOW),
        )


def _is_split(combined: Combined, said: Sequence[Statement], context: Context) -> bool:
    """Tell whether a part is denied and a later clause states one ("no numbness, foot is cold"): nothing together."""
    last = max(context.clauses[match.first] for match in combined.matches)
    denied = {context.clauses[m.first] for m, one in zip(combined.matches, said, strict=True) if one.status in _DOUBT}
    return bool(denied) and last not in denied


def _grown(start: Match, others: list[list[Match]]) -> list[Match]:
    """Return the start with the nearest match of each other part, taken nearest first; empty when one is too far."""
    chosen, waiting = [start], list(others)
    while waiting:
        near = [
            (_gap(match, chosen), place, match)
            for place, part in enumerate(waiting)
            for match in part
            if not _overlaps(match, chosen)
        ]
        gap, place, match = min(near, key=lambda each: each[:2], default=(_WIDEST_GAP + 1, 0, start))
        if gap > _WIDEST_GAP:
            return []
        chosen.append(match)
        del waiting[place]
    return chosen


def _overlaps(match: Match, chosen: Sequence[Match]) -> bool:
    return any(not set(match.words).isdisjoint(other.words) for other in chosen)


def _gap(match: Match, chosen: Sequence[Match]) -> int:
    """Return the number of words between the match and the nearest of those chosen, 0 where they interlock."""
    return min(max(match.first - other.last, other.first - match.last, 1) - 1 for other in chosen)
