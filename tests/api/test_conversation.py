import asyncio
import json
import subprocess
import sys
import threading
import time
import uuid

import pytest
from django.db import connection, connections, transaction

from bot.api import events, storage
from bot.inbox import delivery
from bot.inbox.models import Conversation, Entry
from tests.api.conftest import YES_NO, Visitor, answer_next, in_thread
from tests.inbox.conftest import environment
from tests.inbox.test_turns import WORKER
from tests.waiting import LATE


def frames(text):
    """Return the frames of an event stream as (event, id, data); comments left out."""
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append((fields["event"], fields.get("id"), json.loads(fields["data"])))
    return found


async def watching(visitor):
    """Return the task of an event stream that has told what was there, and waits for more."""
    waits, wait = asyncio.Event(), events._wait

    async def told(changed):
        waits.set()
        await wait(changed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "_wait", told)
        stream = asyncio.create_task(visitor.events(after=1, Accept="text/event-stream"))
        await asyncio.wait_for(waits.wait(), LATE)
    return stream


async def test_a_new_conversation_owes_a_greeting(client):
    response = await client.post("/api/v1/conversations")
    visitor = Visitor(client, response.json())

    assert response.status_code == 201
    assert response.json()["events"] == []
    assert (await visitor.events()).json() == {"events": [], "pending": True}


async def test_a_message_is_acknowledged_stored_and_answered(visitor):
    sent = await visitor.send({"text": "my heel hurts"}, key="key-0001")
    assert (sent.status_code, sent.json()) == (202, {"seq": 2, "duplicate": False})
    await in_thread(answer_next, "Does it hurt?", choices=YES_NO)

    read = (await visitor.events(after=1)).json()
    assert read["pending"] is False
    message, question = read["events"]
    assert (message["author"], message["text"], message["key"]) == ("visitor", "my heel hurts", "key-0001")
    labels = [(choice["label"], choice["alone"]) for choice in question["choices"]]
    assert [choice["id"] for choice in question["choices"]] == ["3-1", "3-2"]
    assert labels == [("Yes", False), ("No", False)]
    assert question["open"] is True


async def test_payloads_of_choices_never_leave_the_server(visitor):
    await visitor.send({"text": "my heel hurts"})
    await in_thread(answer_next, "Does it hurt?", choices=YES_NO)

    assert "/affirm" not in (await visitor.events()).text
    assert "/affirm" not in (await visitor.events(Accept="text/event-stream")).text


async def test_a_pressed_choice_is_accepted_once(visitor):
    await visitor.send({"text": "my heel hurts"})
    await in_thread(answer_next, "Does it hurt?", choices=YES_NO)

    assert (await visitor.send({"choice": "3-1"}, key="key-0001")).status_code == 202
    assert (await visitor.send({"choice": "3-1"}, key="key-0001")).json()["duplicate"] is True
    again = await visitor.send({"choice": "3-2"}, key="key-0002")
    assert (again.status_code, again.json()["error"]["code"]) == (400, "unknown_choice")


async def test_several_choices_are_accepted_where_several_are_offered(visitor):
    await visitor.send({"text": "my heel hurts"})
    await in_thread(answer_next, "Where?", choices=YES_NO, many=True)

    assert (await visitor.send({"choices": ["3-1", "3-2"]})).status_code == 202
    assert (await visitor.events(after=3)).json()["events"][0]["text"] == "Yes, No"


async def test_the_same_key_in_parallel_is_one_message(visitor):
    sent = await asyncio.gather(*(visitor.send({"text": "hello"}, key="key-0001") for _ in range(30)))

    assert {response.status_code for response in sent} == {202}
    assert {response.json()["seq"] for response in sent} == {2}
    assert sum(not response.json()["duplicate"] for response in sent) == 1


async def test_the_stream_shows_typing_then_the_answer_then_idle(visitor):
    await visitor.send({"text": "my heel hurts"})
    stream = await watching(visitor)
    await in_thread(answer_next, "One.", "Two.")

    response = await stream
    assert response.headers["Content-Type"] == "text/event-stream"
    found = [(event, seq) for event, seq, _ in frames(response.text)]
    assert found == [("message", "2"), ("typing", None), ("message", "3"), ("message", "4"), ("idle", None)]


async def test_a_broken_stream_goes_on_after_the_last_number(visitor):
    await visitor.send({"text": "my heel hurts"})
    await in_thread(answer_next, "One.", "Two.")

    response = await visitor.client.get(f"{visitor.url}/events?after=3&wait=1", headers=visitor.headers)
    assert [(event, seq) for event, seq, _ in frames(response.text)] == [("message", "4"), ("idle", None)]


async def test_an_answer_of_this_process_is_streamed_at_once(visitor, monkeypatch):
    monkeypatch.setattr(events, "POLL_SECONDS", LATE)
    await visitor.send({"text": "my heel hurts"})
    stream = await watching(visitor)
    await in_thread(answer_next, "One.")

    await asyncio.wait_for(stream, LATE / 2)


async def test_an_answer_of_another_process_is_found_by_looking(visitor):
    await visitor.send({"text": "my heel hurts"})
    stream = await watching(visitor)
    with subprocess.Popen([sys.executable, WORKER, "elsewhere", "0"], env=environment()) as worker:
        found = frames((await stream).text)
        worker.kill()
    assert [event for event, _, _ in found] == ["message", "typing", "message", "idle"]


