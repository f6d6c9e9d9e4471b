"""Bring a message into the form that dates and times are read from: lower case, digits, `9:30 am`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from bot.dates.phrases import Phrases, phrases, word_of

Rewriting = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

HOUR = r"(?:[01]?\d|2[0-3])"
# Numbers of these many minutes are said before or after an hour ("ten past three").
_MINUTES = r"(?:5|10|15|20|25|30|35|40|45|50|55)"


def plain(text: str) -> str:
    """Return the message in lower case, with numbers and times of day in digits and greetings taken out."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"[\u2018\u2019\u02bc`\u00b4]", "'", text)
    text = re.sub(r"[\u2010-\u2015]", "-", text)
    text = " ".join(text.split())
    for pattern, replacement in _rewritings():
        text = pattern.sub(replacement, text)
    return text


@cache
def _rewritings() -> tuple[Rewriting, ...]:
    words = phrases()
    return tuple(
        (re.compile(pattern), replacement)
        for pattern, replacement in (*_of_words(words), *_of_numbers(words), *_of_times(words))
    )


def _of_words(words: Phrases) -> tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...]:
    return (
        (word_of(words.words["greetings"]), " "),
        # "Morning, can I come at 3?" greets.
        (rf"^{word_of(words.parts_of_day)}\s?[,!](?! ?(?:please|if|preferably|at|around|after|before|\d))", " "),
        (r"(?<![a-z])([ap])\.\s?m\b\.?", r"\1m"),
        (r"\bo\s?[\"']?\s?clock\b", "o'clock"),
        (r"\b(\d{1,2})\s?-?ish\b", r"around \1"),
        (rf"({word_of(words.words['ones'])}|\d ?[ap]m) one\b(?! ?(?:o'clock|[ap]m\b|thirty|fifteen|:\d))", r"\1 slot"),
        (
            rf"({word_of(words.weekdays)}) ?(-|/|&|through|thru) ?({word_of(words.weekdays)})",
            lambda match: f"{_full(match[1])} {'or' if match[2] in '/&' else 'to'} {_full(match[3])}",
        ),
        (word_of(words.words["today"]), "today"),
        (word_of(words.words["tomorrow"]), "tomorrow"),
        # "Not this week but next" says "next week".
        (r"\bthis (week|month),? (?:but|rather)(?: the)? next\b(?! week| month)", r"this \1 but next \1"),
        (word_of(words.named_hours), lambda match: words.named_hours[match[0]]),
        (r"\b(?:a )?fort ?night\b", "2 weeks"),
        (r"\ba couple (?:of )?(?=days|weeks|months)", "2 "),
    )


def _of_numbers(words: Phrases) -> tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...]:
    small = {word: number for word, number in words.numbers.items() if number < 20}
    tens = {word: number for word, number in words.numbers.items() if number >= 20}
    months = word_of(words.months)
    early = word_of(word for word, number in words.ordinals.items() if number < 4)
    later = word_of(word for word, number in words.ordinals.items() if number >= 4)

    def ordinal(match: re.Match[str]) -> str:
        return _ordinal(words.ordinals[match[0]])

    def compound(match: re.Match[str]) -> str:
        return _ordinal(words.numbers[match[1]] + words.ordinals[match[2]])

    minutes = word_of(word for word, number in words.numbers.items() if number in (5, 10, 20))
    hours = word_of(word for word, number in words.numbers.items() if number <= 12)
    return (
        # In words "ten to four" is a time, in digits "10 to 4" are two.
        (rf"(?<!from )({minutes}) to ({hours})", r"\1 minutes to \2"),
        (rf"({word_of(tens)})[ -]({word_of(w for w, n in words.ordinals.items() if n < 10)})", compound),
        (later, ordinal),
        # "First", "second" and "third" are days of a month only beside the month.
        (rf"{early}(?= (?:day )?of (?:{months}|this month|next month|the month)| {months})", ordinal),
        (rf"(?<=\bthe ){early}(?=[?.!]?$| at \d| of (?:{months}|this|next))", ordinal),
        *((rf"(?<={month} ){early}", ordinal) for month in words.months),
        (
            rf"({word_of(tens)})[ -]({word_of(w for w, n in small.items() if n < 10)})",
            lambda match: str(words.numbers[match[1]] + words.numbers[match[2]]),
        ),
        (word_of(words.numbers), lambda match: str(words.numbers[match[0]])),
        *_of_several_days(months),
    )


def _of_several_days(months: str) -> tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...]:
    """Give each of several days its month: "14 and 15 December"."""
    day = r"(\d{1,2})(?:st|nd|rd|th)?"
    to = r" ?(?:-|to|through|thru|until|till) ?(?:the )?"
    several = r"((?:\d{1,2}(?:st|nd|rd|th)?,? ){2,}(?:or|and|&) (?:the )?\d{1,2}(?:st|nd|rd|th)?)"
    no_time = r"(?! ?[ap]m\b|[:/\d]| o'clock)"
    months = f"({months})"
    return (
        (
            rf"{months} (?:the )?{day}{to}{day}{no_time}(?! ?-)",
            r"\1 \2 to \1 \3",
        ),
        (rf"(?<!\d )\b{day}{to}{day}(?: of)? {months}", r"\3 \1 to \3 \2"),
        (
            rf"\b(?:the )?(\d{{1,2}}(?:st|nd|rd|th)){to}(\d{{1,2}}(?:st|nd|rd|th))\b",
            r"the \1 to the \2",
        ),
        (rf"{months} (?:the )?{several}{no_time}(?!\d)", lambda match: _each(match[2], f"{match[1]} ")),
        (rf"(?<!\d )\b{several},?(?: of)? {months}", lambda match: _each(match[1], f"{match[2]} ")),
        (
            r"\b(?:the )?((?:\d{1,2}(?:st|nd|rd|th), )+(?:or |and |& )?(?:the )?\d{1,2}(?:st|nd|rd|th))\b",
            lambda match: _each(match[1], "the "),
        ),
        (rf"\bbetween (?:the )?{day} and (?:the )?{day}(?: of)? {months}", r"\3 \1 to \3 \2"),
        (rf"\bbetween {months} {day} and {day}{no_time}", r"\1 \2 to \1 \3"),
        (rf"(?<![:/\d])(?<!at )\b{day} ?(?:and|or|&|/) ?(?:the )?{day}(?: of)? {months}", r"\3 \1 or \3 \2"),
        (rf"{months} (?:the )?{day} ?(?:and|or|&) ?(?:the )?{day}{no_time}", r"\1 \2 or \1 \3"),
    )


def _of_times(words: Phrases) -> tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...]:
    months = word_of(words.months)
    amount = rf"\s?-?\s?{word_of(words.words['amounts'])}"
    named = {re.sub(r"\s+", " ", word): time for word, time in words.named_times.items()}
    return (
        (word_of(named), lambda match: f" {named[match[0]]} "),
        (r"\b(\d{1,2})\.([0-5]\d)\s?([ap]m)\b", r"\1:\2 \3"),
        (rf"\b(at|around|for|to|by|until|after|before) ({HOUR})[. ]([0-5][05])\b(?![./:-]?\d|[ap]m)", r"\1 \2:\3"),
        (rf"\b({HOUR})([0-5]\d)\s?([ap]m|hrs|hours|h)\b", _of_digits),
        (r"\b(at|around|by|after|before) ([01]\d|2[0-3])([0-5]\d)\b(?!\s?[/-]?\d)", r"\1 \2:\3"),
        (rf"\b({HOUR})h([0-5]\d)\b", r"\1:\2"),
        (r"\b(\d{1,2}(?::[0-5]\d)?)\s?([ap])\b(?!')(?=[\s.,;!?-]|$)(?<=\d[ap])", r"\1 \2m"),
        (rf"\b(?:a )?half[ -]?(?:past|after) ({HOUR})\b", r" \1:30"),
        (rf"(?<!and a )\bhalf ({HOUR})\b(?!{amount})", r" \1:30"),
        (rf"({months}\.? )?(?<![\d.:/-])\b({HOUR})[. ](00|[1-5]5|[1-5]0)\b(?![./:-]?\d|:|{amount})", _of_two_numbers),
        (rf"\b(?:a )?quarter[ -]?(?:past|after) ({HOUR})\b", r" \1:15"),
        (rf"\b(?:a )?quarter[ -]?(?:to|of|till|til|before) ({HOUR})\b", lambda match: _minutes_before(15, match[1])),
        (rf"\b({_MINUTES}) (?:minutes )?(?:past|after) ({HOUR})\b(?!:)", r" \2:\1"),
        (
            rf"\b({_MINUTES}) minutes (?:to|till|before) ({HOUR})\b",
            lambda match: _minutes_before(int(match[1]), match[2]),
        ),
        (rf"(?<=\bat )({_MINUTES}) to ({HOUR})\b", lambda match: _minutes_before(int(match[1]), match[2])),
        (rf"\b({HOUR}(?::[0-5]\d)?) o'clock\b", lambda match: match[1] if ":" in match[1] else f"{match[1]}:00"),
        (rf"\b(at|around) ({HOUR}(?::[0-5]\d)?) or ({HOUR}(?::[0-5]\d)?)\b(?![:/\d]|{amount})", r"\1 \2 or \1 \3"),
        (r":5\b(?!\d)", ":05"),
        (r"\s+", " "),
    )


def _full(weekday: str) -> str:
    """Return the usual name of a weekday, in full."""
    names = phrases().weekdays
    return next(name for name, number in names.items() if number == names[weekday])


def _each(days: str, before: str) -> str:
    """Return each of the days with the words that belong before it, as alternatives."""
    return " or ".join(f"{before}{day}" for day in re.findall(r"\d{1,2}(?:st|nd|rd|th)?", days))


def _ordinal(number: int) -> str:
    return f"{number}{'th' if 10 < number < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _of_digits(match: re.Match[str]) -> str:
    half = f" {match[3]}" if match[3] in ("am", "pm") else ""
    return f"{match[1]}:{match[2]}{half}"


def _of_two_numbers(match: re.Match[str]) -> str:
    # "March 12 10 am" is a day and an hour.
    return match[0] if match[1] else f"{match[2]}:{match[3]}"


def _minutes_before(minutes: int, hour: str) -> str:
    # One o'clock is preceded by twelve, in either half of the day.
    return f" {(int(hour) - 2) % 12 + 1 if int(hour) <= 12 else int(hour) - 1}:{60 - minutes:02d}"
