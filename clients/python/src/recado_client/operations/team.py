"""Team.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import Literal, cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Team(Caller):
    """Team."""

    def list_members(self, *, limit: int | Unset = UNSET) -> Iterator[shapes.TeamMemberOut]:
        """List members.

        Who joined last comes first.

        Needs the scope `settings:read`.
        """
        return self.pages("/api/v1/team/members", {"limit": limit})

    def get_member(self, member_id: int) -> shapes.TeamMemberOut:
        """Show a member.

        One person with the role they have in this account.

        Needs the scope `settings:read`.
        """
        return cast("shapes.TeamMemberOut", self.call("GET", f"/api/v1/team/members/{segment(member_id)}"))

    def edit_member(
        self, member_id: int, *, role: Literal["admin", "editor", "agent", "viewer", "billing", "api"], idempotency_key: str | None = None
    ) -> shapes.TeamMemberOut:
        """Give somebody another role.

        Keys never make or change owners (409 `owners-only`).

        Needs the scope `settings:write`.
        """
        return cast(
            "shapes.TeamMemberOut",
            self.call("PATCH", f"/api/v1/team/members/{segment(member_id)}", body=given({"role": role}), idempotency_key=idempotency_key),
        )

    def remove_member(self, member_id: int, *, idempotency_key: str | None = None) -> None:
        """Take somebody out of the team.

        Their login stays, conversations assigned to them are nobody's again. Keys never remove owners (409 `owners-only`).

        Needs the scope `settings:write`.
        """
        self.call("DELETE", f"/api/v1/team/members/{segment(member_id)}", idempotency_key=idempotency_key)

    def list_invitations(self, *, limit: int | Unset = UNSET) -> Iterator[shapes.InvitationOut]:
        """List open invitations.

        Newest first; those that were taken, withdrawn or are too old are not among them.

        Needs the scope `settings:read`.
        """
        return self.pages("/api/v1/team/invitations", {"limit": limit})

    def invite_member(
        self, *, role: Literal["admin", "editor", "agent", "viewer", "billing", "api"], email: str, idempotency_key: str | None = None
    ) -> shapes.InvitedOut:
        """Invite somebody.

        Offer a role by mail for a week; an earlier offer to the address ends. Refused (409 `already-there`) for who is in the team.

        Needs the scope `settings:write`.
        """
        return cast(
            "shapes.InvitedOut",
            self.call("POST", "/api/v1/team/invitations", body=given({"role": role, "email": email}), idempotency_key=idempotency_key),
        )

    def resend_invitation(self, invitation_id: int, *, idempotency_key: str | None = None) -> shapes.InvitedOut:
        """Invite once more.

        Send an offer again with a new link, as a new invitation; the old link ends. Keys do not offer to make owners (409 `owners-only`).

        Needs the scope `settings:write`.
        """
        return cast(
            "shapes.InvitedOut",
            self.call("POST", f"/api/v1/team/invitations/{segment(invitation_id)}/resend", idempotency_key=idempotency_key),
        )

    def revoke_invitation(self, invitation_id: int, *, idempotency_key: str | None = None) -> None:
        """Withdraw an invitation.

        End an offer that was not taken yet. Keys do not withdraw what owners are offered (409 `owners-only`).

        Needs the scope `settings:write`.
        """
        self.call("DELETE", f"/api/v1/team/invitations/{segment(invitation_id)}", idempotency_key=idempotency_key)
