"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.programs"
    label = "programs"
    default_auto_field = "django.db.models.BigAutoField"
