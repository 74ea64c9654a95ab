"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class CodesConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.codes"
    label = "codes"
    default_auto_field = "django.db.models.BigAutoField"
