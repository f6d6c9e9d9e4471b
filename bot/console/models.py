"""The console's own rows: who looked at what, and the one-time links that create staff accounts."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AuditRow(models.Model):
    """One look at a visitor's data. Holds ids, never text."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    # SET_NULL with the address kept: a deleted account's looks stay accountable.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    user_email = models.CharField(max_length=254)
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=64, blank=True)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        """Newest first."""

        ordering = ["-at", "-id"]


class InvitationLink(models.Model):
    """A link that creates one staff account, or gives `user` a new password, once.

    Only the SHA-256 of its secret is stored.
    """

    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
