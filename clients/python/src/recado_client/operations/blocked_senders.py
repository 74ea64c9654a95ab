"""Blocked senders.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class BlockedSenders(Caller):
    """Blocked senders."""

    def list_blocked_senders(self, *, limit: int | Unset = UNSET) -> Iterator[shapes.BlockedOut]:
        """List blocked senders.

        Who was blocked last comes first.

        Needs the scope `contacts:read`.
        """
        return self.pages("/api/v1/blocked-senders", {"limit": limit})

    def block_sender(self, *, sender: str, reason: str | Unset = UNSET, idempotency_key: str | None = None) -> shapes.BlockOut:
        """Block a sender.

        Store what it sends from now on, and do nothing else. One that is blocked already stays as it is (200).

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.BlockOut",
            self.call("POST", "/api/v1/blocked-senders", body=given({"sender": sender, "reason": reason}), idempotency_key=idempotency_key),
        )

    def get_blocked_sender(self, blocked_id: int) -> shapes.BlockedOut:
        """Show a blocked sender.

        One of the list.

        Needs the scope `contacts:read`.
        """
        return cast("shapes.BlockedOut", self.call("GET", f"/api/v1/blocked-senders/{segment(blocked_id)}"))

    def unblock_sender(self, blocked_id: int, *, idempotency_key: str | None = None) -> None:
        """Hear from a sender again.

        Leave what it sent meanwhile as it was stored.

        Needs the scope `contacts:write`.
        """
        self.call("DELETE", f"/api/v1/blocked-senders/{segment(blocked_id)}", idempotency_key=idempotency_key)
