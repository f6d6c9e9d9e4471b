import uuid

import jsonschema
import pytest
import yaml
from django.db import connection
from django.urls import URLPattern

from bot.api import urls
from bot.inbox.models import Conversation
from bot.settings import ROOT
from tests.api.conftest import answer_next, in_thread

DESCRIPTION = yaml.safe_load((ROOT / "bot" / "api" / "openapi.yaml").read_text(encoding="utf-8"))
FOREIGN = {"Origin": "https://evil.example"}
JSON = {"Content-Type": "application/json"}
START, PRACTICE, HEALTH, OPENAPI = (f"/{name}" for name in ("conversations", "practice", "health", "openapi.yaml"))
ONE, MESSAGES, EVENTS = "/conversations/{id}", "/conversations/{id}/messages", "/conversations/{id}/events"
BIG = b'{"text": "' + b"x" * 9000 + b'"}'


def documented():
    """Return (path, method) -> statuses of the description."""
    return {
        (path, method.upper()): set(operation["responses"]) - {"default"}
        for path, item in DESCRIPTION["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    }


async def provoke(visitor, path, method, status):
    """Send a request that gets this status."""
    headers = {"Idempotency-Key": uuid.uuid4().hex, **visitor.headers} if "{id}" in path else {}
    content = b'{"text": "hello"}' if path == MESSAGES else None
    url = path.replace("{id}", visitor.id)
    if content:
        headers |= JSON
    match status:
        case "400":
            content, headers = (b"[]", headers | JSON) if method == "POST" else (None, headers)
            url += "?after=x" if path == EVENTS else ""
        case "401":
            headers = {}
        case "403":
            headers |= FOREIGN
        case "404":
            url = path.replace("{id}", str(uuid.uuid4()))
        case "413":
            content, headers = BIG, headers | JSON
        case "415":
            content, headers = b"hello", headers | {"Content-Type": "text/plain"}
        case "429":
            await in_thread(Conversation.objects.update, message_count=200)
            for _ in range(60 if path == START else 0):
                await visitor.client.post(f"/api/v1{START}")
    return await visitor.client.request(method, f"/api/v1{url}", headers=headers, content=content)


def resolved(schema):
    return {**schema, "components": DESCRIPTION["components"]}


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [(*operation, status) for operation, statuses in documented().items() for status in sorted(statuses)],
)
async def test_every_documented_status_occurs_as_described(visitor, path, method, status):
    rename = "ALTER TABLE inbox_{} RENAME TO inbox_{}"
    if status == "503":
        for table in ("conversation", "message"):
            await in_thread(execute, rename.format(table, f"{table}_away"))
    try:
        response = await provoke(visitor, path, method, status)
    finally:
        if status == "503":
            for table in ("conversation", "message"):
                await in_thread(execute, rename.format(f"{table}_away", table))

    assert str(response.status_code) == status, response.text
    described = DESCRIPTION["paths"][path][method.lower()]["responses"][status]
    while "$ref" in described:
        described = DESCRIPTION["components"]["responses"][described["$ref"].rsplit("/", 1)[1]]
    media = response.headers.get("Content-Type", "").split(";")[0]
    assert set(described.get("content", {"": None})) >= {media}
    if media == "application/json":
        schema = resolved(described["content"][media]["schema"])
        jsonschema.Draft202012Validator(schema).validate(response.json())


async def test_events_of_every_kind_fit_their_description(visitor):
    await visitor.send({"text": "hello"})
    await in_thread(answer_next, "One.", "Two.")
    schema = resolved({"$ref": "#/components/schemas/Events"})
    jsonschema.Draft202012Validator(schema).validate((await visitor.events()).json())


def test_every_route_is_described_and_every_description_has_a_route():
    routes = {
        "/" + str(route.pattern).removeprefix("v1/").replace("<str:conversation_id>", "{id}")
        for route in urls.urlpatterns
        if isinstance(route, URLPattern) and str(route.pattern).startswith("v1/")
    }
    assert routes == set(DESCRIPTION["paths"])


async def test_the_methods_that_work_are_those_described(visitor):
    for path in DESCRIPTION["paths"]:
        url = f"/api/v1{path.replace('{id}', visitor.id)}"
        preflight = await visitor.client.options(url)
        assert set(preflight.headers["Access-Control-Allow-Methods"].split(", ")) == {
            method for described, method in documented() if described == path
        }


async def test_the_description_is_served(visitor):
    assert yaml.safe_load((await visitor.client.get("/api/v1/openapi.yaml")).text) == DESCRIPTION


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
