"""Every address of the server, room by room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from bot.web import pages, widget

handler403 = "bot.web.pages.refused"
handler404 = "bot.web.pages.not_found"
handler500 = "bot.web.pages.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.practice_page, name="practice_page"),
    path("api/", include("bot.api.urls")),
    path("visit/", include("bot.api.visit_urls")),
    path("staff/", include("bot.console.urls")),
    path("widget/widget.js", widget.newest, name="widget"),
    path("widget/<str:version>/widget.js", widget.versioned, name="widget_version"),
]
