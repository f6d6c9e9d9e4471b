"""The importer that gives every practice question of `data/intents.yml` its rule, for all of Rasa's commands."""

from __future__ import annotations

from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter

from bot.knowledge import load_meanings
from bot.settings import settings

ANSWER = "action_answer_practice_question"


class PracticeImporter(RasaFileImporter):
    """Reads the project's files as Rasa does, and adds a rule for each practice question: the question, its answer."""

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Return the rules and stories of the files and those of the practice questions."""
        asked = [meaning.id for meaning in load_meanings(settings().data / "intents.yml").practice_questions]
        lines = ['version: "3.1"', "rules:"]
        for intent in asked:
            lines += [f"- rule: Answer {intent}", "  steps:", f"  - intent: {intent}", f"  - action: {ANSWER}"]
        steps = YAMLStoryReader().read_from_string("\n".join(lines)) if asked else []
        return super().get_stories(exclusion_percentage).merge(StoryGraph(steps))
