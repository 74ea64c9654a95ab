"""Addresses of keywords."""

from django.urls import URLPattern, path

from recado.panel.keywords import availability, keywords, listing, near, poster, synonyms, tester

urlpatterns: list[URLPattern] = [
    path("", listing.keyword_list, name="keywords"),
    path("new/", keywords.new_keyword, name="new-keyword"),
    path("availability/", availability.availability, name="keyword-availability"),
    path("kinds/", availability.kinds, name="keyword-kinds"),
    path("near-misses/", near.near_misses, name="near-misses"),
    path("<int:keyword_id>/near-misses/add/", near.near_miss_add, name="near-miss-add"),
    path("<int:keyword_id>/near-misses/ignore/", near.near_miss_ignore, name="near-miss-ignore"),
    path("<int:keyword_id>/", keywords.keyword, name="keyword"),
    path("<int:keyword_id>/state/", keywords.keyword_state, name="keyword-state"),
    path("<int:keyword_id>/dry-run/", tester.dry_run, name="keyword-dry-run"),
    path("<int:keyword_id>/synonyms/", synonyms.synonym_add, name="keyword-synonym-add"),
    path("<int:keyword_id>/synonyms/<int:synonym_id>/remove/", synonyms.synonym_remove, name="keyword-synonym-remove"),
    path("<int:keyword_id>/end/", keywords.keyword_end, name="keyword-end"),
    path("<int:keyword_id>/poster/", poster.poster, name="keyword-poster"),
    path("<int:keyword_id>/poster/<slug:size>.<slug:kind>", poster.file, name="keyword-poster-file"),
    path("<int:keyword_id>/qr.svg", poster.qr_svg, name="keyword-qr-svg"),
    path("<int:keyword_id>/qr.png", poster.qr_png, name="keyword-qr-png"),
]
