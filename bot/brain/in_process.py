"""Custom actions in this process: an action endpoint that calls the SDK instead of another server."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import pkgutil
from collections.abc import Iterator
from typing import Any

from rasa.shared.core.constants import RULE_SNIPPET_ACTION_NAME
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from rasa_sdk.utils import all_subclasses

from bot.brain.rasa_actions import is_custom
from bot.errors import ModelError

# Shorter than the lease of a turn (30 s), so that a turn gives up before another process takes it over.
TIME_LIMIT_SECONDS = 10.0


class InProcessEndpoint(EndpointConfig):
    """Runs the actions of a package, found by name, with what Rasa would send to an action server.

    The call and the answer are copied as JSON, so that an action cannot change Rasa's own objects. A refused action
    answers 400 and an unknown one 404, as the SDK's server does. Any other error is kept in `failure`: Rasa would
    swallow it and go on.

    The time limit holds where an action awaits; it cannot interrupt one that computes.
    """

    def __init__(self, package: str, seconds: float = TIME_LIMIT_SECONDS) -> None:
        # The domain is long and only form validation reads it: it is added for those actions alone.
        super().__init__(url="in-process", enable_selective_domain=True)
        self.failure: Exception | None = None
        self._seconds = seconds
        self._domain_json = "{}"
        self._executor = ActionExecutor()
        for action in _actions_of(package):
            self._executor.register_action(action)

    def use_domain(self, domain: Domain) -> None:
        """Keep the domain that form validation is given.

        Raises:
            ModelError: it names an action that the package has not.
        """
        custom = {name for name in domain.action_names_or_texts if is_custom(name, domain, self)}
        if missing := sorted(custom - {RULE_SNIPPET_ACTION_NAME, *self._executor.actions}):
            raise ModelError(
                f"No action is called {', '.join(missing)}: add it to actions/, or take it from domain.yml."
            )
        self._domain_json = json.dumps(domain.as_dict())

    def raise_failure(self) -> None:
        """Raise the error of an action that failed since the last call, if one did."""
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure

    async def request(self, **kwargs: Any) -> Any:
        """Run the action that the call names and return its events and responses.

        Raises:
            ClientResponseError: 400 refused, 404 unknown, 500 failed (the error is in `failure`).
        """
        call = json.loads(json.dumps(kwargs["json"]))
        if call["next_action"].startswith("validate_"):
            call["domain"] = json.loads(self._domain_json)
        try:
            async with asyncio.timeout(self._seconds):
                answer = await self._executor.run(call)
        except ActionExecutionRejection as error:
            body = json.dumps({"action_name": error.action_name, "error": error.message})
            raise ClientResponseError(400, "refused", body) from error
        except ActionNotFoundException as error:
            self.failure = error
            raise ClientResponseError(404, "unknown action", "") from error
        except Exception as error:
            self.failure = error
            raise ClientResponseError(500, "failed action", "") from error
        return json.loads(json.dumps(answer))


def _actions_of(package: str) -> Iterator[type[Action]]:
    """Import the package and yield its own concrete actions; the SDK would register every action of the process."""
    try:
        root = importlib.import_module(package)
        for module in pkgutil.walk_packages(getattr(root, "__path__", []), f"{package}."):
            importlib.import_module(module.name)
    except ImportError as error:
        raise ModelError(f"The package {package!r} cannot be imported: run `python -c 'import {package}'`.") from error
    for action in all_subclasses(Action):
        if f"{action.__module__}.".startswith(f"{package}.") and not inspect.isabstract(action):
            yield action
