"""The console as a Django application."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Staff pages and their audit trail."""

    name = "bot.console"
    label = "console"
    default_auto_field = "django.db.models.BigAutoField"
