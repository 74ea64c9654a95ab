"""Addresses of the settings."""

from django.urls import URLPattern, path

from recado.panel.settings import appearance, index

urlpatterns: list[URLPattern] = [
    path("", index.index, name="settings"),
    path("appearance/", appearance.appearance, name="settings-appearance"),
]
