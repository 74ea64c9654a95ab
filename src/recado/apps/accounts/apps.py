"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
