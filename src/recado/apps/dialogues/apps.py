"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.dialogues"
    label = "dialogues"
    default_auto_field = "django.db.models.BigAutoField"
