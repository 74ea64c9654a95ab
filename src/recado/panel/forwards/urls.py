"""Addresses of forwarding."""

from django.urls import URLPattern, path

from recado.panel.forwards import again, changes, confirming, delivery, listing, making, one, secret

urlpatterns: list[URLPattern] = [
    path("", listing.forwards, name="forwards"),
    path("live/", listing.live_piece, name="forwards-live"),
    path("new/", making.new, name="forward-new"),
    path("preview/", making.preview, name="forward-preview"),
    path("<int:destination_id>/", one.forward, name="forward"),
    path("<int:destination_id>/live/", one.live_piece, name="forward-live"),
    path("<int:destination_id>/edit/", making.edit, name="forward-edit"),
    path("<int:destination_id>/test/", changes.test, name="forward-test"),
    path("<int:destination_id>/pause/", changes.pause_it, name="forward-pause"),
    path("<int:destination_id>/resume/", changes.resume_it, name="forward-resume"),
    path("<int:destination_id>/try-now/", changes.try_it_now, name="forward-try-now"),
    path("<int:destination_id>/switch/", changes.switch, name="forward-switch"),
    path("<int:destination_id>/remove/", changes.remove_it, name="forward-remove"),
    path("<int:destination_id>/confirm/", confirming.confirm, name="forward-confirm"),
    path("<int:destination_id>/code/", confirming.code, name="forward-code"),
    path("<int:destination_id>/secret/", secret.secret, name="forward-secret"),
    path("<int:destination_id>/secret/new/", secret.rotate, name="forward-secret-new"),
    path("<int:destination_id>/again/", again.again, name="forward-again"),
    path("<int:destination_id>/deliveries/<int:job_id>/", delivery.delivery, name="forward-delivery"),
    path("<int:destination_id>/deliveries/<int:job_id>/live/", delivery.live_piece, name="forward-delivery-live"),
    path("<int:destination_id>/deliveries/<int:job_id>/again/", delivery.once_more, name="forward-delivery-again"),
]
