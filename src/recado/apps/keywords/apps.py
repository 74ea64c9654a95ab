"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class KeywordsConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.keywords"
    label = "keywords"
    default_auto_field = "django.db.models.BigAutoField"