async def test_a_long_stream_beats_and_ends_without_idle(visitor, monkeypatch):
    monkeypatch.setattr(events, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr(events, "LONGEST_STREAM_SECONDS", 1.5)
    await visitor.send({"text": "my heel hurts"})

    text = (await visitor.events(after=1, Accept="text/event-stream")).text
    assert text.count(": thinking") >= 1
    assert [event for event, _, _ in frames(text)] == ["message", "typing"]


async def test_forty_open_streams_leave_the_api_free(visitor):
    await visitor.send({"text": "my heel hurts"})
    streams = [await watching(visitor) for _ in range(40)]

    assert (await visitor.client.get("/api/v1/health")).status_code == 200
    assert not any(stream.done() for stream in streams)
    await in_thread(answer_next, "One.")
    assert {response.status_code for response in await asyncio.gather(*streams)} == {200}


async def test_deleting_leaves_nothing_and_ends_the_token(visitor):
    await visitor.send({"text": "my heel hurts"})

    assert (await visitor.client.delete(visitor.url, headers=visitor.headers)).status_code == 204
    assert (await visitor.events()).status_code == 404
    assert await in_thread(Entry.objects.count) == 0


async def test_a_token_opens_no_other_conversation(visitor):
    other = Visitor(visitor.client, (await visitor.client.post("/api/v1/conversations")).json())
    other.headers = visitor.headers

    answers = [await other.send({"text": "hello"}), await other.events(), await visitor.client.delete(other.url)]
    assert [response.status_code for response in answers] == [404, 404, 401]
    assert (await visitor.client.delete(other.url, headers=visitor.headers)).status_code == 404


async def test_unknown_foreign_and_expired_conversations_are_answered_alike(visitor):
    unknown = Visitor(visitor.client, {"id": str(uuid.uuid4()), "token": visitor.token})
    nonsense = Visitor(visitor.client, {"id": "no-id", "token": visitor.token})
    wrong = Visitor(visitor.client, {"id": visitor.id, "token": "x" * 43})
    answers = [await each.events() for each in (unknown, nonsense, wrong)]
    await in_thread(Conversation.objects.update, last_at="2020-01-01T00:00:00Z")
    answers.append(await visitor.events())

    assert {(response.status_code, response.text) for response in answers} == {(404, answers[0].text)}


async def test_the_limits_name_the_phone_and_a_time(visitor):
    for _ in range(20):
        await visitor.send({"text": "hello"})

    refused = await visitor.send({"text": "hello"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "too_many_messages")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert "515" in refused.json()["error"]["message"]
    await in_thread(Conversation.objects.update, message_count=200)
    full = await visitor.send({"text": "hello"})
    assert (full.status_code, full.json()["error"]["code"]) == (429, "conversation_full")


async def test_a_blocked_database_is_told_soon_and_the_retry_stores_once(visitor, monkeypatch):
    monkeypatch.setattr(storage, "PATIENCE_SECONDS", 0.5)
    locked, refused_in_time = threading.Event(), threading.Event()

    def block():
        with transaction.atomic():
            Conversation.objects.update(page="/blocked")
            locked.set()
            refused_in_time.wait(LATE)
        connection.close()

    blocked = asyncio.create_task(asyncio.to_thread(block))
    assert await asyncio.to_thread(locked.wait, LATE)
    refused = await visitor.send({"text": "hello"}, key="key-0001")
    assert not blocked.done()
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "unavailable")
    assert "515" in refused.json()["error"]["message"]

    refused_in_time.set()
    await blocked
    monkeypatch.undo()
    assert (await visitor.send({"text": "hello"}, key="key-0001")).status_code == 202
    messages = await in_thread(Entry.objects.filter(author="visitor").count)
    assert messages == 1


async def test_the_practice_is_shown_before_a_conversation_starts(client):
    shown = (await client.get("/api/v1/practice")).json()
    assert shown["emergency_number"] == "911"
    assert shown["name"] in shown["greeting"]


async def test_health_tells_that_no_model_is_loaded_here(client):
    assert (await client.get("/api/v1/health")).json() == {"status": "ok", "ready": False}


@pytest.mark.parametrize("page", ["/heel", "https://practice.example/heel?q=secret"])
async def test_the_page_is_stored_as_its_path(client, page):
    started = (await client.post("/api/v1/conversations", json={"page": page})).json()
    assert (await in_thread(Conversation.objects.get, pk=started["id"])).page == "/heel"
    assert await in_thread(delivery.turn_pending, started["id"])


async def test_closing_leaves_no_thread_with_a_connection(client):
    await asyncio.gather(*(in_thread(time.sleep, 0.05) for _ in range(storage.THREADS)))
    wrappers = await asyncio.gather(*(in_thread(opened_connection) for _ in range(storage.THREADS)))

    await asyncio.to_thread(storage.close_connections)
    assert {wrapper.connection for wrapper in wrappers} == {None}


def opened_connection():
    connection.ensure_connection()
    time.sleep(0.1)
    return connections["default"]
