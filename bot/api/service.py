"""What can be read without a conversation: health, the practice, the description of the API."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from bot.api import thinking
from bot.api.problems import ProblemError
from bot.api.storage import in_database
from bot.api.wording import practice, wording
from bot.inbox.delivery import turn_pending

_OPENAPI = Path(__file__).with_name("openapi.yaml")


async def health(_request: HttpRequest) -> HttpResponse:
    """Say whether the database answers and whether the model is loaded."""
    # Any question will do: what counts is that the tables answer.
    await in_database(turn_pending, str(uuid.UUID(int=0)))
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
