"""URL roots: the panel at the top, the provider-compatible API under /api2/, which gets its invoices drawn by the panel."""

from django.urls import include, path

from recado.apps.billing import ports
from recado.panel.invoices.pdf import invoice_pdf

urlpatterns = [
    path("api2/", include("recado.api.compat.urls")),
    path("", include("recado.panel.urls")),
]

ports.set_invoice_writer(invoice_pdf)  # api and panel do not know each other

handler429 = "recado.panel.sign_in.limits.too_many_requests"  # asked for by allauth
