"""URL roots: the panel, our own API under /api/v1/, the provider's under /api2/. The panel draws what the APIs hand out as files."""

from django.urls import include, path

from recado.apps.billing import ports
from recado.apps.keywords.ports import set_keyword_files
from recado.panel.invoices.pdf import invoice_pdf
from recado.panel.keywords.poster_files import PanelKeywordFiles

urlpatterns = [
    path("api/v1/", include("recado.api.v1.urls")),
    path("api2/", include("recado.api.compat.urls")),
    path("", include("recado.panel.urls")),
]

ports.set_invoice_writer(invoice_pdf)  # api and panel do not know each other
set_keyword_files(PanelKeywordFiles())

handler429 = "recado.panel.sign_in.limits.too_many_requests"  # asked for by allauth
