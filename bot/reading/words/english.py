"""Facts of everyday English that reading needs: inflection, small words, numbers, units. No medical word."""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


def _words_in_order(text: str) -> list[str]:
    return text.split()


# Words whose inflection no ending shows, each with the form that stands for all of them.
IRREGULAR = {
    form: base
    for base, forms in {
        "be": "am is are was were been being",
        "have": "has had having",
        "do": "does did done doing",
        "can": "could",
        "will": "would",
        "go": "goes going went gone",
        "get": "gets got getting gotten",
        "feel": "felt feels feeling",
        "foot": "feet",
        "tooth": "teeth",
        "calf": "calves",
        "fall": "fell fallen falls falling",
        "break": "broke broken breaks breaking",
        "tear": "tore torn tears tearing",
        "swell": "swollen swells swelled swelling",
        "stand": "stood",
        "sit": "sat sits sitting",
        "lie": "lying lies lain",
        "run": "ran runs running",
        "sleep": "slept",
        "wake": "woke woken",
        "wear": "wore worn",
        "bleed": "bled",
        "hit": "hits hitting",
        "cut": "cuts cutting",
        "begin": "began begun beginning",
        "come": "came coming",
        "lose": "lost losing",
        "drive": "drove driven driving",
        "lead": "led",
        "ache": "aches ached aching achy achey",
        "bite": "bit bitten biting",
        "shake": "shook shaken shaking",
        "step": "stepping stepped steps",
        "worse": "worst",
        "better": "best",
        "third": "3rd",
        "second": "2nd",
        "first": "1st",
        "fourth": "4th",
        "fifth": "5th",
    }.items()
    for form in forms.split()
}

# Endings that are taken off, longest first, and what takes their place.
ENDINGS = (
    ("iness", ""), ("ness", ""), ("fully", ""), ("ies", "y"), ("ied", "y"), ("ing", ""), ("ful", ""),
    ("ily", ""), ("ed", ""), ("es", ""), ("ly", ""), ("ey", ""), ("s", ""), ("e", ""), ("y", ""),
)  # fmt: skip

# Nouns in -ing and -ly, and others that the endings above would maim; a foot that burns is not one that was burned.
INVARIANT = words_of(
    """
    this his its us yes less unless always perhaps across plus bus gas lens pus thing nothing anything something
    everything morning evening during spring only family early daily body any many very every burned toeing
    """
)

# May be missing in a text or be added to it without changing what a phrase means.
DROPPABLE = words_of(
    """
    a an the my your his her their our its this that these those some of it i we he she they you me him them be am
    is are was were been being have has had do does did to s m re ve d in at for with so get gets got
    """
)

# Words that may stand between the words of a phrase, besides the droppable ones.
BRIDGES = words_of(
    """
    left right both really very quite too always constantly often sometimes still also just bit little kind sort
    extremely super slightly somewhat mostly all now again suddenly usually badly feel feels feeling felt look looks
    looked seem seems become became becoming gone going like not never poor lower upper whole entire here there
    bad terrible awful horrible severe mild constant
    """
)

# Forms that say what no other form of theirs does: "when I'm gone" is not "when I go", nor "doing it" what one can do.
UNLIKE_THEIR_KIND = words_of("gone doing")

# Words that only say how much ("is completely gone").
DEGREES = words_of("very quite totally completely perfectly absolutely entirely really pretty also just all both now")

# After a further place they add it to the one before ("my heel, actually my arch too").
ADDING = words_of("too also either well")

# Words that no gap may cross.
CONJUNCTIONS = words_of("and or but nor then while because")

# Words that a phrase in another order would lose the sense of.
ORDERED = words_of(
    """
    of not no never without can between under behind above below over into onto from off out up down on after before
    to than like as when if in at for with one two first second third back
    """
)

# All that is dropped where a phrase has just one other telling word: "he hit me" and "in the cold" need the rest.
DETERMINERS = words_of("a an the my your his her their our its this that these those some")
# All that is dropped where a phrase is one word with its determiner: "my sugars" are not sugar, "the shakes" no drinks.
UNTELLING = words_of("a an its some")
# A time with one of these is another one: "it hurt last night" is not "it hurts at night".
OTHER_TIMES = words_of("last next other")

