import json
import logging

import pytest

from bot.inbox.models import Entry
from bot.web import body_limit
from tests.api.conftest import Visitor, in_thread

SECRET = "zanzibar-bunion-4711"


async def test_bad_input_is_refused_in_a_documented_way_or_stored_harmlessly(visitor, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    long = "x" * 1001
    table = [
        (b"", 400),
        (b'{"text": ""}', 400),
        (b'{"text": "   "}', 400),
        (json.dumps({"text": long}).encode(), 400),
        (json.dumps({"text": SECRET * 500}).encode(), 413),
        (b'{"text": "%s' % SECRET.encode(), 400),
        (b"null", 400),
        (b"[]", 400),
        (b'"text"', 400),
        (b"7", 400),
        (b'{"text": null}', 400),
        (b'{"text": 7}', 400),
        (b'{"text": ["%s"]}' % SECRET.encode(), 400),
        (b'{"text": {"a": 1}}', 400),
        (b'{"text": NaN}', 400),
        (b'{"text": "a", "text": "b"}', 400),
        (b'{"text": "a", "choice": "1-1"}', 400),
        (b'{"text": "%s", "sender": "me"}' % SECRET.encode(), 400),
        (b'{"text": "hello", "metadata": {"slots": {}}}', 400),
        (b'{"choice": null}', 400),
        (b'{"choice": "%s"}' % SECRET.encode(), 400),
        (b'{"choices": []}', 400),
        (b'{"choices": "1-1"}', 400),
        (b'{"choices": [1]}', 400),
        (b"{" * 4000, 400),
        (b"[" * 8000, 400),
        (b'{"text": ' + b"9" * 6000 + b"}", 400),
        (b'{"text": "nul \\u0000"}', 400),
        (b'{"text": "escape \\u001b[2J"}', 400),
        (b'{"text": "half \\ud800"}', 400),
        (b'{"text": "\xff\xfe"}', 400),
        (b"{'text': 'single'}", 400),
        (json.dumps({"text": "🦶🏽👨‍👩‍👧 ouch"}).encode(), 202),
        (json.dumps({"text": '/request_booking{"x":1} ' + SECRET}).encode(), 202),
        (json.dumps({"text": "/restart"}).encode(), 202),
        (json.dumps({"text": f"<script>alert('{SECRET}')</script>"}).encode(), 202),
        (json.dumps({"text": "**bold** [link](javascript:alert(1)) `code`"}).encode(), 202),
        (json.dumps({"text": "'; DROP TABLE inbox_entry; --"}).encode(), 202),
        (json.dumps({"text": "\u202eright to left"}).encode(), 202),
    ]

    for body, status in table:
        response = await visitor.send(body)
        assert response.status_code == status, body[:60]
        assert status == 202 or set(response.json()["error"]) == {"code", "message"}
        assert SECRET not in response.text
    stored = await in_thread(list, Entry.objects.filter(author="visitor").values_list("text", "answers"))
    assert [json.loads(body)["text"] for body, status in table if status == 202] == [text for text, _ in stored]
    assert SECRET not in caplog.text
    assert SECRET not in "".join(capfd.readouterr())


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "with space", "semi;colon"])
async def test_a_message_needs_a_key_of_the_right_form(visitor, key):
    refused = await visitor.send({"text": "hello"}, **{"Idempotency-Key": key})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "invalid_key")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
async def test_a_body_that_is_not_declared_as_json_is_refused(visitor, kind):
    refused = await visitor.send(b'{"text": "hello"}', **{"Content-Type": kind})
    assert refused.status_code == 415


async def test_a_packed_body_is_refused(visitor):
    refused = await visitor.send(b'{"text": "hello"}', **{"Content-Encoding": "gzip"})
    assert refused.status_code == 415


@pytest.mark.parametrize(
    "query",
    ["after=-1", "after=x", "after=1.5", "after=1000001", "after=%00", "after=1&after=2", "wait=2", "seq=1", "after="],
)
async def test_unknown_parameters_and_values_are_refused(visitor, query):
    refused = await visitor.client.get(f"{visitor.url}/events?{query}", headers=visitor.headers)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "invalid_parameter")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "token"])
async def test_without_a_token_nothing_is_told(visitor, header):
    refused = await visitor.client.get(f"{visitor.url}/events", headers={"Authorization": header})
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"


async def test_a_token_in_the_address_is_not_taken(visitor):
    refused = await visitor.client.get(f"{visitor.url}/events?token={visitor.token}")
    assert refused.status_code == 401


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost.evil.example", "https://localhost", "http://localhost:81"],
)
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "conversations"), ("GET", "practice"), ("OPTIONS", "conversations")]
)
async def test_a_foreign_origin_gets_nothing(client, method, path, origin):
    refused = await client.request(method, f"/api/v1/{path}", headers={"Origin": origin})

    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "origin_refused")
    assert "Access-Control-Allow-Origin" not in refused.headers
    assert "Origin" in refused.headers["Vary"]


