"""Addresses of the statistics."""

from django.urls import URLPattern, path

from recado.panel.statistics import files, pages
from recado.panel.statistics.tables import Tab

urlpatterns: list[URLPattern] = [
    path("", pages.statistics, {"tab": Tab.OVERVIEW}, name="statistics"),
    path("keywords/", pages.statistics, {"tab": Tab.KEYWORDS}, name="statistics-keywords"),
    path("people/", pages.statistics, {"tab": Tab.PEOPLE}, name="statistics-people"),
    path("sending/", pages.statistics, {"tab": Tab.SENDING}, name="statistics-sending"),
    path("export/", files.statistics_export, name="statistics-export"),
]
