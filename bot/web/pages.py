"""The demonstration page, a practice's page with the widget on it, and what is shown where something went wrong."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from bot.api.wording import practice

_NUMBER = re.compile(r"(?:\(\d+\) ?|\+?)\d(?:[ .-]?\d){6,13}")


@require_safe
def practice_page(request: HttpRequest) -> HttpResponse:
    """Return the page."""
    here = practice()
    answers = {topic: _with_numbers(text, here.phone_e164) for topic, text in here.answers.items()}
    return render(request, "practice_page.html", {"practice": here, "answers": answers})


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


def _with_numbers(text: str, phone_e164: str) -> SafeString:
    """Return the text as HTML where the practice's number can be pressed."""

    def linked(found: re.Match[str]) -> str:
        if not phone_e164.endswith(re.sub(r"\D", "", found[0])):
            return found[0]
        return format_html('<a class="number" href="tel:{}">{}</a>', phone_e164, found[0])

    return mark_safe(_NUMBER.sub(linked, escape(text)))


def _is_staff(request: HttpRequest) -> bool:
    return request.path.startswith("/staff/")


def _trouble(request: HttpRequest, status: int, what: str, known: str = "") -> HttpResponse:
    details = {"practice": practice(), "what": what, "known": known, "is_staff": _is_staff(request)}
    return render(request, "trouble.html", details, status=status)
