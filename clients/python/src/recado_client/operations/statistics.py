"""Statistics.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator

from recado_client.caller import UNSET, Caller, Unset
from recado_client.operations import shapes


class Statistics(Caller):
    """Statistics."""

    def list_sendings(
        self,
        *,
        limit: int | Unset = UNSET,
        since: str | None | Unset = UNSET,
        until: str | None | Unset = UNSET,
        kind: shapes.SendKind | None | Unset = UNSET,
    ) -> Iterator[shapes.SendingOut]:
        """List what was sent.

        Newest first, without tests and automatic replies; a year at most. Give the same span for every page.

        Needs the scope `statistics:read`.
        """
        return self.pages("/api/v1/statistics/sendings", {"limit": limit, "since": since, "until": until, "kind": kind})
