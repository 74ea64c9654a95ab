"""Addresses of the console's technical side: carriers, jobs, system."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
