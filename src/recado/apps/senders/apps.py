"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class SendersConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.senders"
    label = "senders"
    default_auto_field = "django.db.models.BigAutoField"
