"""Tells by mail who answered a message by mail that their words were not sent, and why.

What belongs here: writing and sending it. What does not: who is told, and how often (`apps.mails.services`).
"""

import structlog
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from recado.apps.accounts.models import User
from recado.apps.mails.services import Refused
from recado.panel.mail_words import SENTENCES
from recado.protocols.mail.received import LOOP_HEADER

log = structlog.get_logger(__name__)


def tell(refused: Refused, domain: str) -> bool:
    """Send it; what the mail server does not take is logged and not tried again, the panel shows the conversation as it is."""
    user = User.objects.filter(email__iexact=refused.sender).first()
    with translation.override((user.language if user else "") or refused.account.language):
        text = "\n\n".join(
            (
                _("Your answer was not sent as an SMS."),
                str(SENTENCES[refused.reason]),
                _("Subject: %(subject)s") % {"subject": refused.subject},
            )
        )
        subject = _("Your answer was not sent")
    headers = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All", LOOP_HEADER: domain}
    if refused.message_id.isascii() and refused.message_id.isprintable():
        headers |= {"In-Reply-To": f"<{refused.message_id}>", "References": f"<{refused.message_id}>"}
    try:
        EmailMessage(subject, text + "\n", None, [refused.sender], headers=headers).send()
    except (OSError, ValueError) as error:  # SMTPException is an OSError; ValueError: an address that cannot be written
        log.warning("mail was not taken", mail="refusal", error=str(error))
        return False
    return True
