"""A measured temperature in a text, as the finding fever: "temp 38.6", "101.2 this morning", "temp is normal 36.8"."""

from __future__ import annotations

import re

from bot.case import Finding, Status

FEVER = "a_fever"
# 38 C (NHS) and 100.4 F (CDC) are the same: from there it is a fever.
_FEVER_C, _FEVER_F = 38.0, 100.4
_CELSIUS, _FAHRENHEIT = (34.0, 43.0), (94.0, 109.0)

_NAMED = re.compile(
    r"\b(?:temp|temps|temperature|fever|thermometer|running)\b"
    r"(?:[ :=]|\b(?:is|was|of|at|a|about|around|says|said|shows|reads|showed|up to|hit|normal|only|just|currently|now|"
    r"this morning|last night)\b)*(?P<degrees>\d{2,3}(?:[.,]\d)?)(?![\d/])"
)
_BEFORE = re.compile(
    r"(?<![\d.,/-])(?P<degrees>\d{2,3}(?:[.,]\d)?) ?(?:degrees?|deg|\u00b0)? ?(?:c|f|celsius|fahrenheit)? ?"
    r"(?:fever|temp|temperature)\b"
)
_DEGREES = re.compile(
    r"(?<![\d.,/-])(?P<degrees>\d{2,3}(?:[.,]\d)?) ?(?:degrees?|deg|\u00b0)(?: ?(?:c|f|celsius|fahrenheit)\b)?"
)
# "She had 38.5 last night": a number with a decimal that is only a body's, where no unit and no other measure is named.
_BARE = re.compile(
    r"\b(?:had|has|have|having|got|hit|with|of) (?:a )?(?P<degrees>(?:3[7-9]|4[0-2]|99|10[0-6])[.,]\d)\b"
    r"(?! ?(?:%|kg|kilos?|lbs?|pounds|stone|cm|mm|m|km|k|miles?|mg|ml|years?|weeks?|days?|hours?|dollars|bmi|percent))"
)
# Degrees of the weather, of water and of an angle.
_NOT_OF_A_BODY = re.compile(
    r"\b(?:outside|weather|water|bath|room|oven|heat|bend|bends|bent|angle|turn|turns|rotate|flex|lift|lean|sun|shower|pool|bmi|weight|sugar|a1c)\b"
)


def fever_measured(text: str) -> Finding | None:
    """Return fever as present or absent by the temperature that a plain text states; None when it states none.

    Args:
        text: lower case.
    """
    for pattern in (_NAMED, _BEFORE, _DEGREES, _BARE):
        for found in pattern.finditer(text):
            degrees = float(found["degrees"].replace(",", "."))
            if pattern in (_DEGREES, _BARE) and _NOT_OF_A_BODY.search(text):
                continue
            for (least, most), fever in ((_CELSIUS, _FEVER_C), (_FAHRENHEIT, _FEVER_F)):
                if least <= degrees <= most:
                    status = Status.PRESENT if degrees >= fever else Status.ABSENT
                    return Finding(FEVER, status, None, found.start(), found.end())
    return None
