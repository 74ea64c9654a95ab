"""Opt-outs.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class OptOuts(Caller):
    """Opt-outs."""

    def list_opt_outs(
        self, *, limit: int | Unset = UNSET, lifted: bool | Unset = UNSET, digits: str | Unset = UNSET
    ) -> Iterator[shapes.OptOutOut]:
        """List opt-outs.

        Those in force, or those that were lifted, the latest first.

        Needs the scope `contacts:read`.
        """
        return self.pages("/api/v1/opt-outs", {"limit": limit, "lifted": lifted, "digits": digits})

    def add_opt_out(
        self,
        *,
        phone: str,
        scope: shapes.OptOutScope | Unset = UNSET,
        target_id: int | None | Unset = UNSET,
        text: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.NotedOptOutOut:
        """Note an opt-out.

        Nothing it covers is sent from now on. One that is noted already stays as it is (200). An opt-out of a group leaves the group.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.NotedOptOutOut",
            self.call(
                "POST",
                "/api/v1/opt-outs",
                body=given({"phone": phone, "scope": scope, "target_id": target_id, "text": text}),
                idempotency_key=idempotency_key,
            ),
        )

    def get_opt_out(self, opt_out_id: int) -> shapes.OptOutOut:
        """Show an opt-out.

        One in force or one that was lifted.

        Needs the scope `contacts:read`.
        """
        return cast("shapes.OptOutOut", self.call("GET", f"/api/v1/opt-outs/{segment(opt_out_id)}"))

    def lift_opt_out(self, opt_out_id: int, *, reason: str, idempotency_key: str | None = None) -> shapes.OptOutOut:
        """Lift an opt-out.

        Only who asked for messages again may be written to again; `reason` is kept as the proof. 409 `already-lifted`.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.OptOutOut",
            self.call(
                "POST", f"/api/v1/opt-outs/{segment(opt_out_id)}/lift", body=given({"reason": reason}), idempotency_key=idempotency_key
            ),
        )
