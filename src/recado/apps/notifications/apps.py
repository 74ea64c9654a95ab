"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"
