"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
