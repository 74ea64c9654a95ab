"""Addresses of the console's side for people: accounts, numbers, messages, team."""

from django.urls import URLPattern, path

from recado.panel.operator import unmatched

urlpatterns: list[URLPattern] = [
    path("unmatched/", unmatched.unmatched, name="operator-unmatched"),
    path("unmatched/<int:message_id>/", unmatched.unmatched_group, name="operator-unmatched-group"),
    path("unmatched/<int:message_id>/assign/", unmatched.unmatched_assign, name="operator-unmatched-assign"),
    path("unmatched/<int:message_id>/keyword/", unmatched.unmatched_keyword, name="operator-unmatched-keyword"),
    path("unmatched/<int:message_id>/discard/", unmatched.unmatched_discard, name="operator-unmatched-discard"),
]
