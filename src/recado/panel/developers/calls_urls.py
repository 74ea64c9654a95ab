"""Addresses of the log of calls, and of the page about bringing programs over."""

from django.urls import URLPattern, path

from recado.panel.developers import calls, moving

urlpatterns: list[URLPattern] = [
    path("calls/", calls.calls, name="developers-calls"),
    path("calls/<int:call_id>/", calls.call, name="developers-call"),
    path("moving/", moving.moving, name="developers-moving"),
]
