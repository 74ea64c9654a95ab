"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"
