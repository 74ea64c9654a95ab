"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.statistics"
    label = "statistics"
    default_auto_field = "django.db.models.BigAutoField"
