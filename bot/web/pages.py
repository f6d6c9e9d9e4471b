"""The demonstration page: a practice's page with the widget on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bot.api.wording import practice


@require_safe
def practice_page(request: HttpRequest) -> HttpResponse:
    """Return the page."""
    return render(request, "practice_page.html", {"practice": practice()})
