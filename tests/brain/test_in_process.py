import asyncio

import pytest
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import ClientResponseError
from rasa_sdk import Action
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.brain.in_process import InProcessEndpoint
from bot.errors import ModelError
from tests.waiting import LATE


class Changing(Action):
    def name(self):
        return "action_changing"

    def run(self, dispatcher, tracker, domain):
        tracker.slots["list"].append("changed")
        dispatcher.utter_message(text="done")
        return []


class Refusing(Action):
    def name(self):
        return "action_refusing"

    def run(self, dispatcher, tracker, domain):
        raise ActionExecutionRejection("action_refusing")


class Failing(Action):
    def name(self):
        return "action_failing"

    def run(self, dispatcher, tracker, domain):
        raise KeyError("a visitor's word")


class Waiting(Action):
    def name(self):
        return "action_waiting"

    async def run(self, dispatcher, tracker, domain):
        await asyncio.sleep(60)
        return []


class TellingDomain(Action):
    def name(self):
        return "validate_something_form"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text=",".join(domain))
        return []


@pytest.fixture
def endpoint():
    return InProcessEndpoint(__name__, seconds=LATE)


def call(name, slots=None):
    return {"next_action": name, "sender_id": "x", "tracker": {"sender_id": "x", "slots": slots or {}, "events": []}}


async def test_an_action_cannot_change_what_rasa_holds(endpoint):
    slots = {"list": []}

    answer = await endpoint.request(json=call("action_changing", slots))

    assert answer["responses"][0]["text"] == "done"
    assert slots == {"list": []}


async def test_a_refused_action_answers_400_and_is_no_failure(endpoint):
    with pytest.raises(ClientResponseError) as error:
        await endpoint.request(json=call("action_refusing"))

    assert error.value.status == 400
    endpoint.raise_failure()


async def test_an_unknown_action_answers_404(endpoint):
    with pytest.raises(ClientResponseError) as error:
        await endpoint.request(json=call("action_nowhere"))

    assert error.value.status == 404


async def test_a_failed_action_is_kept_as_failure_and_said_without_its_text(endpoint):
    with pytest.raises(ClientResponseError) as error:
        await endpoint.request(json=call("action_failing"))

    assert "word" not in str(error.value)
    with pytest.raises(KeyError):
        endpoint.raise_failure()
    endpoint.raise_failure()


async def test_an_action_that_takes_too_long_is_ended():
    endpoint = InProcessEndpoint(__name__, seconds=0.05)
    with pytest.raises(ClientResponseError):
        await endpoint.request(json=call("action_waiting"))

    with pytest.raises(TimeoutError):
        endpoint.raise_failure()


async def test_form_validation_is_given_the_domain(endpoint):
    domain = Domain.from_dict({"intents": ["greet"]})
    endpoint.use_domain(domain)

    answer = await endpoint.request(json=call("validate_something_form"))

    assert answer["responses"][0]["text"] == ",".join(domain.as_dict())


def test_a_package_that_cannot_be_imported_is_a_model_error():
    with pytest.raises(ModelError, match="no_such_package"):
        InProcessEndpoint("no_such_package")
