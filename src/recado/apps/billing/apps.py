"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.billing"
    label = "billing"
    default_auto_field = "django.db.models.BigAutoField"
