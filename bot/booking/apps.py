"""Booking as a Django application."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    """Appointments and call-back requests."""

    name = "bot.booking"
    label = "booking"
    default_auto_field = "django.db.models.BigAutoField"
