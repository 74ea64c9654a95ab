"""The address of contents."""

from django.urls import path

from recado.panel.media.serving import media

urlpatterns = [path("<str:token>/<str:name>", media, name="media")]
