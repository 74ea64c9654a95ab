"""Addresses of the Operator Console."""

from django.urls import URLPattern, path

from recado.panel.operator import overview

urlpatterns: list[URLPattern] = [
    path("", overview.overview, name="operator"),
]
