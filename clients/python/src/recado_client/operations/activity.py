"""Activity.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import cast

from recado_client.caller import UNSET, Caller, Unset
from recado_client.operations import shapes


class Activity(Caller):
    """Activity."""

    def list_activity(
        self,
        *,
        limit: int | Unset = UNSET,
        kind: str | None | Unset = UNSET,
        member_id: int | None | Unset = UNSET,
        only_operators: bool | Unset = UNSET,
        since: str | None | Unset = UNSET,
        until: str | None | Unset = UNSET,
    ) -> Iterator[shapes.ActivityOut]:
        """List changes.

        Who changed what, newest first, with what it was and what it is.

        Needs the scope `settings:read`.
        """
        return self.pages(
            "/api/v1/activity",
            {"limit": limit, "kind": kind, "member_id": member_id, "only_operators": only_operators, "since": since, "until": until},
        )

    def export_activity(
        self,
        *,
        kind: str | None | Unset = UNSET,
        member_id: int | None | Unset = UNSET,
        only_operators: bool | Unset = UNSET,
        since: str | None | Unset = UNSET,
        until: str | None | Unset = UNSET,
    ) -> bytes:
        """Take away the activity log.

        Give the same as a CSV file, all of it; `before` and `after` are JSON.

        Needs the scope `settings:read`.
        """
        return cast(
            "bytes",
            self.call(
                "GET",
                "/api/v1/activity/export",
                query={"kind": kind, "member_id": member_id, "only_operators": only_operators, "since": since, "until": until},
            ),
        )
