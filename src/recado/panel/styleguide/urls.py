"""The address of the design system."""

from django.urls import path

from recado.panel.styleguide import guide

urlpatterns = [path("", guide.styleguide, name="styleguide")]
