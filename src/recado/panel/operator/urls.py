"""Addresses of the Operator Console: its overview here, the rest in tables of their own."""

from django.urls import URLPattern, URLResolver, include, path

from recado.panel.operator import overview

urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.overview, name="operator"),
    path("", include("recado.panel.operator.links_urls")),
    path("", include("recado.panel.operator.people_urls")),
    path("", include("recado.panel.operator.billing.urls")),
]
