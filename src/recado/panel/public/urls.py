"""Addresses for everybody; each holds a token that cannot be guessed."""

from django.urls import URLPattern, URLResolver, path

from recado.panel.public import results

urlpatterns: list[URLPattern | URLResolver] = [
    path("results/<str:token>/", results.results, name="public-results"),
    path("results/<str:token>/wall/", results.wall, name="public-results-wall"),
    path("results/<str:token>/live/", results.live, name="public-results-live"),
]
