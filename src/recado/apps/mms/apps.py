"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class MmsConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.mms"
    label = "mms"
    default_auto_field = "django.db.models.BigAutoField"
