import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.brain.place_check import PlaceCheck

CHECK = PlaceCheck(frozenset({"heel", "calf"}), ["describe", "treat"], "elsewhere")


def intent_of(intent, sites, question=None, cause=None):
    names = [intent, *({"describe", "treat", "elsewhere", "hours"} - {intent})]
    ranking = [
        {"name": name, "confidence": 0.9 / (place + 1)} for place, name in enumerate(sorted(names, key=names.index))
    ]
    entities = [{"entity": "site", "value": site} for site in sites]
    entities += [{"entity": "named_cause", "value": cause}] if cause else []
    message = Message({"text": "x", "intent": ranking[0], "intent_ranking": ranking, "entities": entities})
    message.set("metadata", {"question": question})
    CHECK.process([message])
    assert message.get("intent") == message.get("intent_ranking")[0]
    assert len(message.get("intent_ranking")) == len(ranking)
    return message.get("intent")["name"]


def test_podiatric_sites_alone_make_a_complaint():
    assert intent_of("elsewhere", ["heel", "calf"]) in ("describe", "treat")


def test_other_sites_alone_make_it_another_part_of_the_body():
    assert intent_of("describe", ["ear"]) == "elsewhere"


@pytest.mark.parametrize("intent", ["describe", "elsewhere"])
def test_sites_of_both_kinds_and_none_leave_the_intent(intent):
    assert intent_of(intent, ["ear", "heel"]) == intent
    assert intent_of(intent, []) == intent


def test_an_answer_may_name_any_place():
    assert intent_of("describe", ["ear"], question={"id": "where"}) == "describe"


def test_a_named_cause_stays_a_complaint():
    assert intent_of("treat", ["ear"], cause="gout") == "treat"


def test_other_intents_are_left_alone():
    assert intent_of("hours", ["ear"]) == "hours"
