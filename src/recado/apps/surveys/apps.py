"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"
