"""Addresses of the API pages. Each section lists its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("recado.panel.developers.key_urls")),
    path("", include("recado.panel.developers.calls_urls")),
]
