"""Notifications by e-mail: one mail for each person and account with all that is due.

What belongs here: writing and sending them. What does not: what is due (`apps.notifications`), when it is looked for
(`server.notice_mails`).
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

import structlog
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext

from recado.apps.notifications.mails import claim_due, settle
from recado.apps.notifications.models import Notification
from recado.panel.access import language_of
from recado.panel.notification_words import sentence

log = structlog.get_logger(__name__)


def send_due(now: datetime, base_url: str) -> int:
    """Send what is due and return how many mails went out; what the mail server does not take is tried again later."""
    sent = 0
    for _key, group in groupby(claim_due(now), key=lambda each: (each.user_id, each.account_id)):
        notifications = list(group)
        if _send(notifications, base_url.rstrip("/")):
            settle(notifications)
            sent += 1
    return sent


def _send(notifications: Sequence[Notification], base_url: str) -> bool:
    user, account = notifications[0].user, notifications[0].account
    with translation.override(language_of(user, account)), timezone.override(ZoneInfo(user.time_zone or account.time_zone)):
        lines = [(sentence(each), base_url + each.url) for each in notifications]
        text = render_to_string("panel/mail/notices_message.txt", {"user": user, "account": account, "lines": lines, "base_url": base_url})
        subject = _subject(lines, account.name)
    try:
        send_mail(" ".join(subject.split()), text.strip() + "\n", None, [user.email])
    except OSError as error:  # SMTPException is one
        log.warning("mail was not taken", mail="notices", error=str(error))
        return False
    return True


def _subject(lines: Sequence[tuple[str, str]], account: str) -> str:
    """Say it all where it is one thing, else how many there are."""
    if len(lines) == 1:
        return lines[0][0]
    return ngettext("%(count)s notification from %(account)s", "%(count)s notifications from %(account)s", len(lines)) % {
        "count": len(lines),
        "account": account,
    }