async def test_an_allowed_page_is_answered_with_its_own_origin(client, monkeypatch):
    import dataclasses

    from bot.api import door
    from bot.settings import settings

    allowed = dataclasses.replace(settings(), widget_origins=("https://practice.example",))
    monkeypatch.setattr(door, "settings", lambda: allowed)
    headers = {"Origin": "https://practice.example", "Access-Control-Request-Method": "POST"}
    preflight = await client.options("/api/v1/conversations", headers=headers)
    started = await client.post("/api/v1/conversations", headers=headers)

    assert (preflight.status_code, started.status_code) == (204, 201)
    for response in (preflight, started):
        assert response.headers["Access-Control-Allow-Origin"] == "https://practice.example"
        assert "Access-Control-Allow-Credentials" not in response.headers
    assert preflight.headers["Access-Control-Allow-Headers"] == "authorization, content-type, idempotency-key"
    lookalike = {"Origin": "https://practice.example.attacker.test"}
    assert (await client.post("/api/v1/conversations", headers=lookalike)).status_code == 403


@pytest.mark.parametrize(
    "path", ["", "v1", "v2/conversations", "v1/conversations/", "v1/model", "v1/%0A", "%00", "v1/../x"]
)
async def test_other_addresses_below_the_api_are_not_found(client, path):
    assert (await client.get(f"/api/{path}")).status_code == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "HEAD", "TRACE", "DELETE"])
async def test_other_methods_are_refused_with_those_that_work(client, method):
    refused = await client.request(method, "/api/v1/conversations")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "POST, OPTIONS")


async def test_a_foreign_host_is_refused(client):
    refused = await client.get("/api/v1/practice", headers={"Host": "evil.example"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "host_unknown")


async def test_no_answer_may_be_stored_by_anybody(visitor):
    answers = [await visitor.events(), await visitor.send({"text": "hello"}), await visitor.client.get("/api/v1/x")]
    assert {response.headers["Cache-Control"] for response in answers} == {"no-store"}
    assert {response.headers["X-Content-Type-Options"] for response in answers} == {"nosniff"}
    assert not any("set-cookie" in response.headers for response in answers)


async def test_a_body_without_end_is_cut_off_after_its_time(client, monkeypatch):
    monkeypatch.setattr(body_limit, "READ_SECONDS", 0.2)

    async def forever():
        import asyncio

        yield b'{"page": '
        await asyncio.sleep(5)

    headers = {"Content-Type": "application/json", "Origin": "http://localhost"}
    refused = await client.post("/api/v1/conversations", content=forever(), headers=headers)
    assert (refused.status_code, refused.json()["error"]["code"]) == (408, "body_too_slow")
    assert refused.headers["Access-Control-Allow-Origin"] == "http://localhost"
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert refused.headers["Connection"] == "close"
    page = await client.post("/staff/account/login/", content=forever())
    assert (page.status_code, page.headers["X-Content-Type-Options"]) == (408, "nosniff")


async def test_a_body_that_is_too_large_is_told_to_a_page_of_another_origin(client):
    headers = {"Content-Type": "application/json", "Origin": "http://localhost"}
    refused = await client.post("/api/v1/conversations", content=b"x" * 9000, headers=headers)
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (413, "http://localhost")


async def test_a_form_that_is_too_large_is_refused_before_anybody_reads_it(client):
    refused = await client.post("/staff/account/login/", content=b"x" * 65_537)
    assert (refused.status_code, refused.headers["X-Content-Type-Options"]) == (413, "nosniff")
    assert (await client.post("/staff/account/login/", content=b"x" * 65_536)).status_code == 403


async def test_a_thousand_parameters_are_refused_after_the_token_was_checked(visitor):
    address = f"{visitor.url}/events?{'a&' * 1001}"
    refused = await visitor.client.get(address, headers=visitor.headers)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "invalid_parameter")
    assert (await visitor.client.get(address, headers={"Authorization": "Bearer x"})).status_code == 404


async def test_too_many_conversations_of_one_address_are_refused(client):
    responses = [await client.post("/api/v1/conversations") for _ in range(61)]

    assert [response.status_code for response in responses] == [201] * 60 + [429]
    assert int(responses[-1].headers["Retry-After"]) >= 1
    assert "515" in responses[-1].json()["error"]["message"]


async def test_what_crashes_inside_is_told_without_the_visitors_words(client, caplog, monkeypatch):
    from bot.api import conversations

    def crash(*_, **__):
        raise RuntimeError(SECRET)

    monkeypatch.setattr(conversations, "start_conversation", crash)
    failed = await client.post("/api/v1/conversations")
    assert (failed.status_code, failed.json()["error"]["code"]) == (500, "internal")
    assert "RuntimeError" in caplog.text
    assert SECRET not in caplog.text


async def test_a_client_cannot_choose_its_conversation(client):
    body = {"id": "00000000-0000-0000-0000-000000000001"}
    assert (await client.post("/api/v1/conversations", json=body)).status_code == 400
    stranger = Visitor(client, {"id": body["id"], "token": "x" * 43})
    assert (await stranger.send({"text": "hello"})).status_code == 404
