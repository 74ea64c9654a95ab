"""Reads of mails that came in, for the installation's staff.

What belongs here: the record of them. What does not: what they say, which is not kept.
"""

from recado.apps.mails.models import MailReceived
from recado.apps.paging import Page, page_of


def mails_received(outcome: str = "", before: int | None = None) -> Page[MailReceived]:
    """Return a page of mails, newest first, of one outcome where one is named."""
    rows = MailReceived.objects.select_related("account")
    return page_of(rows.filter(outcome=outcome) if outcome else rows, before)
