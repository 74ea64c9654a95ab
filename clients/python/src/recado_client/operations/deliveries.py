"""Deliveries.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import Literal, cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Deliveries(Caller):
    """Deliveries."""

    def list_deliveries(
        self,
        *,
        limit: int | Unset = UNSET,
        forward_id: int | None | Unset = UNSET,
        state: Literal["delivered", "waiting", "failed", "given_up"] | None | Unset = UNSET,
        phone: str | None | Unset = UNSET,
        since: str | None | Unset = UNSET,
        until: str | None | Unset = UNSET,
    ) -> Iterator[shapes.DeliveryOut]:
        """List deliveries.

        Newest first, of all forwards or of one.

        Needs the scope `forwards:read`.
        """
        return self.pages(
            "/api/v1/deliveries", {"limit": limit, "forward_id": forward_id, "state": state, "phone": phone, "since": since, "until": until}
        )

    def get_delivery(self, delivery_id: int) -> shapes.DeliveryWithAttempts:
        """Show a delivery.

        Every attempt with what was sent, what was answered, and what was signed.

        Needs the scope `forwards:read`.
        """
        return cast("shapes.DeliveryWithAttempts", self.call("GET", f"/api/v1/deliveries/{segment(delivery_id)}"))

    def deliver_again(
        self,
        delivery_id: int,
        *,
        url: str | None | Unset = UNSET,
        forward_id: int | None | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.DeliveryOut:
        """Deliver once more.

        Make a new delivery of the same message, where it was meant to go or elsewhere. What is on its way goes elsewhere only.

        Needs the scope `forwards:write`.
        """
        return cast(
            "shapes.DeliveryOut",
            self.call(
                "POST",
                f"/api/v1/deliveries/{segment(delivery_id)}/again",
                body=given({"url": url, "forward_id": forward_id}),
                idempotency_key=idempotency_key,
            ),
        )
