"""How a thread is shown: messages of both directions with day separators and the lines that say what the rules did.

What belongs here: turning rows into what the templates print. What does not: reading the rows (`apps.dialogues.queries`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.safestring import SafeString

from recado.apps.accounts.models import Account
from recado.apps.campaigns.overview import campaign_names
from recado.apps.dialogues.models import Note
from recado.apps.dialogues.queries import Item
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import Origin, OutboundMessage, SendKind
from recado.apps.outbox.queries import quoted_messages
from recado.core import trail
from recado.panel import trail_words
from recado.panel.carrier_said import carrier_said
from recado.panel.inbox.multimedia import ShownMms, shown_mms


@dataclass(frozen=True, slots=True)
class Shown:
    """One message of a thread as the template prints it."""

    message: Item
    at: datetime
    is_inbound: bool
    starts_day: bool
    system_line: SafeString | None = None
    is_automatic: bool = False
    is_by_program: bool = False
    is_note: bool = False
    author: str = ""
    campaign: str = ""
    """Name of the group send it was part of."""
    answers: OutboundMessage | None = None
    """What of a group send a received message answers."""
    carrier_said: str = ""
    mms: ShownMms | None = None
    """What makes it an MMS."""
    is_emptied: bool = False
    """Whether its text is gone because its time was up."""


def shown(items: Sequence[Item], before: Item | None = None) -> list[Shown]:
    """Prepare messages in their order; `before` is the one above the first, which decides on its day separator."""
    last_day = _day(_at(before)) if before else None
    campaigns = campaign_names({item.campaign_id for item in items if isinstance(item, OutboundMessage) and item.campaign_id})
    answered = {item.answers_id: item.account_id for item in items if isinstance(item, Message) and item.answers_id and item.account_id}
    quoted = quoted_messages(next(iter(answered.values()), 0), answered)
    said = carrier_said(item for item in items if isinstance(item, OutboundMessage))
    account = next((item.account for item in items if item.account_id is not None), None)  # items of a thread are of one account
    multimedia = _multimedia(account, items) if account is not None else {}
    emptied_to = account.messages_emptied_to if account is not None else 0
    result = []
    for item in items:
        day = _day(_at(item))
        answers = quoted.get(item.answers_id or 0) if isinstance(item, Message) else None
        mms, one = multimedia.get(item.pk), _shown(item, day != last_day, campaigns)
        is_emptied = item.pk < emptied_to and not item.text and not isinstance(item, Note)
        result.append(replace(one, answers=answers, carrier_said=said.get(item.pk, ""), mms=mms, is_emptied=is_emptied))
        last_day = day
    return result


def _multimedia(account: Account, items: Sequence[Item]) -> dict[int, ShownMms]:
    """Return what makes messages MMS."""
    sent = [item.pk for item in items if isinstance(item, OutboundMessage) and item.kind == SendKind.MMS]
    return shown_mms(account, [item.pk for item in items if isinstance(item, Message)], sent)


def _at(item: Item) -> datetime:
    return item.received_at if isinstance(item, Message) else item.created_at


def _day(moment: datetime) -> object:
    return timezone.localtime(moment).date()


def _shown(item: Item, starts_day: bool, campaigns: Mapping[int, str]) -> Shown:
    if isinstance(item, Message):
        return _inbound(item, starts_day)
    if isinstance(item, Note):
        author = str(item.author) if item.author else ""
        return Shown(item, item.created_at, is_inbound=False, starts_day=starts_day, is_note=True, author=author)
    return _outbound(item, starts_day, campaigns.get(item.campaign_id or 0, ""))


def _inbound(message: Message, starts_day: bool) -> Shown:
    line = trail_words.summary(trail.from_json(message.trail))
    return Shown(message, message.received_at, is_inbound=True, starts_day=starts_day, system_line=line)


def _outbound(message: OutboundMessage, starts_day: bool, campaign: str) -> Shown:
    return Shown(
        message,
        message.created_at,
        is_inbound=False,
        starts_day=starts_day,
        is_automatic=message.origin == Origin.RULE,
        is_by_program=message.origin == Origin.API,
        author=str(message.author) if message.author else "",
        campaign=campaign,
    )
