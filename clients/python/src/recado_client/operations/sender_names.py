"""Sender names.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class SenderNames(Caller):
    """Sender names."""

    def list_sender_names(self, *, limit: int | Unset = UNSET) -> Iterator[shapes.SenderNameOut]:
        """List sender names.

        Newest first, each with how it stands.

        Needs the scope `settings:read`.
        """
        return self.pages("/api/v1/sender-names", {"limit": limit})

    def ask_for_sender_name(self, *, name: str, note: str | Unset = UNSET, idempotency_key: str | None = None) -> shapes.SenderNameOut:
        """Ask for a sender name.

        Ask the operator, who looks at it; one that was refused or switched off is asked for anew.

        Needs the scope `settings:write`.
        """
        return cast(
            "shapes.SenderNameOut",
            self.call("POST", "/api/v1/sender-names", body=given({"name": name, "note": note}), idempotency_key=idempotency_key),
        )

    def get_sender_name(self, name_id: int) -> shapes.SenderNameOut:
        """Show a sender name.

        Show how one stands.

        Needs the scope `settings:read`.
        """
        return cast("shapes.SenderNameOut", self.call("GET", f"/api/v1/sender-names/{segment(name_id)}"))

    def switch_sender_name_off(self, name_id: int, *, idempotency_key: str | None = None) -> shapes.SenderNameOut:
        """Switch a sender name off.

        Give a name up, or withdraw the wish for it; nothing is sent under it any more.

        Needs the scope `settings:write`.
        """
        return cast(
            "shapes.SenderNameOut",
            self.call("POST", f"/api/v1/sender-names/{segment(name_id)}/switch-off", idempotency_key=idempotency_key),
        )
