"""Addresses of all messages and their traces."""

from django.urls import URLPattern, path

from recado.panel.message_log import log, trace

urlpatterns: list[URLPattern] = [
    path("", log.message_list, name="messages"),
    path("export/", log.message_export, name="messages-export"),
    path("<int:message_id>/", trace.trace, name="message-trace"),
    path("<int:message_id>/raw/", trace.raw, name="message-raw"),
    path("<int:message_id>/redeliver/", trace.redeliver, name="message-redeliver"),
]
