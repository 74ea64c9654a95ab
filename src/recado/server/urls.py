"""URL roots: the panel, our own API under /api/v1/, the provider-compatible ones under /api2/ and /zdalnie/.

What belongs here: the roots, and that the panel draws and mails for the APIs. What does not: any other address.
"""

from django.urls import include, path

from recado.apps.accounts import ports as accounts_ports
from recado.apps.billing import ports
from recado.apps.keywords.ports import set_keyword_files
from recado.apps.media.fetching import set_fetcher
from recado.panel.invoices.pdf import invoice_pdf
from recado.panel.keywords.poster_files import PanelKeywordFiles
from recado.panel.sign_in.inviting import mail_or_link
from recado.server.fetching import fetch

urlpatterns = [
    path("api/v1/", include("recado.api.v1.urls")),
    path("api2/", include("recado.api.compat.urls")),
    path("zdalnie/", include("recado.api.legacy.urls")),
    path("", include("recado.panel.urls")),
]

ports.set_invoice_writer(invoice_pdf)  # api and panel do not know each other
accounts_ports.set_invitation_mail(mail_or_link)
set_keyword_files(PanelKeywordFiles())
set_fetcher(fetch)  # nor do apps and delivery

handler429 = "recado.panel.sign_in.limits.too_many_requests"  # asked for by allauth
