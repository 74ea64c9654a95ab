"""Attachments of received MMS in the rows of `messages/recived` (provider-api.md §6.1).

What belongs here: files as base64, and how many of them one answer holds. What does not: which messages are asked for (`messages`).
"""

import base64
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from recado.apps.media.models import Content, ScanState
from recado.apps.media.services import blobs
from recado.apps.mms.models import Attachment, ReceivedMms
from recado.apps.mms.queries import attachments_of, received_of
from recado.core.mms import PartRole

MOST_BYTES = 20 * 1024 * 1024
"""Of all files of an answer together; one message's are always whole."""


@dataclass(frozen=True, slots=True)
class Multimedia:
    """What makes messages of a page MMS, by their ids."""

    mms: Mapping[int, ReceivedMms] = field(default_factory=dict)
    files: Mapping[int, list[Attachment]] = field(default_factory=dict)
    blocked: frozenset[str] = frozenset()
    """Contents that are not handed out."""

    @classmethod
    def of(cls, message_ids: Collection[int]) -> "Multimedia":
        """Look at the messages of a page, with a query where none is an MMS."""
        mms = received_of(message_ids)
        if not mms:
            return cls()
        parts = attachments_of(list(mms))
        files = {key: [part for part in some if part.role != PartRole.LAYOUT] for key, some in parts.items()}
        infected = Content.objects.filter(pk__in={part.sha256 for some in files.values() for part in some}, scan_state=ScanState.INFECTED)
        return cls(mms, files, frozenset(infected.values_list("pk", flat=True)))

    def fitting(self, message_ids: list[int]) -> int:
        """Say how many messages from the first on one answer holds."""
        total = 0
        for place, key in enumerate(message_ids):
            total += sum(part.size for part in self.files.get(key, ()))
            if total > MOST_BYTES and place:
                return place
        return len(message_ids)

    def row(self, message_id: int) -> dict[str, Any]:
        """Return title and attachments; nothing for a message that is no MMS."""
        found = self.mms.get(message_id)
        if found is None:
            return {}
        return {"title": found.subject, "attachments": [self._attachment(part) for part in self.files.get(message_id, ())]}

    def _attachment(self, part: Attachment) -> dict[str, Any]:
        return {"id": part.pk, "name": part.name, "content_type": part.content_type, "data": self._data(part)}

    def _data(self, part: Attachment) -> str:
        if part.sha256 in self.blocked:
            return ""
        try:
            with blobs().open(part.sha256) as file:
                return base64.b64encode(file.read()).decode("ascii")
        except FileNotFoundError:
            return ""
