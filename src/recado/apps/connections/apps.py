"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.connections"
    label = "connections"
    default_auto_field = "django.db.models.BigAutoField"
