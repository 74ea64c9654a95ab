"""Addresses of keywords."""

from django.urls import URLPattern, path

from recado.panel.keywords import keywords

urlpatterns: list[URLPattern] = [
    path("", keywords.keyword_list, name="keywords"),
    path("new/", keywords.new_keyword, name="new-keyword"),
    path("availability/", keywords.availability, name="keyword-availability"),
    path("<int:keyword_id>/", keywords.keyword, name="keyword"),
    path("<int:keyword_id>/state/", keywords.keyword_state, name="keyword-state"),
    path("<int:keyword_id>/dry-run/", keywords.dry_run, name="keyword-dry-run"),
    path("<int:keyword_id>/end/", keywords.keyword_end, name="keyword-end"),
]
