"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class ContestsConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.contests"
    label = "contests"
    default_auto_field = "django.db.models.BigAutoField"
