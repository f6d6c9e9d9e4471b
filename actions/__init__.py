"""Thin Rasa actions, one file per journey; the only import of rasa_sdk."""

import os

import django
from django.apps import apps

# In the server Django is set up; `rasa run actions` imports the actions alone, and bookings live in Django's models.
if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
    django.setup()
