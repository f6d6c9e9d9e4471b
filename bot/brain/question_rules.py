"""The importer that gives the questions of `data/intents.yml` that records answer their rules, for Rasa's commands."""

from __future__ import annotations

from collections.abc import Iterator

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter

from bot.brain.rasa_commands import accept_names_of_code
from bot.knowledge import load_meanings
from bot.knowledge.model import Meanings
from bot.settings import settings

PRACTICE = "action_answer_practice_question"
RESULT = "action_answer_result_question"


class QuestionImporter(RasaFileImporter):
    """Reads the project's files as Rasa does, and adds a rule for each question that records answer."""

    def get_domain(self) -> Domain:
        """Return the domain; what actions and meanings use of it is no longer warned of as unused."""
        domain = super().get_domain()
        accept_names_of_code(domain, _meanings())
        return domain

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Return the rules and stories of the files and those of the questions."""
        lines = ['version: "3.1"', "rules:"]
        for intent, action in _answered():
            lines += [f"- rule: Answer {intent}", "  steps:", f"  - intent: {intent}", f"  - action: {action}"]
        steps = YAMLStoryReader().read_from_string("\n".join(lines)) if len(lines) > 2 else []
        return super().get_stories(exclusion_percentage).merge(StoryGraph(steps))


def _answered() -> Iterator[tuple[str, str]]:
    """Yield the intent of each such question and the action that answers it."""
    meanings = _meanings()
    yield from ((meaning.id, PRACTICE) for meaning in meanings.practice_questions)
    yield from ((meaning.id, RESULT) for meaning in meanings.result_questions)


def _meanings() -> Meanings:
    return load_meanings(settings().data / "intents.yml")
