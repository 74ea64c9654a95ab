"""The parts of an MMS as its own page lists them: what they were said to be, what they are, how large, and by which digest they are known.

What belongs here: this list. What does not: how a conversation shows them (`panel.inbox.multimedia`).
"""

from dataclasses import dataclass

from recado.apps.accounts.models import Account
from recado.apps.media.links import media_link
from recado.apps.media.models import Content, ScanState
from recado.apps.mms.models import Attachment
from recado.apps.mms.queries import attachments_of, received_of


@dataclass(frozen=True, slots=True)
class ListedPart:
    """One part."""

    part: Attachment
    url: str
    """Empty: it is not handed out, or was deleted."""

    @property
    def is_dangerous(self) -> bool:
        """Say whether it is kept back."""
        return not self.url and not self.is_deleted

    @property
    def is_deleted(self) -> bool:
        """Say whether its time was up."""
        return not self.part.sha256


@dataclass(frozen=True, slots=True)
class ListedMms:
    """What a message has that is an MMS."""

    subject: str
    parts: tuple[ListedPart, ...]


def listed_mms(account: Account, message_id: int) -> ListedMms | None:
    """Return what one received message of the account has beside its text; None: it is an SMS."""
    found = received_of([message_id]).get(message_id)
    if found is None:
        return None
    parts = attachments_of([message_id]).get(message_id, [])
    infected = Content.objects.filter(pk__in={part.sha256 for part in parts}, scan_state=ScanState.INFECTED)
    dangerous = set(infected.values_list("pk", flat=True))
    return ListedMms(found.subject, tuple(ListedPart(part, "" if part.sha256 in dangerous else _link(account, part)) for part in parts))


def as_data(found: ListedMms | None) -> dict[str, object] | None:
    """Return the same as data, without links."""
    if found is None:
        return None
    return {"subject": found.subject, "parts": [_part_as_data(one.part) for one in found.parts]}


def _part_as_data(part: Attachment) -> dict[str, object]:
    return {
        "role": part.role,
        "name": part.name,
        "content_type": part.content_type,
        "claimed_type": part.claimed_type,
        "size": part.size,
        "sha256": part.sha256,
        "content_id": part.content_id,
    }


def _link(account: Account, part: Attachment) -> str:
    return media_link(part.sha256, part.content_type, account=account, name=part.name)
