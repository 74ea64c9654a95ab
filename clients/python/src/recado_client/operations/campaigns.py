"""Campaigns.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import Literal, cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Campaigns(Caller):
    """Campaigns."""

    def list_campaigns(
        self,
        *,
        limit: int | Unset = UNSET,
        state: list[Literal["draft", "scheduled", "preparing", "sending", "sent", "stopped"]] | Unset = UNSET,
        search: str | Unset = UNSET,
    ) -> Iterator[shapes.CampaignOut]:
        """List group sends.

        Newest first; `state` may be given several times, `search` finds part of a name.

        Needs the scope `messages:read`.
        """
        return self.pages("/api/v1/campaigns", {"limit": limit, "state": state, "search": search})

    def add_campaign(
        self,
        *,
        name: str | Unset = UNSET,
        text: str | Unset = UNSET,
        sender: str | None | Unset = UNSET,
        scheduled_at: str | None | Unset = UNSET,
        validity_minutes: int | None | Unset = UNSET,
        per_minute: int | None | Unset = UNSET,
        is_flash: bool | Unset = UNSET,
        is_test: bool | Unset = UNSET,
        keeps_quiet_hours: bool | Unset = UNSET,
        mms: shapes.MmsIn | None | Unset = UNSET,
        group_ids: list[int] | Unset = UNSET,
        excluded_group_ids: list[int] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.CampaignOut:
        """Begin a group send.

        Make a draft; nothing is sent. With a key for tests it is a test.

        Needs the scope `messages:send`.
        """
        return cast(
            "shapes.CampaignOut",
            self.call(
                "POST",
                "/api/v1/campaigns",
                body=given(
                    {
                        "name": name,
                        "text": text,
                        "sender": sender,
                        "scheduled_at": scheduled_at,
                        "validity_minutes": validity_minutes,
                        "per_minute": per_minute,
                        "is_flash": is_flash,
                        "is_test": is_test,
                        "keeps_quiet_hours": keeps_quiet_hours,
                        "mms": mms,
                        "group_ids": group_ids,
                        "excluded_group_ids": excluded_group_ids,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def get_campaign(self, campaign_id: int) -> shapes.CampaignOut:
        """Show a group send.

        One group send, whatever its state.

        Needs the scope `messages:read`.
        """
        return cast("shapes.CampaignOut", self.call("GET", f"/api/v1/campaigns/{segment(campaign_id)}"))

    def edit_campaign(
        self,
        campaign_id: int,
        *,
        name: str | Unset = UNSET,
        text: str | Unset = UNSET,
        sender: str | None | Unset = UNSET,
        scheduled_at: str | None | Unset = UNSET,
        validity_minutes: int | None | Unset = UNSET,
        per_minute: int | None | Unset = UNSET,
        is_flash: bool | Unset = UNSET,
        is_test: bool | Unset = UNSET,
        keeps_quiet_hours: bool | Unset = UNSET,
        mms: shapes.MmsIn | None | Unset = UNSET,
        group_ids: list[int] | Unset = UNSET,
        excluded_group_ids: list[int] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.CampaignOut:
        """Change a draft.

        Change what is given. Refused (409 `not-a-draft`) once it was sent or scheduled.

        Needs the scope `messages:send`.
        """
        return cast(
            "shapes.CampaignOut",
            self.call(
                "PATCH",
                f"/api/v1/campaigns/{segment(campaign_id)}",
                body=given(
                    {
                        "name": name,
                        "text": text,
                        "sender": sender,
                        "scheduled_at": scheduled_at,
                        "validity_minutes": validity_minutes,
                        "per_minute": per_minute,
                        "is_flash": is_flash,
                        "is_test": is_test,
                        "keeps_quiet_hours": keeps_quiet_hours,
                        "mms": mms,
                        "group_ids": group_ids,
                        "excluded_group_ids": excluded_group_ids,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def delete_campaign(self, campaign_id: int, *, idempotency_key: str | None = None) -> None:
        """Delete a draft.

        Forget a draft. What was sent is kept (409 `not-a-draft`).

        Needs the scope `messages:send`.
        """
        self.call("DELETE", f"/api/v1/campaigns/{segment(campaign_id)}", idempotency_key=idempotency_key)

    def copy_campaign(self, campaign_id: int, *, idempotency_key: str | None = None) -> shapes.CampaignOut:
        """Copy a group send.

        Make a draft with everything of a group send but its time. With a key for tests it is a test.

        Needs the scope `messages:send`.
        """
        return cast(
            "shapes.CampaignOut", self.call("POST", f"/api/v1/campaigns/{segment(campaign_id)}/copy", idempotency_key=idempotency_key)
        )

    def list_campaign_people(self, campaign_id: int, *, limit: int | Unset = UNSET) -> Iterator[shapes.CampaignPersonOut]:
        """List single people of a group send.

        Whoever it goes to besides groups, added last first.

        Needs the scope `messages:read`.
        """
        return self.pages(f"/api/v1/campaigns/{segment(campaign_id)}/people", {"limit": limit})

    def add_campaign_people(
        self,
        campaign_id: int,
        *,
        phones: list[str] | Unset = UNSET,
        contact_ids: list[int] | Unset = UNSET,
        rows: list[shapes.RowIn] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.PeopleAdded:
        """Add people to a draft.

        Add what can be read; the rest comes back in `bad`. Who is in it twice gets one text. Of drafts only (409 `not-a-draft`).

        Needs the scope `messages:send`.
        """
        return cast(
            "shapes.PeopleAdded",
            self.call(
                "POST",
                f"/api/v1/campaigns/{segment(campaign_id)}/people",
                body=given({"phones": phones, "contact_ids": contact_ids, "rows": rows}),
                idempotency_key=idempotency_key,
            ),
        )

    def remove_campaign_people(self, campaign_id: int, *, idempotency_key: str | None = None) -> None:
        """Take all single people off a draft.

        Its groups stay. Refused once it was sent (409 `not-a-draft`).

        Needs the scope `messages:send`.
        """
        self.call("DELETE", f"/api/v1/campaigns/{segment(campaign_id)}/people", idempotency_key=idempotency_key)

    def remove_campaign_person(self, campaign_id: int, person_id: int, *, idempotency_key: str | None = None) -> None:
        """Take one person off a draft.

        They may still be in one of its groups. Refused once it was sent (409 `not-a-draft`).

        Needs the scope `messages:send`.
        """
        self.call("DELETE", f"/api/v1/campaigns/{segment(campaign_id)}/people/{segment(person_id)}", idempotency_key=idempotency_key)

    def estimate_campaign(self, campaign_id: int) -> shapes.EstimateOut:
        """Estimate a draft.

        Say whom it reaches and what it costs if it were sent now: what `send` asks for. Of drafts only (409 `not-a-draft`).

        Needs the scope `messages:read`.
        """
        return cast("shapes.EstimateOut", self.call("GET", f"/api/v1/campaigns/{segment(campaign_id)}/estimate"))

    def preview_campaign(self, campaign_id: int, *, position: int | Unset = UNSET) -> shapes.PreviewOut:
        """Show the text of one recipient.

        Write out what the recipient at a position gets, counted from 1 in the order of numbers. Of drafts only (409 `not-a-draft`).

        Needs the scope `messages:read`.
        """
        return cast(
            "shapes.PreviewOut", self.call("GET", f"/api/v1/campaigns/{segment(campaign_id)}/preview", query={"position": position})
        )

    def try_campaign(self, campaign_id: int, *, phone: str, idempotency_key: str | None = None) -> shapes.TriedOut:
        """Try a draft on one phone.

        Send the text of the first recipient to one phone, as a single message at its price.

        Needs the scope `messages:send`.
        """
        return cast(
            "shapes.TriedOut",
            self.call(
                "POST", f"/api/v1/campaigns/{segment(campaign_id)}/try", body=given({"phone": phone}), idempotency_key=idempotency_key
            ),
        )

    def send_campaign(self, campaign_id: int, *, recipient_count: int, cost: int, idempotency_key: str | None = None) -> shapes.CampaignOut:
        """Send a draft.

        Send at once, or at `scheduled_at`; the whole cost is reserved now. Nothing is sent (409) if count or cost changed.

        Needs the scope `messages:send`.
        """
        return cast(
            "shapes.CampaignOut",
            self.call(
                "POST",
                f"/api/v1/campaigns/{segment(campaign_id)}/send",
                body=given({"recipient_count": recipient_count, "cost": cost}),
                idempotency_key=idempotency_key,
            ),
        )

    def stop_campaign(self, campaign_id: int, *, idempotency_key: str | None = None) -> shapes.CampaignOut:
        """Stop a group send.

        Give out nothing more; what is being handed over at this moment still goes. Refused (409 `not-under-way`) before and after.

        Needs the scope `messages:send`.
        """
        return cast(
            "shapes.CampaignOut", self.call("POST", f"/api/v1/campaigns/{segment(campaign_id)}/stop", idempotency_key=idempotency_key)
        )

    def cancel_campaign(self, campaign_id: int, *, idempotency_key: str | None = None) -> shapes.CampaignOut:
        """Take back a scheduled group send.

        Make it a draft again and give back the money. Refused (409 `not-scheduled`) once its time has come.

        Needs the scope `messages:send`.
        """
        return cast(
            "shapes.CampaignOut", self.call("POST", f"/api/v1/campaigns/{segment(campaign_id)}/cancel", idempotency_key=idempotency_key)
        )

    def get_campaign_progress(self, campaign_id: int) -> shapes.ProgressOut:
        """Show how far a group send is.

        Count by state and reason; cheap enough to ask every few seconds.

        Needs the scope `messages:read`.
        """
        return cast("shapes.ProgressOut", self.call("GET", f"/api/v1/campaigns/{segment(campaign_id)}/progress"))

    def list_campaign_messages(
        self,
        campaign_id: int,
        *,
        limit: int | Unset = UNSET,
        state: shapes.OutboundState | None | Unset = UNSET,
        reason: str | None | Unset = UNSET,
        phone: str | None | Unset = UNSET,
    ) -> Iterator[shapes.CampaignMessageOut]:
        """List messages of a group send.

        One for each recipient, written last first.

        Needs the scope `messages:read`.
        """
        return self.pages(
            f"/api/v1/campaigns/{segment(campaign_id)}/messages", {"limit": limit, "state": state, "reason": reason, "phone": phone}
        )

    def list_campaign_replies(self, campaign_id: int, *, limit: int | Unset = UNSET) -> Iterator[shapes.ReplyOut]:
        """List replies to a group send.

        Newest first, whatever people answered with.

        Needs the scope `messages:read`.
        """
        return self.pages(f"/api/v1/campaigns/{segment(campaign_id)}/replies", {"limit": limit})

    def list_campaign_opt_outs(self, campaign_id: int, *, limit: int | Unset = UNSET) -> Iterator[shapes.CampaignOptOutOut]:
        """List opt-outs after a group send.

        Who answered that they want no more, newest first; lifted ones too.

        Needs the scope `messages:read`.
        """
        return self.pages(f"/api/v1/campaigns/{segment(campaign_id)}/opt-outs", {"limit": limit})

    def export_campaign(self, campaign_id: int) -> bytes:
        """Take away the report of a group send.

        Give a CSV file with a row for each recipient, in the order they were written.

        Needs the scope `messages:read`.
        """
        return cast("bytes", self.call("GET", f"/api/v1/campaigns/{segment(campaign_id)}/export"))
