"""Addresses of autoresponders."""

from django.urls import URLPattern, path

from recado.panel.autoresponders import changes, pages, paused, preview

urlpatterns: list[URLPattern] = [
    path("", pages.autoresponders, name="autoresponders"),
    path("new/", pages.new_autoresponder, name="autoresponder-new"),
    path("preview/", preview.preview, name="autoresponder-preview"),
    path("restore/", changes.restore, name="autoresponder-restore"),
    path("paused/answer-all/", paused.lift_all, name="trips-lift"),
    path("paused/<int:trip_id>/answer/", paused.lift_one, name="trip-lift"),
    path("<int:autoresponder_id>/", pages.autoresponder, name="autoresponder"),
    path("<int:autoresponder_id>/move/", changes.move, name="autoresponder-move"),
    path("<int:autoresponder_id>/switch/", changes.switch, name="autoresponder-switch"),
    path("<int:autoresponder_id>/copy/", changes.copy, name="autoresponder-copy"),
    path("<int:autoresponder_id>/delete/", changes.delete, name="autoresponder-delete"),
]
