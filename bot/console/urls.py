"""The addresses of the staff pages, below /staff/."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path

from bot.console import briefs, views

urlpatterns = [
    path("", views.conversations, name="staff_conversations"),
    path("conversations/<uuid:conversation_id>/", views.transcript, name="staff_transcript"),
    path("conversations/<uuid:conversation_id>/brief/", briefs.conversation_brief, name="staff_brief"),
    path("bookings/<str:reference>/brief/", briefs.visit_brief, name="staff_visit_brief"),
    path("bookings/", views.bookings, name="staff_bookings"),
    path("invitation/<str:secret>/", views.invitation, name="staff_invitation"),
    # Of allauth's pages only these: sign-up is by invitation, and no mail is sent yet.
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/second-factor/", include("allauth.mfa.urls")),
]
