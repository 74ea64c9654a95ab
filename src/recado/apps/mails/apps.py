"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class MailsConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.mails"
    label = "mails"
    default_auto_field = "django.db.models.BigAutoField"
