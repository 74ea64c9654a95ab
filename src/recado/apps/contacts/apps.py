"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"
