"""Actions run by the SDK's executor, with the real knowledge, practice and database."""

import datetime as dt
import json
import uuid

import pytest
import yaml
from rasa_sdk.executor import ActionExecutor

from actions import wiring
from bot.case import Case, Finding, Question, Reading, Status
from bot.reading import MessageReader
from bot.reading.acts import Classified, Named
from bot.settings import ROOT

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def executor():
    found = ActionExecutor()
    found.register_package("actions")
    # The SDK takes every action class of the process, those of other tests too.
    for name, run in list(found.actions.items()):
        if not type(run.__self__).__module__.startswith("actions."):
            del found.actions[name]
    return found


class Told:
    """A reader of findings that has read what a test says."""

    def __init__(self):
        self.reading, self.feared_ids, self.tried_ids = Reading(), (), ()

    def read(self, text, question=None):
        return self.reading

    def feared(self, text):
        return self.feared_ids

    def tried(self, text):
        return self.tried_ids


@pytest.fixture(scope="session")
def told_reader():
    return MessageReader(wiring.knowledge(), wiring.meanings(), Told())


def read_as_told(reader, intent, text, told, slots):
    """What the real reader makes of a message in which the test's findings and intents were found."""

    def named(name):
        return tuple(value for key, value in told if key == name)

    stub = reader._symptoms
    numbers = {name: next(iter(named(name)), None) for name in ("duration_days", "severity_0_10", "age_years")}
    findings = tuple(Finding(value) if isinstance(value, str) else value for value in named("finding"))
    stub.reading = Reading(findings=findings, named_causes=named("named_cause"), sites=named("site"), **numbers)
    stub.feared_ids, stub.tried_ids = named("feared"), named("tried")
    half = len(text) // 2
    beside = [Named(goal, 0.9, half, len(text)) for goal in named("beside")]
    clauses = (Named(intent, 0.9, 0, half), *beside) if beside else ()
    classified = Classified((Named(intent, 0.9),), clauses)
    case, question = Case.from_json(slots.get("case")), Question.from_json(slots.get("question"))
    return reader.read(text, case, question, classified).to_json()


READ = {"finding", "duration_days", "severity_0_10", "age_years", "named_cause", "site", "feared", "tried", "beside"}


@pytest.fixture
def turn(executor, told_reader):
    """Run one action as Rasa does: slots and message in, events and answers out, both as JSON.

    `entities` are pairs: what was read (`READ`; `beside` is the intent of a second clause), else what a choice carries.
    """

    def run(
        action, *, intent="", text="", entities=(), slots=None, loop=None, requested=None, events=(), denied=(), raw=()
    ):
        values = {name: slot.get("initial_value") for name, slot in DOMAIN["slots"].items()}
        values |= {"requested_slot": requested, **(slots or {})}
        told = [pair for pair in entities if pair[0] in READ] + [("finding", each) for each in raw]
        told += [("finding", Finding(finding, Status.ABSENT)) for finding in denied]
        tracker = {
            "sender_id": str(uuid.UUID(int=7)),
            "slots": values,
            "latest_message": {
                "text": text,
                "intent": {"name": intent, "confidence": 0.9},
                "entities": [{"entity": name, "value": value} for name, value in entities if name not in READ],
                "reading": read_as_told(told_reader, intent, text, told, values),
            },
            "events": [{"event": "action", "name": "action_listen"}, *events],
            "active_loop": {"name": loop} if loop else {},
            "latest_action_name": "action_listen",
        }
        call = {"next_action": action, "tracker": tracker, "domain": DOMAIN, "sender_id": tracker["sender_id"]}
        return Outcome(json.loads(json.dumps(_finished(executor.run(json.loads(json.dumps(call)))))))

    return run


@pytest.fixture
def clock(monkeypatch):
    """Set the practice's clock: `clock("2026-11-23 08:00")`."""

    def set_to(local):
        now = dt.datetime.fromisoformat(local).replace(tzinfo=wiring.practice().time_zone)
        monkeypatch.setattr(wiring, "now", lambda: now)
        return now

    return set_to


def _finished(coroutine):
    # No action waits for anything. Without an event loop it uses the test's own database connection.
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("An action waits for something.")


class Outcome:
    """What an action said and changed."""

    def __init__(self, answer):
        self.said = [message["response"] for message in answer["responses"]]
        self.messages = answer["responses"]
        self.events = answer["events"]
        self.slots = {event["name"]: event["value"] for event in answer["events"] if event["event"] == "slot"}
        self.followup = next((event["name"] for event in answer["events"] if event["event"] == "followup"), None)
        self.closes_form = {"event": "active_loop", "timestamp": None, "name": None} in answer["events"]


@pytest.fixture
def knowledge():
    return wiring.knowledge()


@pytest.fixture
def emergency(knowledge):
    """A red flag that is an emergency, and a finding that raises it alone."""
    return next(
        (flag.id, leaf)
        for flag in knowledge.red_flags.values()
        if flag.level.value == "emergency"
        for leaf in [flag.criteria.finding or next((part.finding for part in flag.criteria.parts), None)]
        if leaf and flag.criteria.count <= 1
    )
