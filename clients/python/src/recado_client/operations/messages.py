"""Messages.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import Literal, cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Messages(Caller):
    """Messages."""

    def send_messages(
        self,
        *,
        phones: list[str],
        text: str | Unset = UNSET,
        mms: shapes.MmsIn | None | Unset = UNSET,
        sender: str | None | Unset = UNSET,
        at: str | None | Unset = UNSET,
        flash: bool | Unset = UNSET,
        unique_id: str | None | Unset = UNSET,
        dlr_url: str | None | Unset = UNSET,
        test: bool | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.MessagesOut:
        """Send a text or an MMS to a few phones.

        Send it to each phone once, and say of each what became of it. Where none gets it, the answer is a problem.

        Needs the scope `messages:send`.
        """
        return cast(
            "shapes.MessagesOut",
            self.call(
                "POST",
                "/api/v1/messages",
                body=given(
                    {
                        "phones": phones,
                        "text": text,
                        "mms": mms,
                        "sender": sender,
                        "at": at,
                        "flash": flash,
                        "unique_id": unique_id,
                        "dlr_url": dlr_url,
                        "test": test,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def list_sent_messages(
        self,
        *,
        limit: int | Unset = UNSET,
        phone: str | None | Unset = UNSET,
        state: shapes.OutboundState | None | Unset = UNSET,
        kind: shapes.SendKind | None | Unset = UNSET,
        origin: shapes.Origin | None | Unset = UNSET,
        campaign_id: int | None | Unset = UNSET,
        conversation_id: int | None | Unset = UNSET,
        unique_id: str | None | Unset = UNSET,
        is_test: bool | None | Unset = UNSET,
        since: str | None | Unset = UNSET,
        until: str | None | Unset = UNSET,
    ) -> Iterator[shapes.SentOut]:
        """List sent messages.

        Begin with the last ordered. A narrowed page may be short, or empty, although older ones follow: go on while there is a `next`.

        Needs the scope `messages:read`.
        """
        return self.pages(
            "/api/v1/messages/sent",
            {
                "limit": limit,
                "phone": phone,
                "state": state,
                "kind": kind,
                "origin": origin,
                "campaign_id": campaign_id,
                "conversation_id": conversation_id,
                "unique_id": unique_id,
                "is_test": is_test,
                "since": since,
                "until": until,
            },
        )

    def get_sent_message(self, message_id: int) -> shapes.SentOut:
        """Show a sent message.

        Say where it is: `queued`, `sent`, `uncertain`, `delivered`, `undelivered`, or `unsent` for what never left.

        Needs the scope `messages:read`.
        """
        return cast("shapes.SentOut", self.call("GET", f"/api/v1/messages/sent/{segment(message_id)}"))

    def cancel_message(self, message_id: int, *, idempotency_key: str | None = None) -> shapes.SentOut:
        """Take back what waits for its time.

        Never send it; it costs nothing then. Refused (409 `not-waiting`) once it is on its way.

        Needs the scope `messages:send`.
        """
        return cast(
            "shapes.SentOut", self.call("POST", f"/api/v1/messages/sent/{segment(message_id)}/cancel", idempotency_key=idempotency_key)
        )

    def send_message_now(self, message_id: int, *, idempotency_key: str | None = None) -> shapes.SentOut:
        """Send at once what waits for its time.

        Wait no longer. Refused (409 `not-waiting`) once it is on its way. With a key for tests it goes on waiting.

        Needs the scope `messages:send`.
        """
        return cast(
            "shapes.SentOut", self.call("POST", f"/api/v1/messages/sent/{segment(message_id)}/send-now", idempotency_key=idempotency_key)
        )

    def list_received_messages(
        self,
        *,
        limit: int | Unset = UNSET,
        search: str | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        is_matched: bool | None | Unset = UNSET,
        is_test: bool | None | Unset = UNSET,
        kind: Literal["sms", "mms"] | None | Unset = UNSET,
        since: str | None | Unset = UNSET,
        until: str | None | Unset = UNSET,
    ) -> Iterator[shapes.LoggedOut]:
        """List received messages.

        Begin with the newest. A narrowed page may be short, or empty, although older ones follow: go on while there is a `next`.

        Needs the scope `messages:read`.
        """
        return self.pages(
            "/api/v1/messages/received",
            {
                "limit": limit,
                "search": search,
                "number_id": number_id,
                "keyword_id": keyword_id,
                "group_id": group_id,
                "is_matched": is_matched,
                "is_test": is_test,
                "kind": kind,
                "since": since,
                "until": until,
            },
        )

    def export_received_messages(
        self,
        *,
        search: str | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        is_matched: bool | None | Unset = UNSET,
        is_test: bool | None | Unset = UNSET,
        kind: Literal["sms", "mms"] | None | Unset = UNSET,
        since: str | None | Unset = UNSET,
        until: str | None | Unset = UNSET,
    ) -> bytes:
        """Received messages as a file.

        Write CSV in UTF-8, newest first, at most 100,000 rows; texts as they came, also those that a spreadsheet would compute.

        Needs the scope `messages:read`.
        """
        return cast(
            "bytes",
            self.call(
                "GET",
                "/api/v1/messages/received.csv",
                query={
                    "search": search,
                    "number_id": number_id,
                    "keyword_id": keyword_id,
                    "group_id": group_id,
                    "is_matched": is_matched,
                    "is_test": is_test,
                    "kind": kind,
                    "since": since,
                    "until": until,
                },
            ),
        )

    def get_received_message(self, message_id: int) -> shapes.ReceivedDetail:
        """Show a received message and why it did what it did.

        Add its trail in machine form, what was answered, and what it was forwarded as.

        Needs the scope `messages:read`.
        """
        return cast("shapes.ReceivedDetail", self.call("GET", f"/api/v1/messages/received/{segment(message_id)}"))

    def get_raw_message(self, message_id: int) -> shapes.RawOut:
        """A received message as the carrier handed it over.

        Give the octets of its text, before anything was decoded.

        Needs the scope `messages:read`.
        """
        return cast("shapes.RawOut", self.call("GET", f"/api/v1/messages/received/{segment(message_id)}/raw"))

    def redeliver_message(self, message_id: int, *, idempotency_key: str | None = None) -> shapes.RedeliveredOut:
        """Forward a received message once more.

        Call every web address again that it was forwarded to.

        Refused (409 `nothing-to-deliver`) where it is on its way already, or all are gone.

        Needs the scope `forwards:write`.
        """
        return cast(
            "shapes.RedeliveredOut",
            self.call("POST", f"/api/v1/messages/received/{segment(message_id)}/redeliver", idempotency_key=idempotency_key),
        )

    def get_attachment(self, attachment_id: int) -> shapes.AttachmentOut:
        """Show a part of an MMS.

        Of a received or a sent message, with fresh links.

        Needs the scope `messages:read`.
        """
        return cast("shapes.AttachmentOut", self.call("GET", f"/api/v1/attachments/{segment(attachment_id)}"))

    def get_attachment_content(self, attachment_id: int) -> bytes:
        """Fetch a part of an MMS.

        Its bytes as they came; the links of a picture lead to one without place and camera.

        Refused where a virus was found (409 `infected`), and where the file was deleted after its time (410 `gone`).

        Needs the scope `messages:read`.
        """
        return cast("bytes", self.call("GET", f"/api/v1/attachments/{segment(attachment_id)}/content"))

    def get_today(self) -> shapes.TodayOut:
        """The day at a glance.

        Say what came in, who waits, and what needs somebody.

        Needs the scope `messages:read`.
        """
        return cast("shapes.TodayOut", self.call("GET", "/api/v1/today"))
