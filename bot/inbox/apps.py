"""The inbox as a Django application."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Conversations, messages and events."""

    name = "bot.inbox"
    label = "inbox"
    default_auto_field = "django.db.models.BigAutoField"
