"""The addresses of the visitor's page behind the private link, below /visit/."""

from __future__ import annotations

from django.urls import path

from bot.api import visit_pages

urlpatterns = [
    path("<str:token>", visit_pages.show, name="visit"),
    path("<str:token>/move", visit_pages.move, name="visit_move"),
    path("<str:token>/cancel", visit_pages.cancel, name="visit_cancel"),
    path("<str:token>/offer", visit_pages.answer, name="visit_offer"),
]
