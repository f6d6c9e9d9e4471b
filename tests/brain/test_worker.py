import pytest

from bot.brain import worker
from bot.brain.turns import is_dead, new_owner
from bot.errors import ModelError
from bot.inbox import delivery
from tests.waiting import wait_until


@pytest.fixture
def tiny_worker(tiny_model, monkeypatch, transactional_db):
    from bot.brain import agent

    real = agent.Agent
    monkeypatch.setattr(worker, "current_model", lambda: tiny_model)
    monkeypatch.setattr(agent, "Agent", lambda model: real(model, package="tiny_actions"))
    yield worker
    worker.stop(60)


def test_messages_that_came_before_the_model_was_loaded_are_answered(tiny_worker):
    conversation, _ = delivery.start_conversation()
    delivery.receive_text(conversation, "before-it-runs", "hello there")

    tiny_worker.start()
    assert not tiny_worker.ready()
    wait_until(lambda: not delivery.turn_pending(conversation))

    texts = [event.text for event in delivery.events_after(conversation, 0)]
    assert texts == ["hello there", "Hello.", "What would you like?"] or texts == [
        "Hello.",
        "hello there",
        "What would you like?",
    ]
    assert tiny_worker.ready()


def test_a_stopped_worker_is_not_ready_and_can_be_started_again(tiny_worker):
    tiny_worker.start()
    wait_until(tiny_worker.ready)
    tiny_worker.stop(60)
    assert not tiny_worker.ready()

    tiny_worker.start()
    wait_until(tiny_worker.ready)


def test_a_worker_without_a_model_does_not_start(monkeypatch):
    def refuse():
        raise ModelError("There is no trained model: run `make train`.")

    monkeypatch.setattr(worker, "current_model", refuse)

    with pytest.raises(ModelError):
        worker.start()
    assert not worker.ready()


def test_a_living_owner_is_not_dead_and_one_of_another_host_is_unknown():
    assert not is_dead(new_owner())
    assert not is_dead("another-host:1:abc")


def test_an_owner_whose_process_has_ended_is_dead():
    import socket
    import subprocess

    ended = subprocess.Popen(["true"])
    ended.wait()

    assert is_dead(f"{socket.gethostname()[:80]}:{ended.pid}:abc")
