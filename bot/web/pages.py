"""The demonstration page, a practice's page with the widget on it, and what is shown where something went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bot.api.wording import practice


@require_safe
def practice_page(request: HttpRequest) -> HttpResponse:
    """Return the page."""
    return render(request, "practice_page.html", {"practice": practice()})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page; staff are told what our own pages know about it."""
    # Django's own exception quotes the address in a dictionary.
    known = next((text for text in exception.args if isinstance(text, str)), "") if _is_staff(request) else ""
    return _trouble(request, 404, "not_found", known)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours."""
    return _trouble(request, 500, "failed")


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Say that the account may not do that."""
    return _trouble(request, 403, "refused")


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Say that a form was too old, or came from elsewhere."""
    return _trouble(request, 403, "form_refused")


def _is_staff(request: HttpRequest) -> bool:
    return request.path.startswith("/staff/")


def _trouble(request: HttpRequest, status: int, what: str, known: str = "") -> HttpResponse:
    details = {"practice": practice(), "what": what, "known": known, "is_staff": _is_staff(request)}
    return render(request, "trouble.html", details, status=status)
