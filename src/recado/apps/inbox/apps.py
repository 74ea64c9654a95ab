"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.inbox"
    label = "inbox"
    default_auto_field = "django.db.models.BigAutoField"
