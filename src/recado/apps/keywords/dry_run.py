"""What a text would do on a number, asked of the production rules without receiving anything.

What belongs here: asking, and what is known about senders and the clock. What does not: the rules themselves (`core.decide`), reading the
number's rows (`rows`), words for people.
"""

from datetime import datetime
from typing import Any

from django.apps import apps

from recado.apps.accounts.models import Account
from recado.apps.accounts.public_holidays import days_off
from recado.apps.contacts.models import Contact, GroupMembership
from recado.apps.keywords.rows import rows_in
from recado.apps.numbers.models import Number
from recado.core.condition import Clock
from recado.core.decide import Decision, decide
from recado.core.message import Encoding, InboundMessage
from recado.core.ownership import find_owner
from recado.core.routes import Routes
from recado.core.sender import SenderState

NOBODY = "48600000099"
"""A phone nobody has, for dry runs that name none."""


def owner_of(number: Number, sender: str, text: str, now: datetime) -> int | None:
    """Return the id of the account a text would belong to by its words; None for nobody's."""
    return find_owner(rows_in(number, text).compiled(), sender, number.digits, text, now).account_id


def would_happen(recipient: str, sender: str, text: str, now: datetime, sole_writer_account_id: int | None = None) -> Decision:
    """Return the decision on a text as the operator sees it, whoever owns it; `recipient` in digits, one of our numbers or not.

    `sole_writer_account_id` is the one account that wrote to the sender from this number lately (`dialogues.queries.sole_writer`).
    """
    number = Number.objects.filter(digits=recipient).first()
    routes = rows_in(number, text).compiled() if number else Routes(0)
    match = find_owner(routes, sender, recipient, text, now)
    message = InboundMessage(0, 0, sender, recipient, text, Encoding.GSM7, now, is_test=True)
    if match.account_id is None:
        return decide(message, match, SenderState(sender), now, sole_writer_account_id)
    account = Account.objects.get(pk=match.account_id)
    known = sender_state(account, match.number.number_id if match.number else None, sender, now)
    return decide(message, match, known, now, sole_writer_account_id, clock_of(account, now))


def would_do(account: Account, number: Number, sender: str, text: str, now: datetime, known: SenderState | None = None) -> Decision | None:
    """Return the decision on a text as the account would see it; None where the text would be another account's.

    `known` stands for what is known about the sender, so that somebody new or a member of a group can be tried with any phone.
    """
    routes = rows_in(number, text).compiled()
    match = find_owner(routes, sender, number.digits, text, now)
    if match.account_id not in {None, account.pk}:
        return None
    message = InboundMessage(0, number.connection_id or 0, sender, number.digits, text, Encoding.GSM7, now, is_test=True)
    return decide(message, match, known or sender_state(account, number.pk, sender, now), now, clock=clock_of(account, now))


def clock_of(account: Account, now: datetime) -> Clock:
    """Return how an account reads the time."""
    return Clock(account.zone, days_off(account, now.date()))


def sender_state(account: Account, number_id: int | None, msisdn: str, now: datetime) -> SenderState:
    """Return what an account knows about a phone that writes to a number."""
    contact = Contact.objects.filter(account=account, msisdn=msisdn).first()
    groups = GroupMembership.objects.filter(contact=contact).exclude(ends_at__lte=now).values_list("group_id", "ends_at")
    dialogue_id = (
        _rows("dialogues", "Dialogue").filter(account=account, number=number_id, msisdn=msisdn).values_list("pk", flat=True).first()
    )
    used = _rows("inbox", "Message").filter(dialogue_id=dialogue_id, keyword_id__isnull=False) if dialogue_id else None
    keyword_ids = frozenset(used.order_by().values_list("keyword_id", flat=True).distinct()) if used is not None else frozenset()
    return SenderState(msisdn, contact.pk if contact else None, dict(groups) if contact else {}, keyword_ids, dialogue_id is None)


def _rows(app: str, model: str) -> Any:
    """Return all rows of a table of an app that builds on this one, as a query."""
    return apps.get_model(app, model)._default_manager.all()  # noqa: SLF001  # Django's documented API
