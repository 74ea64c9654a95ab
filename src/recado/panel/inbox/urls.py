"""Addresses of the inbox."""

from django.urls import URLPattern, path

from recado.panel.inbox import conversations

urlpatterns: list[URLPattern] = [
    path("", conversations.conversations, name="inbox"),
    path("<int:dialogue_id>/", conversations.conversation, name="conversation"),
    path("<int:dialogue_id>/send/", conversations.send, name="conversation-send"),
    path("<int:dialogue_id>/read/", conversations.read, name="conversation-read"),
    path("<int:dialogue_id>/state/", conversations.state, name="conversation-state"),
]
