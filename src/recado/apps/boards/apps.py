"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.boards"
    label = "boards"
    default_auto_field = "django.db.models.BigAutoField"
