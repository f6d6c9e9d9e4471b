"""Facts of everyday English that reading needs: inflection, small words, numbers, units. No medical word."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
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
INVARIANT = _words(
    """
    this his its us yes less unless always perhaps across plus bus gas lens pus thing nothing anything something
    everything morning evening during spring only family early daily body any many very every burned toeing
    """
)

# May be missing in a text or be added to it without changing what a phrase means.
DROPPABLE = _words(
    """
    a an the my your his her their our its this that these those some of it i we he she they you me him them be am
    is are was were been being have has had do does did to s m re ve d in at for with so get gets got
    """
)

# Words that may stand between the words of a phrase, besides the droppable ones.
BRIDGES = _words(
    """
    left right both really very quite too always constantly often sometimes still also just bit little kind sort
    extremely super slightly somewhat mostly all now again suddenly usually badly feel feels feeling felt look looks
    looked seem seems become became becoming gone going like not never poor lower upper whole entire here there
    bad terrible awful horrible severe mild constant
    """
)

# Words that only say how much ("is completely gone").
DEGREES = _words("very quite totally completely perfectly absolutely entirely really pretty also just all both now")

# After a further place they add it to the one before ("my heel, actually my arch too").
ADDING = _words("too also either well")

# Words that no gap may cross.
CONJUNCTIONS = _words("and or but nor then while because")

# Words that a phrase in another order would lose the sense of.
ORDERED = _words(
    """
    of not no never without can between under behind above below over into onto from off out up down on after before
    to than like as when if in at for with one two first second third back
    """
)

# All that is dropped where a phrase has just one other telling word: "he hit me" and "in the cold" need the rest.
DETERMINERS = _words("a an the my your his her their our its this that these those some")
# All that is dropped where a phrase is one word with its determiner: "my sugars" are not sugar, "the shakes" no drinks.
UNTELLING = _words("a an its some")
# A time with one of these is another one: "it hurt last night" is not "it hurts at night".
OTHER_TIMES = _words("last next other")

# Words between a complaint and what brings it on ("hurts when I walk").
OCCASIONS = _words("when whenever while after during if on from by")
# Words that make something done a thing that is hard to do or that brings a complaint on ("sets it off").
HINDRANCES = _words(
    """
    can could unable barely hardly scarcely struggle avoid avoiding sets set brings aggravates kills nightmare hell murder
    impossible agony question crush crushes pinch pinches kick kicks into need
    """
)
# Words for a part of anything, some of which are also parts of the body ("the back of my knee").
POSITIONS = _words("back front top bottom side sides")
# Words that go on from a part; before "the back" the second ones make it a part of something ("rubs at the back").
PARTS = _words("of part side bit end edge")
SPOTS = _words("at around round towards toward")
# Before "back" they make it the body's; after it they make it one, or take it home ("back to work").
AILING = _words(
    """
    bad sore stiff aching achy painful hurting hurt injured broken weak tight low lower upper mid middle whole entire
    old same own other horrible terrible awful mild chronic constant severe strong dodgy rotten
    """
)
BACK_NOUNS = _words(
    """
    pain pains ache aches hurt hurts spasm spasms problem problems trouble troubles issue issues injury injuries
    surgery surgeries operation brace cramps muscle muscles stiffness tightness
    """
)
RETURNING = _words("to again from then when at on up out off home in there here")
# Lengths that are also parts of the body ("6 feet tall").
LENGTHS = _words("foot feet hand hands")
# Words that follow an object, so that the pronoun before them begins no clause ("twist it or fall").
AFTER_AN_OBJECT = _words("in on at by with when or nor too much badly either anymore any all again before after")
BE = _words("be am is are was were feels looks seems")
# Verbs after a noun of their own, with which a new statement begins, and words that open one after a comma.
FINITE = BE | _words(
    """
    hurt hurts ache aches burn burns sting stings throb throbs swells itches bleeds went goes got gets turned turns became
    has had have started starts came comes keeps kept stays stayed can will do does did
    """
)
STILL = _words("still")
# Before a name they say that somebody has it.
HAVING = _words("my our his her their have has had having got get diagnosed with from for")
OWNERS = _words("my your his her our left right both big")
PREPOSITIONS = _words("on in of at to with for from")
# A question that opens with one and goes on to a verb of causing asks about things in general.
MODALS = _words("can could does do did will would might may")
CAUSING = _words(
    "cause causes make makes give gives lead leads mean means bring brings trigger triggers produce spread"
)
# First words of questions with a subject of their own, and second words that are none ("can't walk", "are there").
GENERAL_OPENERS = MODALS | {"are"}
QUESTION_OPENERS = GENERAL_OPENERS | _words("is should what how which why")
NO_SUBJECTS = _words("not no never barely hardly only have has be feel feels get still sometimes also really")
# Words that make a time the time of a complaint ("worse in the evening").
CHANGES = _words(
    """
    worse worst better hurts hurt hurting bad started starts start began begins begin came come comes coming wakes
    wake woke awake happens happened flares flare suddenly gradually slowly since it
    """
)
# After "can't" only these deny what follows: "can't see any", but not "can't sleep with it".
PERCEIVING = _words("see feel find notice say think remember recall detect spot tell complain")
# The pronoun with which a new clause takes up what was named: "there was swelling but it has gone".
TAKING_UP = _words("it that this they these those which")
POINTERS = _words("this these it that")
FUNCTION_WORDS = DROPPABLE | ORDERED | CONJUNCTIONS | OCCASIONS | {"whether"}

NEGATORS = _words("not no never without nor none nothing")
# Almost never: they deny little of a "can feel", and all of a "without".
HARDLY = _words("hardly barely scarcely")
SELDOM = HARDLY | _words("never rarely seldom")
# What a "no" before it denies together with a "without" ("no day without pain").
EACH_TIME = _words("day days night nights morning week step hour")
SUBJECTS = _words("i it he she they we you")
# A comma before one of these begins a new clause.
CLAUSE_OPENERS = SUBJECTS | _words("my its this that there now his her their could should would what why how")
THIRD_PERSON = _words("he she his her him hers")
FIRST_PERSON = _words("i my me mine myself")
# After "I" they say what one sees or does for somebody, not what one has ("I noticed a red line").
BEHOLDING = _words(
    """
    noticed notice saw see seen think thought believe found checked looked guess wonder took gave give know said told
    asked called brought writing asking calling
    """
)
# With one of these an illness of somebody else is over; with one of the others it goes on.
OVER = _words("had was died dead passed got suffered survived killed ago once late")
ONGOING = _words("now today still currently having tonight has")
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

# Words before a number that picks ("option two"), and words for all of something and for what it leaves out.
NUMBERING = _words("number option choice answer no nr")
ITEMS = _words("one ones option options choice choices item items box boxes")
# Words around numbers that pick from a list ("it is the first and the third, please").
LIST_WORDS = NUMBERING | ITEMS | _words(
    """
    the and or both only just also please yes yeah yep i it its is am have pick choose say think would that those these
    this mine me my for of them all but except everything every apart from besides thanks maybe probably then last two
    three four
    """
)
# They answer a closed question whatever follows ("a bit in the morning"), and what may follow another answer.
DEGREES_OF_YES = _words(
    """
    yes yeah yep yup yea yess nope nah definitely absolutely certainly sometimes occasionally often usually always
    constantly a little bit lot tad touch mostly frequently regularly quite at times most of the time kind sort exactly
    """
)
WORDS_AFTER_AN_ANSWER = _words(
    """
    any anything anyone such think really at all so far thanks thank sir actually not never nothing none only just except
    when if while unless especially mainly mostly sorry please though unfortunately thankfully luckily well like either
    """
)
# After "all of them" they say that there is nothing.
WELL = _words("fine good ok okay normal well better gone clear right great")
WHOLES = _words("all everything every each any")
EXCEPTIONS = _words("except but excluding besides minus apart bar")

ORDINALS = {
    **dict.fromkeys(("first", "1st", "1"), 0),
    **dict.fromkeys(("second", "2nd", "2"), 1),
    **dict.fromkeys(("third", "3rd", "3"), 2),
    **dict.fromkeys(("fourth", "4th", "4"), 3),
    **dict.fromkeys(("fifth", "5th", "5"), 4),
    **dict.fromkeys(("sixth", "6th", "6"), 5),
    "last": -1,
}
