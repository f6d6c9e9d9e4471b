"""One finding for each id and tense out of several: what is told, what answers, and what is certain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.case import Finding, Side, Status, Tense
from bot.reading.words.clauses import undone
from bot.reading.words.english import NEGATORS, NUMBERS
from bot.reading.words.tokens import Word

# The stronger statement about a finding wins where one message makes two.
_STRENGTH = {Status.PRESENT: 0, Status.UNSURE: 1, Status.ABSENT: 2}


def merged_findings(told: Iterable[Finding], answered: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return one finding for each id and tense, in the order of the text; what is told outranks a bare answer."""
    merged: dict[tuple[str, str], Finding] = {}
    for finding in told:
        key = (finding.id, finding.tense)
        merged[key] = _stronger(merged[key], finding) if key in merged else finding
    for finding in answered:
        merged.setdefault((finding.id, finding.tense), finding)
    return tuple(sorted(merged.values(), key=lambda finding: (finding.start, finding.end)))


def _stronger(one: Finding, other: Finding) -> Finding:
    stronger, weaker = sorted((one, other), key=lambda finding: _STRENGTH[finding.status])
    if stronger.status is not weaker.status or stronger.side is weaker.side or weaker.side is None:
        return stronger
    if stronger.side is not None and one.start < other.end and other.start < one.end:
        # Two readings of the same words do not make two sides ("left foot numb, right foot fine").
        return min(one, other, key=lambda finding: finding.start)
    return replace(stronger, side=weaker.side if stronger.side is None else Side.BOTH)


def only_named(answered: Sequence[Finding], told: Iterable[Finding], history: Collection[str]) -> list[Finding]:
    """Return the answer to a closed question about several things; a yes counts for those that its own words name.

    Where they name none, it counts for all but `history`: "yes, the left one is bigger" tells of no illness.
    """
    named = {item.id for item in told if item.status is Status.PRESENT and item.tense is Tense.NOW}
    ticked = {item.id for item in answered if item.status is Status.PRESENT}
    meant = (ticked & named) or (ticked - frozenset(history)) or ticked
    return [item for item in answered if item.status is not Status.PRESENT or item.id in meant]


def with_certain_kept(weighed: Iterable[Finding], ruled: Iterable[Finding], certain: Sequence[Word]) -> list[Finding]:
    """Return the findings, those that rules read at words where they are certain as the rules say.

    Args:
        weighed: what rules and learning read together.
        ruled: what rules read.
        certain: the words, see `certain_words`.
    """
    kept = {
        item.id: item
        for item in ruled
        if item.tense is Tense.NOW and any(item.start <= word.start < item.end for word in certain)
    }
    return [item for item in weighed if item.id not in kept or item.tense is not Tense.NOW] + [*kept.values()]


def with_denied_names_kept(
    weighed: Iterable[Finding], ruled: Sequence[Finding], words: Sequence[Word], alarms: Collection[str]
) -> list[Finding]:
    """Return the findings without those that a whole statement seems to tell and its own words deny by name.

    "It's not flat feet, he walks with them turned in" resembles what is said of flat feet. An alarm stays.
    """
    negators = {word.start: index for index, word in enumerate(words) if word.form in NEGATORS}
    after = {words[index + 1].start for index in negators.values() if index + 1 < len(words)}
    denied = {
        item.id: item
        for item in merged_findings(ruled, ())
        if item.status is Status.ABSENT and (item.start in after or item.start in negators) and item.id not in alarms
    }
    return [
        denied[item.id]
        if item.id in denied
        and item.status is not Status.ABSENT
        and item.start <= denied[item.id].start
        and denied[item.id].end <= item.end
        else item
        for item in weighed
    ]


def certain_words(words: Sequence[Word], clauses: Sequence[int]) -> list[Word]:
    """Return the numbers of a text ("stiff for 45 minutes") and its clauses where two denials undo each other."""
    affirmed = {clauses[index] for index in undone(words)}
    return [
        word
        for word, clause in zip(words, clauses, strict=True)
        if clause in affirmed or word.form in NUMBERS or word.form[:1].isdecimal()
    ]
