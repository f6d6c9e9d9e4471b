"""The addresses of the public chat API, below /api/."""

from __future__ import annotations

from django.urls import path

from bot.api import conversations, events, service
from bot.api.door import endpoint

_anything = endpoint(**{method: service.nothing_here for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")})

urlpatterns = [
    path("v1/conversations", endpoint(POST=conversations.start)),
    path("v1/conversations/<str:conversation_id>", endpoint(DELETE=conversations.forget)),
    path("v1/conversations/<str:conversation_id>/messages", endpoint(POST=conversations.send)),
    path("v1/conversations/<str:conversation_id>/events", endpoint(GET=events.read)),
    path("v1/health", endpoint(GET=service.health)),
    path("v1/practice", endpoint(GET=service.show_practice)),
    path("v1/openapi.yaml", endpoint(GET=service.openapi)),
    path("", _anything),
    path("<path:rest>", _anything),
]
