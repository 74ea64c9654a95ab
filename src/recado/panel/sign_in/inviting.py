"""Sending an invitation by mail, or handing its link over where no mail goes out.

What belongs here: the mail and what whoever invites is told. What does not: offers (`apps.accounts.invitations`), the pages that make them
(`panel.settings.invitations`, `panel.operator`), the mail's text (`panel.sign_in.mail`).
"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from recado.apps.accounts.models import Invitation
from recado.panel.sign_in.mail import send_invitation

ON_PAPER = "django.core.mail.backends.console.EmailBackend"
"""Where no mail server is set up: mails go into the log."""


def send(request: HttpRequest, invitation: Invitation, token: str, language: str) -> None:
    """Send the mail; where it cannot go out, show the link once to who invites, since nobody else can hand it over."""
    link = mail_or_link(invitation, token, language, request.build_absolute_uri("/"))
    if link is None:
        messages.success(request, _("%(email)s is invited. The link in the mail works for seven days.") % {"email": invitation.email})
        return
    said = _("The mail to %(email)s could not be sent. Hand this link over yourself, it is shown only now: %(link)s")
    messages.warning(request, said % {"email": invitation.email, "link": link})


def mail_or_link(invitation: Invitation, token: str, language: str, base_url: str) -> str | None:
    """Send the mail; return the link where it cannot go out."""
    if send_invitation(invitation, token, language, base_url) and settings.EMAIL_BACKEND != ON_PAPER:
        return None
    return base_url.rstrip("/") + reverse("invitation", args=[token])
