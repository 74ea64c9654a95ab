"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class AutorespondersConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.autoresponders"
    label = "autoresponders"
    default_auto_field = "django.db.models.BigAutoField"
