"""What is told after the likely cause is known: every cause answers every topic, and no text doses."""

import pytest

from bot.errors import KnowledgeError
from bot.knowledge import load_knowledge
from bot.knowledge.guidance import doses_in
from bot.knowledge.model import USUAL


def message_of(folder):
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(folder)
    return str(caught.value)


def test_every_cause_answers_every_topic_of_causes(knowledge):
    topics = {topic.id for topic in knowledge.topics.values() if topic.is_of_cause}
    shared = {topic.id for topic in knowledge.topics.values() if topic.same}
    assert {cause: set(told.texts) - shared for cause, told in knowledge.guidance.items()} == dict.fromkeys(
        knowledge.causes, topics
    )


def test_no_text_for_a_child_is_said_where_the_person_may_be_an_adult(knowledge):
    """Causes that only children have may speak of "your child"; elsewhere only the words for a child do."""
    of_children = {
        cause.id
        for cause in knowledge.causes.values()
        if any(sign.finding == "c_age_u18" and sign.frequency == "almost_always" for sign in cause.signs)
    }
    speaking = {
        (told.cause, topic)
        for told in knowledge.guidance.values()
        if told.cause not in of_children
        for topic, advice in told.texts.items()
        if "your child" in advice.text.lower()
    }
    others = {
        key
        for told in knowledge.guidance.values()
        for key, advice in told.persons.items()
        if "your child" in advice.text.lower() and key[0] != "child" and told.cause not in of_children
    }
    assert (speaking, others) == (set(), set())


def test_texts_are_short_enough_for_one_bubble(knowledge):
    for told in knowledge.guidance.values():
        for topic, advice in [*told.texts.items(), *told.persons.items()]:
            assert len(advice.text.split()) <= 46, (told.cause, topic)


def test_every_topic_says_something_while_a_red_flag_waits_or_leaves_it_to_its_advice(knowledge):
    assert {topic.id for topic in knowledge.topics.values() if not topic.urgent} == {"where_to_go"}


def test_a_cause_without_guidance_is_refused_with_what_to_do(folder):
    (folder / "guidance" / "bunion.yml").unlink()
    message = message_of(folder)
    assert "guidance/bunion.yml" in message
    assert "every cause needs one. Copy that of a similar cause" in message


def test_guidance_of_an_unknown_cause_is_refused(folder):
    (folder / "guidance" / "bunion.yml").rename(folder / "guidance" / "onion.yml")
    (folder / "guidance" / "bunion.yml").write_bytes((folder / "guidance" / "onion.yml").read_bytes())
    assert "there is no cause 'onion'. Rename the file or delete it." in message_of(folder)


def test_a_missing_topic_is_named(folder, change):
    change(folder / "guidance" / "bunion.yml", "  driving:", "  diving:")
    message = message_of(folder)
    assert "bunion.yml: guidance, field 'driving'" in message
    assert "Add it" in message


def test_a_source_is_known_or_marked_as_usual_practice(folder, change):
    change(folder / "guidance" / "bunion.yml", f"source: {USUAL}", "source: my_aunt")
    assert "there is no source 'my_aunt'" in message_of(folder)


def test_a_dose_is_refused(folder, change):
    change(folder / "guidance" / "bunion.yml", 'text: "', 'text: "Take 400 mg. ')
    message = message_of(folder)
    assert "names an amount of medicine ('400 mg')" in message
    assert "Instep never doses" in message


@pytest.mark.parametrize("text", ["up to 20 minutes", "twice a day for 12 weeks", "about 6 months", "3 gentle walks"])
def test_a_time_or_a_number_is_no_dose(knowledge, text):
    assert list(doses_in(text, knowledge.dose_words)) == []


def test_an_unknown_person_is_refused(folder, change):
    change(folder / "persons.yml", "persons: [pregnancy]", "persons: [astronaut]")
    assert "there is no person 'astronaut'" in message_of(folder)


def test_a_finding_of_a_person_exists(folder, change):
    change(folder / "persons.yml", "[c_diabetes]", "[c_diabetis]")
    assert "record 'diabetes', field 'findings': there is no finding 'c_diabetis'" in message_of(folder)


def test_a_topic_takes_its_text_from_one_that_causes_answer(folder, change):
    change(folder / "topics.yml", "text_of: sooner", "text_of: later")
    assert "'where_to_go' takes the text of 'later', which no cause has" in message_of(folder)
