"""URL roots: the panel, our own API under /api/v1/, the provider-compatible one under /api2/; the panel draws the invoices of the APIs."""

from django.urls import include, path

from recado.apps.billing import ports
from recado.panel.invoices.pdf import invoice_pdf

urlpatterns = [
    path("api/v1/", include("recado.api.v1.urls")),
    path("api2/", include("recado.api.compat.urls")),
    path("", include("recado.panel.urls")),
]

ports.set_invoice_writer(invoice_pdf)  # api and panel do not know each other

handler429 = "recado.panel.sign_in.limits.too_many_requests"  # asked for by allauth
