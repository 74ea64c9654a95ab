"""Addresses for everybody; each holds a token that cannot be guessed."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
