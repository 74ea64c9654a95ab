"""Addresses for everybody; each holds a token that cannot be guessed."""

from django.urls import URLPattern, URLResolver, path

from recado.panel.public import board, contests, results

urlpatterns: list[URLPattern | URLResolver] = [
    path("contest/<str:token>/", contests.rules, name="contest-public"),
    path("contest/<str:token>/instant.json", contests.instant, name="contest-public-instant"),
    path("contest/<str:token>/<str:language>/", contests.rules, name="contest-public-in"),
    path("contest/<str:token>/protocols/<int:draw_id>/", contests.protocol, name="contest-public-protocol"),
    path("results/<str:token>/", results.results, name="public-results"),
    path("results/<str:token>/wall/", results.wall, name="public-results-wall"),
    path("results/<str:token>/live/", results.live, name="public-results-live"),
    path("board/<slug:token>/", board.board, name="public-board"),
    path("board/<slug:token>/posts/", board.posts, name="public-board-posts"),
    path("board/<slug:token>/code.svg", board.code, name="public-board-code"),
]
