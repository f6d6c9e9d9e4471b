"""Finds in a visitor's words what a call or a message is about, when to call, and whether they say anything at all."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from bot.booking.requests import CallTime
from bot.booking.visits import Wish
from bot.booking.wish_reader import read_wish
from bot.booking.words.contact_words import email_in, phone_in
from bot.dates.phrases import phrases, word_of
from bot.knowledge.model import Practice

_PART_END = re.compile(r"[,.?!;()\n]+(?=\s|$|\()|[()]")
_WORD = re.compile(r"\w[\w'\u2019]*")
_FEWEST_SHOUTED = 6
_FEWEST_WORDS = 2
"""Words besides the frame from which on a message says something."""


def about_in(text: str, now: dt.datetime, practice: Practice) -> str:
    """Return what the text says that it is about, with its "about"; empty where it says nothing of the kind.

    "call me about 5" says when, not about what. Arguments as for `read_wish`.
    """
    for part in _PART_END.split(without_contact(text)):
        found = _about().search(part)
        words = _lead().sub("", part[found.start() :].strip(" -")) if found else ""
        if len(words.split()) > 1 and not _only_time(words, now, practice):
            return words
    return ""


def call_time_in(text: str, now: dt.datetime, practice: Practice) -> CallTime:
    """Return when the visitor wants to be called, with the words that say so. Arguments as for `read_wish`."""
    bare = without_contact(text)
    # "After 5 about the bill": what it is about stands between the time and its end.
    bare = bare if read_wish(bare, now, practice, of_call=True) != Wish() else _about().split(bare, maxsplit=1)[0]
    wish = read_wish(bare, now, practice, of_call=True)
    if wish == Wish():
        return CallTime()
    parts = [part.strip() for part in _PART_END.split(bare)]
    said = [part for part in parts if part and read_wish(part, now, practice, of_call=True) != Wish()]
    return CallTime(wish, ", ".join(_from_time(part, now, practice) for part in said) or bare.strip())


def without_contact(text: str) -> str:
    """Return the text without a phone number and an e-mail address, whose digits are no time."""
    for found in (email_in(text), phone_in(text)):
        text = text.replace(found, " ") if found else text
    return " ".join(text.split(" "))


def says_something(text: str) -> bool:
    """Tell whether the text holds a message, and not only the wish to leave one or what it will be about."""
    if _alone().search(text):
        return True
    left = _commented().split(_about().split(without_contact(text), maxsplit=1)[0], maxsplit=1)[0]
    frame = phrases().words["message_frame"]
    return len([word for word in _WORD.findall(left) if word.lower() not in frame]) >= _FEWEST_WORDS


def sounds_impatient(text: str) -> bool:
    """Tell whether somebody is in a hurry or shouts: a word for at once, two marks, or capitals all through."""
    letters = [letter for letter in text if letter.isalpha()]
    shouts = len(letters) >= _FEWEST_SHOUTED and text.upper() == text
    return shouts or "!!" in text or re.search(word_of(phrases().words["at_once"]), text.lower()) is not None


def _only_time(words: str, now: dt.datetime, practice: Practice) -> bool:
    """Return whether nothing but a time follows the first word."""
    return (
        bool(words.split()[1:]) and read_wish(words, now, practice, of_call=True) != Wish() and len(words.split()) <= 3
    )


def _from_time(part: str, now: dt.datetime, practice: Practice) -> str:
    """Return the part without the words in front that the time can do without."""
    wish, words = read_wish(part, now, practice, of_call=True), part.split()
    while len(words) > 1 and read_wish(" ".join(words[1:]), now, practice, of_call=True) == wish:
        words = words[1:]
    return " ".join(words)


@cache
def _about() -> re.Pattern[str]:
    return re.compile(word_of(phrases().words["about"]), re.IGNORECASE)


@cache
def _commented() -> re.Pattern[str]:
    return re.compile(word_of(phrases().words["comment_on"]), re.IGNORECASE)


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"\s+{word_of(phrases().words['number_leads'])}$", re.IGNORECASE)


@cache
def _alone() -> re.Pattern[str]:
    # After a mark it is a courtesy: "I want to leave a message, thanks".
    return re.compile(rf"\w {word_of(phrases().words['messages_alone'])}", re.IGNORECASE)
