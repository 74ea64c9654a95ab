"""Groups.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Groups(Caller):
    """Groups."""

    def list_groups(self, *, limit: int | Unset = UNSET, search: str | Unset = UNSET) -> Iterator[shapes.GroupOut]:
        """List groups.

        Newest first; `search` finds part of a name.

        Needs the scope `contacts:read`.
        """
        return self.pages("/api/v1/groups", {"limit": limit, "search": search})

    def add_group(self, *, name: str, idempotency_key: str | None = None) -> shapes.GroupOut:
        """Add a group.

        Several groups may have the same name.

        Needs the scope `contacts:write`.
        """
        return cast("shapes.GroupOut", self.call("POST", "/api/v1/groups", body=given({"name": name}), idempotency_key=idempotency_key))

    def get_group(self, group_id: int) -> shapes.GroupOut:
        """Show a group.

        One group with the number of contacts in it.

        Needs the scope `contacts:read`.
        """
        return cast("shapes.GroupOut", self.call("GET", f"/api/v1/groups/{segment(group_id)}"))

    def edit_group(self, group_id: int, *, name: str, idempotency_key: str | None = None) -> shapes.GroupOut:
        """Rename a group.

        Its contacts stay in it.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.GroupOut",
            self.call("PATCH", f"/api/v1/groups/{segment(group_id)}", body=given({"name": name}), idempotency_key=idempotency_key),
        )

    def delete_group(self, group_id: int, *, idempotency_key: str | None = None) -> None:
        """Delete a group.

        Leave its contacts where they are. Refused (409 `in-use`) while a rule depends on it.

        Needs the scope `contacts:write`.
        """
        self.call("DELETE", f"/api/v1/groups/{segment(group_id)}", idempotency_key=idempotency_key)
