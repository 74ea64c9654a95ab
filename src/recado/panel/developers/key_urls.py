"""Addresses of programs' keys."""

from django.urls import URLPattern, path

from recado.panel.developers import listing, making, one, secret

urlpatterns: list[URLPattern] = [
    path("", listing.keys, name="developers"),
    path("keys/new/", making.new, name="developers-key-new"),
    path("keys/<int:key_id>/", one.key, name="developers-key"),
    path("keys/<int:key_id>/edit/", making.edit, name="developers-key-edit"),
    path("keys/<int:key_id>/token/", one.token, name="developers-key-token"),
    path("keys/<int:key_id>/password/", one.password, name="developers-key-password"),
    path("keys/<int:key_id>/secret/", secret.secret, name="developers-key-secret"),
    path("keys/<int:key_id>/switch/", one.switch, name="developers-key-switch"),
    path("keys/<int:key_id>/remove/", one.remove, name="developers-key-remove"),
]
