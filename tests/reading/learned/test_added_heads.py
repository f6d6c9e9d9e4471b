"""A finding that was added after the encoder was tuned is read from its statements alone."""

import pytest

from bot.reading.learned.added_heads import FILE, AddedHeads, learn_heads, rows_of_added
from bot.reading.learned.corpus import Said, Statement, read_statements
from bot.reading.learned.reader import DENIED, THERE, LearnedReader, learned_reader
from bot.settings import settings

FOLDER = settings().data / "reading"
NEW = "s_ink_on_foot"
THERE_ROWS = """
my new foot tattoo is sore and peeling
the ink on my ankle is itching
tattoo on the top of my foot, done in march, now raised
got a tattoo there last week and it is weeping
inked the whole arch, it stings
the foot tattoo scabbed over
there is a tattoo right where the shoe rubs
I had my ankle tattooed and it hurts to touch
the lines of the tattoo on my foot swell in the sun
fresh ink on the toes
tattooist did my heel, it is red around the drawing
my old tattoo on the instep has bumps
""".strip().splitlines()
DENIED_ROWS = """
no tattoo on my feet
I never had any ink done
not tattooed, just a bruise
no ink there
my feet have no tattoos
""".strip().splitlines()


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    statements = (
        *(Statement("z01", NEW, Said.THERE, text) for text in THERE_ROWS),
        *(Statement("z01", NEW, Said.DENIED, text) for text in DENIED_ROWS),
        *read_statements(FOLDER),
    )
    tuned = learned_reader(FOLDER)
    path = tmp_path_factory.mktemp("models") / FILE
    learn_heads(tuned.vectors, rows_of_added(statements, tuned.tuned), statements).save(path)
    return LearnedReader(FOLDER, path)


def shares(reader, text):
    return reader.read(text).findings.max(axis=0)[reader.findings.index(NEW)]


@pytest.mark.parametrize(
    "text", ["my tattoo on the foot got infected I think", "had ink done on the ankle and it itches"]
)
def test_it_is_read_in_other_words(reader, text):
    assert shares(reader, text)[THERE] > 0.5


def test_its_denial_is_no_report(reader):
    assert shares(reader, "I have no tattoo at all")[DENIED] > shares(reader, "I have no tattoo at all")[THERE]


@pytest.mark.parametrize("text", ["my heel hurts in the morning", "no fever, no swelling", "can I park at the clinic"])
def test_other_texts_do_not_tell_it(reader, text):
    assert shares(reader, text)[THERE] < 0.2


def test_what_was_tuned_is_read_as_before(reader):
    before = learned_reader(FOLDER).read("my soles are on fire").findings
    assert abs(reader.read("my soles are on fire").findings[:, : before.shape[1]] - before).max() < 1e-5


def test_few_statements_make_no_head():
    rows = [Statement("z01", NEW, Said.THERE, text) for text in THERE_ROWS[:5]]
    assert rows_of_added(rows, ()) == {}


def test_without_a_file_there_are_no_heads(tmp_path):
    assert AddedHeads.load(tmp_path / FILE).findings == ()
