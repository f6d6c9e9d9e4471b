"""The domain, the actions and the responses fit together."""

import ast
import re

import pytest
import yaml

from actions import wiring
from bot.settings import ROOT
from tests.actions.conftest import DOMAIN

SOURCES = sorted([*(ROOT / "actions").glob("*.py"), *(ROOT / "bot" / "conversation").glob("*.py")])
FITS = ("fits_well", "possible")
FORMS = set(DOMAIN["forms"])
INTENTS = {next(iter(intent)) if isinstance(intent, dict) else intent for intent in DOMAIN["intents"]}


def test_every_action_of_the_domain_has_a_class_and_every_class_is_in_the_domain(executor):
    assert set(executor.actions) == set(DOMAIN["actions"])


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_required_slot_has_a_question(form):
    known = set(DOMAIN["actions"]) | set(DOMAIN["responses"])
    for slot in DOMAIN["forms"][form]["required_slots"]:
        asked = {f"action_ask_{form}_{slot}", f"utter_ask_{form}_{slot}", f"action_ask_{slot}", f"utter_ask_{slot}"}
        assert asked & known, slot


def test_no_action_says_words_of_its_own():
    for source in SOURCES:
        for call in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "utter_message":
                assert "text" not in {keyword.arg for keyword in call.keywords} and not call.args, source.name


def test_every_response_that_an_action_names_exists():
    named = {name for source in SOURCES for name in re.findall(r'"(utter_\w+)"', source.read_text(encoding="utf-8"))}
    named |= {f"utter_part_{fit}" for fit in FITS}
    named |= {f"utter_see_{level.value}" for record in wiring.knowledge().causes.values() for level in record.see}
    assert named <= set(DOMAIN["responses"])


def test_every_response_is_used():
    texts = [source.read_text(encoding="utf-8") for source in SOURCES]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "data" / "rules").glob("*.yml")]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "brain").glob("*.py")]
    texts.append((ROOT / "data" / "intents.yml").read_text(encoding="utf-8"))
    asked = {
        response
        for form, described in DOMAIN["forms"].items()
        for slot in described["required_slots"]
        for response in (f"utter_ask_{slot}", f"utter_ask_{form}_{slot}")
    }
    unused = {
        name
        for name in DOMAIN["responses"]
        if name not in asked | {"utter_default"} | {f"utter_part_{fit}" for fit in FITS}
        and not name.startswith("utter_see_")
        and not any(re.search(rf"\b{name}\b", text) for text in texts)
    }
    assert not unused


def test_every_button_names_an_intent_of_the_domain():
    payloads = [
        button["payload"]
        for variants in DOMAIN["responses"].values()
        for variant in variants
        for button in variant.get("buttons", [])
    ]
    assert payloads
    assert {re.match(r"/(\w+)", payload)[1] for payload in payloads} <= INTENTS


def test_every_intent_has_a_rule():
    rules = [
        rule
        for path in (ROOT / "data" / "rules").glob("*.yml")
        for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
    ]
    ruled = {step["intent"] for rule in rules for step in rule["steps"] if "intent" in step}
    made = (*wiring.meanings().practice_questions, *wiring.meanings().result_questions)
    assert ruled | {meaning.id for meaning in made} >= INTENTS


def test_no_training_example_stands_under_two_intents():
    seen = {}
    for path in (ROOT / "data" / "nlu").glob("*.yml"):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                example = line.removeprefix("- ").strip().lower()
                assert seen.setdefault(example, block["intent"]) == block["intent"], example
