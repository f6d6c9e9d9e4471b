"""What can be read without a conversation: health, the practice, the description of the API."""

from __future__ import annotations

from pathlib import Path

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from bot.api import thinking
from bot.api.problems import ProblemError
from bot.api.storage import in_database
from bot.api.wording import practice, wording

_OPENAPI = Path(__file__).with_name("openapi.yaml")


async def health(_request: HttpRequest) -> HttpResponse:
    """Say whether the database answers and whether the model is loaded."""
    await in_database(_ask_database)
    return JsonResponse({"status": "ok", "ready": thinking.ready()})


async def show_practice(_request: HttpRequest) -> HttpResponse:
    """Return what the widget shows of the practice before a conversation starts."""
    here = practice()
    return JsonResponse(
        {
            "name": here.name,
            "phone": here.phone,
            "phone_e164": here.phone_e164,
            "emergency_number": here.emergency_number,
            "greeting": wording().greeting,
        }
    )


async def openapi(_request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI description."""
    return HttpResponse(_OPENAPI.read_text(encoding="utf-8"), content_type="application/yaml")


async def nothing_here(_request: HttpRequest, **_path: str) -> HttpResponseBase:
    """Answer every other address below the API."""
    raise ProblemError("not_found")


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
