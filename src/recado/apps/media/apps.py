"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.media"
    label = "media"
    default_auto_field = "django.db.models.BigAutoField"
