"""Addresses of programs' keys."""

from django.urls import URLPattern, path

from recado.panel.developers import listing

urlpatterns: list[URLPattern] = [
    path("", listing.keys, name="developers"),
]
