"""Mails about logins that django-allauth does not send itself.

What belongs here: writing and handing them over. What does not: the mails allauth sends (templates under `account/email` and `mfa/email`).
"""

from typing import Any

import structlog
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from recado.apps.accounts.models import Invitation
from recado.panel.role_words import role_name

log = structlog.get_logger(__name__)


def send_invitation(invitation: Invitation, token: str, language: str, base_url: str) -> bool:
    """Write to the invited address in a language; `base_url` is that of the panel, such as `https://sms.example.org`.

    False where the mail server did not take it: the invitation stands, and its link can be handed over another way.
    """
    values: dict[str, Any] = {"invitation": invitation, "link": base_url.rstrip("/") + reverse("invitation", args=[token])}
    with translation.override(language):
        values["role"] = offered_role(invitation)
        subject = render_to_string("panel/mail/invitation_subject.txt", values)
        text = render_to_string("panel/mail/invitation_message.txt", values)
    try:
        send_mail(" ".join(subject.split()), text.strip() + "\n", None, [invitation.email])
    except OSError as error:  # SMTPException is one
        log.warning("mail was not taken", mail="invitation", error=str(error))
        return False
    return True


def offered_role(invitation: Invitation) -> str:
    """Name the role an invitation offers."""
    return role_name(invitation.role) if invitation.account else str(invitation.get_operator_role_display())
