"""URL roots: the panel at the top, the provider-compatible API under /api2/."""

from django.urls import include, path

urlpatterns = [
    path("api2/", include("recado.api.compat.urls")),
    path("", include("recado.panel.urls")),
]

handler429 = "recado.panel.sign_in.limits.too_many_requests"  # asked for by allauth
