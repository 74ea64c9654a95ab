"""The addresses of what is at hand everywhere."""

from django.urls import path

from recado.panel.everywhere import bell, palette

urlpatterns = [
    path("notifications/", bell.notification_list, name="notifications"),
    path("notifications/read/", bell.read_all, name="notifications-read"),
    path("notifications/<int:notification_id>/", bell.notification, name="notification"),
    path("search/", palette.search, name="search"),
]
