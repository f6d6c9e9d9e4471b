import itertools
import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    """The small bot of tests/brain/tiny_project, trained once."""
    from bot.brain.training import run_training

    project = tmp_path_factory.mktemp("tiny")
    shutil.copytree(HERE / "tiny_project", project, dirs_exist_ok=True)
    model = project / "models" / "tiny.tar.gz"
    run_training(project, project / "data", model, lambda line: None)
    return model


@pytest.fixture(scope="session")
def tiny_agent(tiny_model):
    from bot.brain.agent import Agent

    agent = Agent(tiny_model, package="tiny_actions")
    yield agent
    agent.close()


@pytest.fixture
def chat(tiny_agent, db):
    return Chat(tiny_agent)


class Chat:
    """A visitor's conversation with an agent, through the inbox."""

    def __init__(self, agent):
        from bot.inbox import delivery

        self.agent = agent
        self.inbox = delivery
        self.id, _ = delivery.start_conversation()
        self._keys = (f"test-key-{number:08d}" for number in itertools.count())
        self.work()

    def work(self, agent=None):
        from bot.brain.turns import take_turn

        while take_turn(agent or self.agent, "tests:0:0"):
            pass

    def say(self, text, agent=None):
        self._pass_a_minute()
        receipt = self.inbox.receive_text(self.id, next(self._keys), text)
        self.work(agent)
        return self.after(receipt.seq)

    def press(self, *labels):
        choices = [event for event in self.lines() if event.choices][-1].choices
        ids = [choice.id for choice in choices if choice.label in labels]
        receipt = self.inbox.receive_choices(self.id, next(self._keys), ids)
        self.work()
        return self.after(receipt.seq)

    def _pass_a_minute(self):
        """Let the limit of messages per minute see older messages: these tests speak fast."""
        import datetime as dt

        from django.db.models import F

        from bot.inbox.models import Message

        Message.objects.update(received_at=F("received_at") - dt.timedelta(minutes=1))

    def lines(self):
        return self.inbox.events_after(self.id, 0, 100_000)

    def after(self, seq):
        return [event for event in self.inbox.events_after(self.id, seq) if event.author == "bot"]

    def understood(self):
        from bot.inbox.transcripts import read_transcript

        return [entry.understanding for entry in read_transcript(self.id) if entry.understanding][-1]
