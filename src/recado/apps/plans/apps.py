"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
