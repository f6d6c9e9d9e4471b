"""Words of answers to a question: yes and no by degree, picks from a list, all and all but."""

from __future__ import annotations

from bot.reading.words.english import words_of

# Words before a number that picks ("option two"), and words for all of something and for what it leaves out.
NUMBERING = words_of("number option choice answer no nr")
ITEMS = words_of("one ones option options choice choices item items box boxes")
# Words around numbers that pick from a list ("it is the first and the third, please").
LIST_WORDS = words_of(
    """
    number option choice answer no nr one ones options choices item items box boxes the and or both only just also
    please yes yeah yep i it its is am have pick choose say think would that those these this mine me my for of them all
    but except everything every apart from besides thanks maybe probably then last two three four
    """
)
# They answer a closed question whatever follows ("a bit in the morning"), and what may follow another answer.
DEGREES_OF_YES = words_of(
    """
    yes yeah yep yup yea yess nope nah definitely absolutely certainly sometimes occasionally often usually always
    constantly a little bit lot tad touch mostly frequently regularly quite at times most of the time kind sort exactly
    """
)
NOTHINGS = frozenset({"none", "nothing"})
"""Words that begin the denial of a whole list."""

WORDS_AFTER_AN_ANSWER = words_of(
    """
    any anything anyone such think really at all so far thanks thank sir actually not never nothing none only just
    except when if while unless especially mainly mostly sorry please though unfortunately thankfully luckily well
    like either
    """
)
# After "all of them" they say that there is nothing.
WELL = words_of("fine good ok okay normal well better gone clear right great")
WHOLES = words_of("all everything every each any")
EXCEPTIONS = words_of("except but excluding besides minus apart bar")

ORDINALS = {
    **dict.fromkeys(("first", "1st", "1"), 0),
    **dict.fromkeys(("second", "2nd", "2"), 1),
    **dict.fromkeys(("third", "3rd", "3"), 2),
    **dict.fromkeys(("fourth", "4th", "4"), 3),
    **dict.fromkeys(("fifth", "5th", "5"), 4),
    **dict.fromkeys(("sixth", "6th", "6"), 5),
    "last": -1,
}
