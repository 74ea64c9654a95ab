"""Registers the app with Django; nothing else belongs here."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Configuration of the app."""

    name = "recado.apps.orders"
    label = "orders"
    default_auto_field = "django.db.models.BigAutoField"
