"""Addresses for everybody; each holds a token that cannot be guessed."""

from django.urls import URLPattern, URLResolver, path

from recado.panel.public import contests

urlpatterns: list[URLPattern | URLResolver] = [
    path("contest/<str:token>/", contests.rules, name="contest-public"),
    path("contest/<str:token>/instant.json", contests.instant, name="contest-public-instant"),
    path("contest/<str:token>/<str:language>/", contests.rules, name="contest-public-in"),
    path("contest/<str:token>/protocols/<int:draw_id>/", contests.protocol, name="contest-public-protocol"),
]
