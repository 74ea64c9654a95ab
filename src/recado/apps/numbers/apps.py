"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class NumbersConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.numbers"
    label = "numbers"
    default_auto_field = "django.db.models.BigAutoField"
