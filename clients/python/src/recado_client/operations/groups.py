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

    def list_group_members(self, group_id: int, *, limit: int | Unset = UNSET) -> Iterator[shapes.MemberOut]:
        """List who is in a group.

        Who joined last comes first.

        Needs the scope `contacts:read`.
        """
        return self.pages(f"/api/v1/groups/{segment(group_id)}/members", {"limit": limit})

    def add_group_members(
        self,
        group_id: int,
        *,
        contact_ids: list[int] | Unset = UNSET,
        phones: list[str] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.JoinsOut:
        """Put people into a group.

        By contact or by phone; who is no contact yet becomes one. Who opted out stays out. Repeating it changes nothing.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.JoinsOut",
            self.call(
                "POST",
                f"/api/v1/groups/{segment(group_id)}/members",
                body=given({"contact_ids": contact_ids, "phones": phones}),
                idempotency_key=idempotency_key,
            ),
        )

    def remove_group_members(
        self,
        group_id: int,
        *,
        contact_ids: list[int] | Unset = UNSET,
        phones: list[str] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.LeftOut:
        """Take people out of a group.

        Who is not in it is passed over.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.LeftOut",
            self.call(
                "POST",
                f"/api/v1/groups/{segment(group_id)}/members/remove",
                body=given({"contact_ids": contact_ids, "phones": phones}),
                idempotency_key=idempotency_key,
            ),
        )

    def restore_group_members(self, group_id: int, *, undo: str, idempotency_key: str | None = None) -> shapes.RestoredOut:
        """Bring removed people back.

        They are in the group again with the consent they gave, but nobody who opted out since. 409 `too-late` after an hour.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.RestoredOut",
            self.call(
                "POST", f"/api/v1/groups/{segment(group_id)}/members/restore", body=given({"undo": undo}), idempotency_key=idempotency_key
            ),
        )

    def get_group_member(self, group_id: int, contact_id: int) -> shapes.MemberOut:
        """Show a member.

        404 where the contact is not in the group.

        Needs the scope `contacts:read`.
        """
        return cast("shapes.MemberOut", self.call("GET", f"/api/v1/groups/{segment(group_id)}/members/{segment(contact_id)}"))

    def edit_group_member(
        self, group_id: int, contact_id: int, *, ends_at: str | None, idempotency_key: str | None = None
    ) -> shapes.MemberOut:
        """Say until when somebody is in a group.

        Who is to leave now is removed instead.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.MemberOut",
            self.call(
                "PATCH",
                f"/api/v1/groups/{segment(group_id)}/members/{segment(contact_id)}",
                body=given({"ends_at": ends_at}),
                idempotency_key=idempotency_key,
            ),
        )

    def remove_group_member(self, group_id: int, contact_id: int, *, idempotency_key: str | None = None) -> None:
        """Take somebody out of a group.

        Keep the contact.

        Needs the scope `contacts:write`.
        """
        self.call("DELETE", f"/api/v1/groups/{segment(group_id)}/members/{segment(contact_id)}", idempotency_key=idempotency_key)

    def get_group_growth(self, group_id: int, *, days: int | Unset = UNSET) -> shapes.GrowthOut:
        """Show how a group grew.

        How many of those who are in it joined on each day of the account's calendar, the oldest first.

        Needs the scope `contacts:read`.
        """
        return cast("shapes.GrowthOut", self.call("GET", f"/api/v1/groups/{segment(group_id)}/growth", query={"days": days}))