# Words between a complaint and what brings it on ("hurts when I walk").
OCCASIONS = words_of("when whenever while after during if on from by")
# Words that make something done a thing that is hard to do or that brings a complaint on ("sets it off").
HINDRANCES = words_of(
    """
    can could unable barely hardly scarcely struggle avoid avoiding sets set brings aggravates kills nightmare hell
    murder impossible agony question crush crushes pinch pinches kick kicks into need crutch
    crutches wheelchair walker
    """
)
# What befalls somebody: the place and the act of it bring nothing on ("slipped on the stairs").
ACCIDENTS = words_of(
    "slipped slip fell fall fallen tripped trip stumbled tumbled missed twisted rolled landed crashed knocked banged"
)
ON_THE_WAY = words_of("on off over down up from at in while when going coming walking running climbing")
# What one plans: a time beside it is no time of a complaint ("should I go tonight", "can I be seen today").
THE_DAY = words_of("today tonight this")
PLANS = words_of("go going come see seen book call visit do take wait leave drive travel fly be open appointment")
INTENDING = words_of(
    "i we you are should shall will could can may must got gotta need want would going what when where"
)
# "I can't bend to look": what one cannot do for a purpose is no occasion of a complaint.
PURPOSES = words_of("look see reach cut check trim clip")
# Words for a part of anything, some of which are also parts of the body ("the back of my knee").
POSITIONS = words_of("back front top bottom side sides")
# Words that go on from a part; before "the back" the second ones make it a part of something ("rubs at the back").
PARTS = words_of("of part side bit end edge")
SPOTS = words_of("at around round towards toward")
# Before "back" they make it the body's; after it they make it one, or take it home ("back to work").
AILING = words_of(
    """
    bad sore stiff aching achy painful hurting hurt injured broken weak tight low lower upper mid middle whole entire
    old same own other horrible terrible awful mild chronic constant severe strong dodgy rotten
    """
)
BACK_NOUNS = words_of(
    """
    pain pains ache aches hurt hurts spasm spasms problem problems trouble troubles issue issues injury injuries
    surgery surgeries operation brace cramps muscle muscles stiffness tightness
    """
)
RETURNING = words_of("to again from then when at on up out off home in there here")
# Lengths that are also parts of the body ("6 feet tall").
LENGTHS = words_of("foot feet hand hands")
# Words that follow an object, so that the pronoun before them begins no clause ("twist it or fall").
AFTER_AN_OBJECT = words_of("in on at by with when or nor too much badly either anymore any all again before after")
BE = words_of("be am is are was were feels looks seems")
# Verbs after a noun of their own, with which a new statement begins, and words that open one after a comma.
FINITE = BE | words_of(
    """
    hurt hurts ache aches burn burns sting stings throb throbs swells itches bleeds went goes got gets turned turns
    became has had have started starts came comes keeps kept stays stayed can will do does did
    """
)
STILL = words_of("still")
# Before a name they say that somebody has it.
HAVING = words_of("my our his her their have has had having got get diagnosed with from for")
OWNERS = words_of("my your his her our left right both big")
PREPOSITIONS = words_of("on in of at to with for from")
# A question that opens with one and goes on to a verb of causing asks about things in general.
MODALS = words_of("can could does do did will would might may")
CAUSING = words_of(
    "cause causes make makes give gives lead leads mean means bring brings trigger triggers produce spread"
)
# First words of questions with a subject of their own, and second words that are none ("can't walk", "are there").
GENERAL_OPENERS = MODALS | {"are"}
QUESTION_OPENERS = GENERAL_OPENERS | words_of("is should what how which why")
NO_SUBJECTS = words_of("not no never barely hardly only have has be feel feels get still sometimes also really")
# Words that make a time the time of a complaint ("worse in the evening").
CHANGES = words_of(
    """
    worse worst better hurts hurt hurting bad started starts start began begins begin came come comes coming wakes
    wake woke awake happens happened flares flare suddenly gradually slowly since it
    """
)
# After "can't" only these deny what follows: "can't see any", but not "can't sleep with it".
PERCEIVING = words_of("see feel find notice say think remember recall detect spot tell complain")
# The pronoun with which a new clause takes up what was named: "there was swelling but it has gone".
TAKING_UP = words_of("it that this they these those which")
POINTERS = words_of("this these it that")
FUNCTION_WORDS = DROPPABLE | ORDERED | CONJUNCTIONS | OCCASIONS | {"whether"}

NEGATORS = words_of("not no never without nor none nothing")
# Almost never: they deny little of a "can feel", and all of a "without".
HARDLY = words_of("hardly barely scarcely")
SELDOM = HARDLY | words_of("never rarely seldom")
# What a "no" before it denies together with a "without" ("no day without pain").
EACH_TIME = words_of("day days night nights morning week step hour")
SUBJECTS = words_of("i it he she they we you")
# A comma before one of these begins a new clause.
CLAUSE_OPENERS = SUBJECTS | words_of("my its this that there now his her their could should would what why how")
THIRD_PERSON = words_of("he she his her him hers")
FIRST_PERSON = words_of("i my me mine myself")
# After "I" they say what one sees or does for somebody, not what one has ("I noticed a red line").
BEHOLDING = words_of(
    """
    noticed notice saw see seen think thought believe found checked looked guess wonder took gave give know said told
    asked called brought writing asking calling
    """
)
# What those do who stand by: none of it is a complaint of theirs ("my daughter looked").
ATTENDING = words_of("looked looks checked checks saw sees noticed drives drove helps helped works lives visits")
# With one of these an illness of somebody else is over; with one of the others it goes on.
OVER = words_of("had was died dead passed got suffered survived killed ago once late")
ONGOING = words_of("now today still currently having tonight has")
SENTENCE_ENDS = frozenset(".!?;\n")

_TEENS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
    """
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: value for value, word in enumerate(_words_in_order(_TEENS))} | {
    word: 10 * value for value, word in enumerate(_words_in_order(_TENS), start=2)
}
VAGUE_NUMBERS = {"a": 1, "an": 1, "half": 0.5, "couple": 2, "few": 3, "several": 4}

DAYS_PER_UNIT = {
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), 1 / 24),
    **dict.fromkeys(("day", "days"), 1),
    **dict.fromkeys(("night", "nights"), 1),
    **dict.fromkeys(("week", "weeks", "wk", "wks"), 7),
    **dict.fromkeys(("fortnight", "fortnights"), 14),
    **dict.fromkeys(("decade", "decades"), 3650),
    **dict.fromkeys(("month", "months", "mo", "mos", "mth", "mths"), 30),
    **dict.fromkeys(("year", "years", "yr", "yrs"), 365),
}
