"""Addresses of keywords."""

from django.urls import URLPattern, path

from recado.panel.keywords import availability, keywords, listing, poster, tester

urlpatterns: list[URLPattern] = [
    path("", listing.keyword_list, name="keywords"),
    path("new/", keywords.new_keyword, name="new-keyword"),
    path("availability/", availability.availability, name="keyword-availability"),
    path("kinds/", availability.kinds, name="keyword-kinds"),
    path("<int:keyword_id>/", keywords.keyword, name="keyword"),
    path("<int:keyword_id>/state/", keywords.keyword_state, name="keyword-state"),
    path("<int:keyword_id>/dry-run/", tester.dry_run, name="keyword-dry-run"),
    path("<int:keyword_id>/end/", keywords.keyword_end, name="keyword-end"),
    path("<int:keyword_id>/poster/", poster.poster, name="keyword-poster"),
    path("<int:keyword_id>/poster.svg", poster.poster_svg, name="keyword-poster-svg"),
    path("<int:keyword_id>/qr.svg", poster.qr_svg, name="keyword-qr-svg"),
    path("<int:keyword_id>/qr.png", poster.qr_png, name="keyword-qr-png"),
]
