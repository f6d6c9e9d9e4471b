"""Age in a text."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from bot.reading.words.english import NUMBERS

_OLDEST = 120
OF_AGE = 18

_AGE = (
    re.compile(r"\b(?P<age>\d{1,3})[ -]?(?:years?|yrs?)[ -]*(?:old|of age)\b"),
    re.compile(r"\b(?P<age>\d{1,3}) ?(?:y/?\.?o|yo)\b"),
    re.compile(r"\b(?P<months>\d{1,2})[ -]?months?[ -]old\b"),
    re.compile(r"\b(?:aged?|age is|age:) ?(?P<age>\d{1,3})\b"),
    re.compile(r"\b(?P<age>\d{1,3}) age\b"),
    re.compile(
        r"\b(?:son|daughter|boy|girl|child|kid|mother|mom|mum|father|dad|husband|wife|grandmother|grandma|grandfather)"
        r"(?:,| ?\() ?(?:aged? )?(?P<age>\d{1,3})(?=[,)])"
    ),
    re.compile(r"\bage (?:is )?(?:about |around )?(?P<age>\d{1,3})\b"),
    re.compile(
        r"\b(?:i'?m|i am|iam|(?:he|she|who|son|daughter|boy|girl|child|kid|baby)(?:'?s| is)|is(?= \d\d)|turned|turning)"
        r"(?: now| only| just| about| almost| nearly)? (?P<age>\d{1,3})\b(?!\.\d)"
        r"(?=\s*(?:$|[.,;!?)]|and\b|with\b|but\b|so\b|male\b|female\b|man\b|woman\b|now\b|i\b|my\b|have\b|m\b|f\b))"
    ),
    # "54F", "(54 f)", "54 m with heel pain", but no metres, no width of a shoe and no temperature.
    re.compile(r"(?<!size )(?<!temp )(?<!of )(?<![\d.])\b(?P<age>\d{2})[mf]\b(?![/\d])"),
    re.compile(r"(?:^|[(,;.] ?|\b(?:i'm|im|am|a) )(?P<age>\d{2}) [mf]\b(?!\w)"),
    re.compile(
        r"\b(?:pushing|approaching|nearing|almost|nearly|close to|just turned|recently turned|hit) (?P<age>\d{2})\b"
        r"(?=\s*(?:$|[.,;!?)]|and\b|with\b|but\b|so\b|now\b|i\b|my\b|years old\b))"
    ),
    re.compile(r"(?:^|[\s(,])[mf][ /]?(?P<age>\d{2})\b"),
    re.compile(r"(?:^|[\s(,])(?P<age>\d{2}) ?/ ?[mf]\b"),
    re.compile(r"\b(?P<age>\d{1,3})[ -]year[ -](?=\w+ old\b)"),
)
_EARLIER = re.compile(r"\b(?:was|were|since|when)\b(?: \w+){0,2} ?$")
_TENS = {word: value for word, value in NUMBERS.items() if value >= 20}
_WRITTEN = re.compile(
    rf"\b(?P<tens>{'|'.join(_TENS)})(?:[ "
    rf"-](?P<ones>{'|'.join(word for word, value in NUMBERS.items() if 0 < value < 10)}))?\b"
)
_WRITTEN_TEEN = re.compile(
    rf"\b(?P<word>{'|'.join(word for word, value in NUMBERS.items() if value < 20)})(?=[ -](?:years?|yrs?|"
    rf"months?)[ -]old\b)"
)
_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
_TENTHS = {word: tens for tens, word in enumerate(_DECADES, start=2)}
_DECADE = re.compile(
    r"\b(?:in|into) (?:my|his|her) (?P<part>early |mid |mid-|late )?"
    rf"(?:(?P<tens>\d)0'?s|(?P<word>{'|'.join(_TENTHS)}))\b"
)
_PART_OF_A_DECADE = {"early": 2, "mid": 5, "late": 8}
_TURNING = re.compile(r"\bturn(?:ing|s)? (?P<age>\d{1,3})(?= (?:next|soon|in|this))")
_BORN = re.compile(
    r"\b(?:born|dob|birth year|year of birth|b\.)(?: in| on|:|"
    r" is)*(?: \w+ \d{1,2},?)?(?: \d{1,2}[/-]\d{1,2}[/-])? ?(?P<year>(?:19|20)\d\d)\b"
)
_OLD_THING = re.compile(
    r"^[ -]?(?:years?|yrs?|months?)[ -]old (?:\w+ )?(?:shoes?|boots?|sneakers|trainers|slippers|sandals|car|"
    r"house|dog|cat|puppy|mattress|injury|business)\b"
)
_OWNED = re.compile(
    r"\b(?:my|our|the) (?:dog|cat|puppy|car|house|shoes|boots|mattress)(?:'s| is| are| was)? (?:now |only |about )?$"
)
_MEASURED = re.compile(
    r"\b(?:temp|temperature|fever|weight|height|pressure|size|pain|bmi|pulse|rate|sugar|a1c|number|it|that|this|score|level|"
    r"price|cost|bill|total|address|house|room|unit|suite|apartment|apt|zip|copay) ?$"
)
_OWN_CHILD = re.compile(
    r"\b(?:my|our)(?: little| young)? (?:(?P<months>\d{1,2})[ -]?(?:months?|weeks?|days?)|"
    r"(?P<age>\d{1,2})[ -]?(?:years?|yrs?|yo\b|y/o))(?:[ -]?old)?(?![ -]*(?:shoes|boots|car|house|dog|cat|puppy|"
    r"injury))"
)


def age_years(text: str, year: int | None = None) -> int | None:
    """Return the age that a plain text states, 0 to 120; None when it states none.

    Args:
        text: lower case.
        year: the present year, for those who say when they were born; today's when None.
    """
    text = _in_figures(text)
    for pattern in (_TURNING, *_AGE):
        for found in pattern.finditer(text):
            if _is_of_something_else(text, found):
                continue
            age = (
                int(found["age"]) - (pattern is _TURNING) if "age" in pattern.groupindex else int(found["months"]) // 12
            )
            if 0 <= age <= _OLDEST:
                return age
    return _roughly(text, year or datetime.now(UTC).year)


def child_of_age(text: str) -> bool:
    """Tell whether a plain text speaks of an own child by age ("my 9-year-old")."""
    found = _OWN_CHILD.search(_in_figures(text))
    return found is not None and (found["months"] is not None or int(found["age"]) < OF_AGE)


def _roughly(text: str, year: int) -> int | None:
    if found := _DECADE.search(text):
        part = (found["part"] or "mid").strip(" -")
        tens = int(found["tens"]) if found["tens"] else _TENTHS[found["word"]]
        return 10 * tens + _PART_OF_A_DECADE[part]
    if found := _BORN.search(text):
        age = year - int(found["year"])
        return age if 0 <= age <= _OLDEST else None
    return None


def _in_figures(text: str) -> str:
    """Write the numbers of a text in figures ("sixty-two" as "62")."""
    text = _WRITTEN.sub(
        lambda found: str(_TENS[found["tens"]] + (NUMBERS[found["ones"]] if found["ones"] else 0)), text
    )
    return _WRITTEN_TEEN.sub(lambda found: str(NUMBERS[found["word"]]), text)


def _is_of_something_else(text: str, found: re.Match[str]) -> bool:
    """Tell whether the number is no present age: of years ago, or of a thing or a pet."""
    place = found.start("age") if "age" in found.re.groupindex else found.start()
    before, after = text[: found.start()], text[place + 1 :].lstrip("0123456789")
    return bool(_EARLIER.search(before) or _OWNED.search(before) or _OLD_THING.match(after) or _MEASURED.search(before))
