"""Addresses of the settings."""

from django.urls import URLPattern, path

from recado.panel.settings import appearance, company, hours, index

urlpatterns: list[URLPattern] = [
    path("", index.index, name="settings"),
    path("appearance/", appearance.appearance, name="settings-appearance"),
    path("company/", company.company, name="settings-company"),
    path("hours/", hours.hours, name="settings-hours"),
    path("hours/days-off/", hours.add_day_off, name="settings-day-off-add"),
    path("hours/days-off/<str:day>/remove/", hours.remove_day_off, name="settings-day-off-remove"),
]
