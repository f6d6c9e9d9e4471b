"""The figures of played conversations as a table in Markdown, and the conversations themselves for reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from benchmarks.conversations.play import Played, Turn

_COUNTS = (
    ("misheard, of visitor turns", "misheard"),
    ("asked again, of visitor turns", "asked_again"),
    ("repeated, of visitor turns", "repeated"),
)


def table(groups: Mapping[str, Sequence[Played]]) -> str:
    """Return the figures of each group of visitors, a column each."""
    columns = [dict(_figures(group)) for group in groups.values()]
    names = list(dict.fromkeys(name for column in columns for name in column))
    lines = [f"| | {' | '.join(groups)} |", "|---|" + "---|" * len(groups)]
    lines += [f"| {name} | {' | '.join(column.get(name, '') for column in columns)} |" for name in names]
    return "\n".join(lines)


def conversation(played: Played) -> str:
    """Return what was said, with what was wrong under each turn."""
    lines = [f"## {played.visitor.key} ({', '.join(sorted(played.visitor.causes))})"]
    for turn in played.turns:
        lines.append(f"> {turn.said.text}")
        lines += [f"  {reply['text']} {reply['choices'] or ''}" for reply in turn.replies]
        lines += [
            f"  ! {name}: {wrong}" for name in ("misheard", "asked_again", "ignored") if (wrong := getattr(turn, name))
        ]
        lines += [f"  ! repeated: {text[:60]}" for text in turn.repeated]
    return "\n".join(lines)


def _figures(group: Sequence[Played]) -> Iterator[tuple[str, str]]:
    turns = [turn for played in group for turn in played.turns]
    yield "conversations", str(len(group))
    yield "visitor turns", str(len(turns))
    for name, field in _COUNTS:
        yield name, _share([bool(getattr(turn, field)) for turn in turns])
    yield "ignored, of questions beside", _share(list(_answered(turns)))
    ended = [played for played in group if played.result_turn]
    yield "came to a result", _share([bool(played.result_turn) for played in group])
    yield (
        "right cause told, where a cause was told",
        _share([not played.visitor.causes.isdisjoint(played.causes) for played in ended if played.causes]),
    )
    helped = [played for played in group if played.help_turn]
    yield "turns to the first help, median", _median([played.help_turn or 0 for played in helped])
    yield "words to read before it, median", _median([played.words_before_help for played in helped])
    yield "turns to the result, median", _median([played.result_turn or 0 for played in ended])


def _answered(turns: Sequence[Turn]) -> Iterator[bool]:
    for turn in turns:
        yield from (topic in turn.ignored for topic in turn.said.asks)


def _share(values: Sequence[bool]) -> str:
    return f"{sum(values)} of {len(values)} ({sum(values) / len(values):.0%})" if values else "-"


def _median(values: Sequence[int]) -> str:
    return f"{median(values):g}" if values else "-"
