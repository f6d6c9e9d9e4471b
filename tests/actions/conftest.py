"""Actions run by the SDK's executor, with the real knowledge, practice and database."""

import datetime as dt
import json
import uuid

import pytest
import yaml
from rasa_sdk.executor import ActionExecutor

from actions import wiring
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


@pytest.fixture
def turn(executor):
    """Run one action as Rasa does: slots and message in, events and answers out, both as JSON."""

    def run(
        action, *, intent="", text="", entities=(), slots=None, loop=None, requested=None, events=(), denied=(), raw=()
    ):
        values = {name: slot.get("initial_value") for name, slot in DOMAIN["slots"].items()}
        values |= {"requested_slot": requested, **(slots or {})}
        tracker = {
            "sender_id": str(uuid.UUID(int=7)),
            "slots": values,
            "latest_message": {
                "text": text,
                "intent": {"name": intent, "confidence": 0.9},
                "entities": [
                    *({"entity": name, "value": value} for name, value in entities),
                    *raw,
                    *({"entity": "finding", "value": finding, "status": "absent"} for finding in denied),
                ],
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
