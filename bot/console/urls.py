"""The addresses of the staff pages, below /staff/."""

from __future__ import annotations

from django.urls import include, path

from bot.console import views

urlpatterns = [
    path("", views.conversations, name="staff_conversations"),
    path("conversations/<uuid:conversation_id>/", views.transcript, name="staff_transcript"),
    path("bookings/", views.bookings, name="staff_bookings"),
    path("invitation/<str:secret>/", views.invitation, name="staff_invitation"),
    path("account/", include("allauth.account.urls")),
    path("account/second-factor/", include("allauth.mfa.urls")),
]
