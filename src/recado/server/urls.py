"""URL roots: the panel, our own API under /api/v1/, the provider-compatible one under /api2/; what the panel draws and mails for both."""

from django.urls import include, path

from recado.apps.accounts import ports as accounts_ports
from recado.apps.billing import ports
from recado.panel.invoices.pdf import invoice_pdf
from recado.panel.sign_in.inviting import mail_or_link

urlpatterns = [
    path("api/v1/", include("recado.api.v1.urls")),
    path("api2/", include("recado.api.compat.urls")),
    path("", include("recado.panel.urls")),
]

ports.set_invoice_writer(invoice_pdf)  # api and panel do not know each other
accounts_ports.set_invitation_mail(mail_or_link)

handler429 = "recado.panel.sign_in.limits.too_many_requests"  # asked for by allauth
