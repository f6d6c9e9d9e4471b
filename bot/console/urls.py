"""The addresses of the staff pages, below /staff/."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path

from bot.console import booking_actions, booking_views, briefs, team_views, views

urlpatterns = [
    path("", views.conversations, name="staff_conversations"),
    path("conversations/<uuid:conversation_id>/", views.transcript, name="staff_transcript"),
    path("conversations/<uuid:conversation_id>/brief/", briefs.conversation_brief, name="staff_brief"),
    path("bookings/", booking_views.bookings, name="staff_bookings"),
    path("bookings/coming/", booking_views.coming, name="staff_coming"),
    path("bookings/found/", booking_views.find, name="staff_find"),
    path("bookings/calls/", booking_views.closed_calls, name="staff_closed_calls"),
    path("bookings/calls/<str:reference>/", booking_actions.close_call, name="staff_close_call"),
    path("bookings/messages/<str:reference>/", booking_actions.close_practice_message, name="staff_close_message"),
    path("bookings/waiting/<str:reference>/", booking_actions.leave_list, name="staff_leave_list"),
    path("bookings/mails/<int:mail_id>/", booking_actions.failed_mail, name="staff_mail"),
    path("bookings/<str:reference>/", booking_views.visit, name="staff_visit"),
    path("bookings/<str:reference>/brief/", briefs.visit_brief, name="staff_visit_brief"),
    path("bookings/<str:reference>/accept/", booking_actions.accept, name="staff_accept"),
    path("bookings/<str:reference>/decline/", booking_actions.decline, name="staff_decline"),
    path("bookings/<str:reference>/cancel/", booking_actions.cancel, name="staff_cancel"),
    path("bookings/<str:reference>/move/", booking_views.move, name="staff_move"),
    path("bookings/<str:reference>/moved/", booking_actions.move, name="staff_moved"),
    path("team/", team_views.team, name="staff_team"),
    path("team/invite/", team_views.invite, name="staff_invite"),
    path("team/password/", team_views.password_link, name="staff_password_link"),
    path("team/switch/", team_views.switch, name="staff_switch"),
    path("invitation/<str:secret>/", views.invitation, name="staff_invitation"),
    path("password/<str:secret>/", views.new_password, name="staff_password"),
    # Of allauth's pages only these: sign-up and new passwords go by links that a colleague hands over.
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/second-factor/", include("allauth.mfa.urls")),
]
