"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"
