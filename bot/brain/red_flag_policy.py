"""The dialogue policy that puts red flags before everything else."""

from __future__ import annotations

from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData, confidence_scores_for
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import InvalidConfigException

from bot.brain.message_reading import meanings
from bot.case import Urgency

WARN = "action_warn_red_flag"
REPEAT = "action_repeat_emergency"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class RedFlagPolicy(Policy):
    """Warns of a new red flag at once, in any state, and stays with the warning after an emergency.

    - Slot `pending_red_flags` not empty: `action_warn_red_flag`, then listen.
    - Slot `urgency` is `emergency`: `action_repeat_emergency` for every further message, then listen, except for the
      intents that `data/intents.yml` lets be answered as usual then (`after_emergency`).

    It wins because its predictions do not use the visitor's intent ("no user" predictions, the rank that a form's
    own predictions have), with full confidence and a priority above every other policy.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the configuration used where `config.yml` says nothing."""
        return {"priority": 100}

    @staticmethod
    def supported_data() -> SupportedData:
        """Return that rules do not disturb it; it learns from neither rules nor stories."""
        return SupportedData.ML_AND_RULE_DATA

    def train(self, domain: Domain, **_stories: Any) -> Resource:
        """Check that the domain has both actions; nothing is learnt.

        Raises:
            InvalidConfigException: one is missing in `domain.yml`.
        """
        for action in (WARN, REPEAT):
            if action not in domain.action_names_or_texts:
                raise InvalidConfigException(f"RedFlagPolicy needs the action {action}: add it to domain.yml.")
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        **_rasa: Any,
    ) -> PolicyPrediction:
        """Return the prediction; all zeros where no red flag has to be told."""
        action = self._next_action(tracker)
        if action is None:
            return self._prediction(self._default_predictions(domain))
        return self._prediction(
            confidence_scores_for(action, 1.0, domain),
            optional_events=_closed_form(tracker),
            is_no_user_prediction=True,
        )

    def _next_action(self, tracker: DialogueStateTracker) -> str | None:
        latest = tracker.latest_action_name
        if latest in (WARN, REPEAT):
            return str(ACTION_LISTEN_NAME)
        if tracker.get_slot("pending_red_flags"):
            return WARN
        if latest == ACTION_LISTEN_NAME and _emergency(tracker) and not self._is_answered(tracker):
            return REPEAT
        return None

    def _is_answered(self, tracker: DialogueStateTracker) -> bool:
        return meanings().of(tracker.latest_message.intent_name or "").after_emergency


def _emergency(tracker: DialogueStateTracker) -> bool:
    return bool(tracker.get_slot("urgency") == Urgency.EMERGENCY)


def _closed_form(tracker: DialogueStateTracker) -> list[Event]:
    # A form left open would go on with booking questions at the next message that rules answer.
    if not (_emergency(tracker) and tracker.active_loop_name):
        return []
    return [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None)]
