"""Reading multimedia messages: what messages have beside their texts, and attachments of an account.

What belongs here: queries. What does not: links to contents (`media.links`), how they are shown.
"""

from collections import defaultdict
from collections.abc import Collection

from recado.apps.accounts.models import Account
from recado.apps.inbox.models import Message
from recado.apps.mms.models import Attachment, ReceivedMms, SentMms
from recado.apps.outbox.models import OutboundMessage


def received_of(message_ids: Collection[int]) -> dict[int, ReceivedMms]:
    """Return what those of some received messages have that are MMS."""
    return ReceivedMms.objects.in_bulk(list(message_ids)) if message_ids else {}


def sent_of(outbound_ids: Collection[int]) -> dict[int, SentMms]:
    """Return what those of some outgoing messages have that are MMS."""
    return SentMms.objects.in_bulk(list(outbound_ids)) if outbound_ids else {}


def attachments_of(message_ids: Collection[int]) -> dict[int, list[Attachment]]:
    """Return the parts of received messages, in their order."""
    found: dict[int, list[Attachment]] = defaultdict(list)
    if message_ids:
        for one in Attachment.objects.filter(message_id__in=message_ids).order_by("message_id", "position"):
            found[one.message_id or 0].append(one)
    return dict(found)


def attachments_of_sent(outbound_ids: Collection[int]) -> dict[int, list[Attachment]]:
    """Return the parts of outgoing messages, in their order; messages that share their files have the same ones."""
    sent = sent_of(outbound_ids)
    holders = {key: one.attachments_id or key for key, one in sent.items()}
    noted: dict[int, list[Attachment]] = defaultdict(list)
    if holders:
        for one in Attachment.objects.filter(outbound_id__in=set(holders.values())).order_by("outbound_id", "position"):
            noted[one.outbound_id or 0].append(one)
    return {key: noted[holder] for key, holder in holders.items() if holder in noted}


def get_attachment_for(account: Account, attachment_id: int) -> Attachment:
    """Find a part of one of the account's messages, or raise Attachment.DoesNotExist."""
    found = Attachment.objects.get(pk=attachment_id)
    if found.message_id is not None:
        is_theirs = Message.objects.filter(account=account, pk=found.message_id).exists()
    else:
        is_theirs = _is_sent_by(account, found.outbound_id or 0)
    if not is_theirs:
        raise Attachment.DoesNotExist("no such attachment in this account")
    return found


def _is_sent_by(account: Account, holder: int) -> bool:
    """Say whether files noted under this id went with a message of the account; who shares files is one account."""
    shared = SentMms.objects.filter(attachments_id=holder).values_list("pk", flat=True).first()
    return OutboundMessage.objects.filter(account=account, pk=shared or holder).exists()
