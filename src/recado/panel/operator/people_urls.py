"""Addresses of the console's side for people: accounts, numbers, messages, team."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
