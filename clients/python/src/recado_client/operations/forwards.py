"""Forwards.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Forwards(Caller):
    """Forwards."""

    def list_forwards(self, *, limit: int | Unset = UNSET, search: str | Unset = UNSET) -> Iterator[shapes.ForwardOut]:
        """List forwards.

        Newest first, each with how it fares and which rules use it; `search` finds part of a name.

        Needs the scope `forwards:read`.
        """
        return self.pages("/api/v1/forwards", {"limit": limit, "search": search})

    def add_forward(
        self,
        *,
        body: shapes.UrlForwardIn | shapes.WebhookForwardIn | shapes.EmailForwardIn | shapes.PhoneForwardIn,
        idempotency_key: str | None = None,
    ) -> shapes.ForwardWithSecret:
        """Add a forward.

        Let rules name it from now on; a phone must agree by a code first. A webhook's secret is in this answer, and never again.

        Needs the scope `forwards:write`.
        """
        return cast("shapes.ForwardWithSecret", self.call("POST", "/api/v1/forwards", body=body, idempotency_key=idempotency_key))

    def preview_forward(
        self, *, body: shapes.UrlPreviewIn | shapes.EmailPreviewIn | shapes.PhonePreviewIn, idempotency_key: str | None = None
    ) -> shapes.ForwardPreviewOut:
        """Show what would be sent.

        Fill a sample message into the call of a web address or the subject of a mail, or say what a phone would cost. Nothing is sent.

        Needs the scope `forwards:write`.
        """
        return cast("shapes.ForwardPreviewOut", self.call("POST", "/api/v1/forwards/preview", body=body, idempotency_key=idempotency_key))

    def get_forward(self, forward_id: int) -> shapes.ForwardOut:
        """Show a forward.

        How it fares, which rules use it, and for a phone what it costs. Places of delivery reports can be shown, too.

        Needs the scope `forwards:read`.
        """
        return cast("shapes.ForwardOut", self.call("GET", f"/api/v1/forwards/{segment(forward_id)}"))

    def edit_forward(
        self,
        forward_id: int,
        *,
        name: str | Unset = UNSET,
        url: str | Unset = UNSET,
        method: shapes.ForwardMethod | Unset = UNSET,
        phone_form: shapes.ForwardPhoneForm | Unset = UNSET,
        takes_replies: bool | Unset = UNSET,
        format: shapes.ForwardFormat | Unset = UNSET,
        signature: shapes.ForwardSignature | Unset = UNSET,
        headers: dict[str, str] | Unset = UNSET,
        batch_limit: int | Unset = UNSET,
        email: str | Unset = UNSET,
        subject: str | Unset = UNSET,
        has_attachments: bool | Unset = UNSET,
        phone: str | Unset = UNSET,
        daily_limit: int | None | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.ForwardWithSecret:
        """Change a forward.

        Let what waits go to the new place. A webhook that is signed in another way gets a new secret, which is in this answer.

        Needs the scope `forwards:write`.
        """
        return cast(
            "shapes.ForwardWithSecret",
            self.call(
                "PATCH",
                f"/api/v1/forwards/{segment(forward_id)}",
                body=given(
                    {
                        "name": name,
                        "url": url,
                        "method": method,
                        "phone_form": phone_form,
                        "takes_replies": takes_replies,
                        "format": format,
                        "signature": signature,
                        "headers": headers,
                        "batch_limit": batch_limit,
                        "email": email,
                        "subject": subject,
                        "has_attachments": has_attachments,
                        "phone": phone,
                        "daily_limit": daily_limit,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def delete_forward(self, forward_id: int, *, idempotency_key: str | None = None) -> None:
        """Remove a forward.

        Give up what waits for it; what was delivered can still be read. Refused (409 `in-use`) while a rule forwards there.

        Needs the scope `forwards:write`.
        """
        self.call("DELETE", f"/api/v1/forwards/{segment(forward_id)}", idempotency_key=idempotency_key)

    def try_out_forward(
        self,
        forward_id: int,
        *,
        sender: str | None | Unset = UNSET,
        text: str | None | Unset = UNSET,
        is_mms: bool | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.DeliveryOut:
        """Try a forward out.

        Send a sample, once, also where the forward is paused or off; the delivery shows what was answered. To a phone it costs a text.

        Needs the scope `forwards:write`.
        """
        return cast(
            "shapes.DeliveryOut",
            self.call(
                "POST",
                f"/api/v1/forwards/{segment(forward_id)}/test",
                body=given({"sender": sender, "text": text, "is_mms": is_mms}),
                idempotency_key=idempotency_key,
            ),
        )

    def pause_forward(self, forward_id: int, *, idempotency_key: str | None = None) -> shapes.ForwardOut:
        """Pause a forward.

        Let what comes meanwhile wait; nothing is lost.

        Needs the scope `forwards:write`.
        """
        return cast(
            "shapes.ForwardOut", self.call("POST", f"/api/v1/forwards/{segment(forward_id)}/pause", idempotency_key=idempotency_key)
        )

    def resume_forward(self, forward_id: int, *, idempotency_key: str | None = None) -> shapes.ForwardWentOn:
        """Resume a forward.

        Let what waits go there now, in its order.

        Needs the scope `forwards:write`.
        """
        return cast(
            "shapes.ForwardWentOn", self.call("POST", f"/api/v1/forwards/{segment(forward_id)}/resume", idempotency_key=idempotency_key)
        )

    def try_forward_now(self, forward_id: int, *, idempotency_key: str | None = None) -> shapes.ForwardWentOn:
        """Try at once.

        Try at once what waits for its next try; what waits for a paused forward goes on waiting.

        Needs the scope `forwards:write`.
        """
        return cast(
            "shapes.ForwardWentOn", self.call("POST", f"/api/v1/forwards/{segment(forward_id)}/try-now", idempotency_key=idempotency_key)
        )

    def switch_forward_on(self, forward_id: int, *, idempotency_key: str | None = None) -> shapes.ForwardOut:
        """Switch a forward on.

        Forward messages there again.

        Needs the scope `forwards:write`.
        """
        return cast(
            "shapes.ForwardOut", self.call("POST", f"/api/v1/forwards/{segment(forward_id)}/switch-on", idempotency_key=idempotency_key)
        )

    def switch_forward_off(self, forward_id: int, *, idempotency_key: str | None = None) -> shapes.ForwardOut:
        """Switch a forward off.

        Forward nothing there, and let nothing wait; to let it wait, pause it. Rules go on naming it.

        Needs the scope `forwards:write`.
        """
        return cast(
            "shapes.ForwardOut", self.call("POST", f"/api/v1/forwards/{segment(forward_id)}/switch-off", idempotency_key=idempotency_key)
        )

    def deliver_forwards_again(
        self, forward_id: int, *, body: shapes.DeliverAgainIn, idempotency_key: str | None = None
    ) -> shapes.DeliveredAgain:
        """Deliver many again.

        Make what was given up in a time, or all of it, once more, oldest first; also to another address or another forward.

        Needs the scope `forwards:write`.
        """
        return cast(
            "shapes.DeliveredAgain",
            self.call("POST", f"/api/v1/forwards/{segment(forward_id)}/deliver-again", body=body, idempotency_key=idempotency_key),
        )

    def send_forward_code(self, forward_id: int, *, idempotency_key: str | None = None) -> shapes.PhoneCodeSent:
        """Send a code to the phone.

        Ask whoever has the phone whether messages may go there; the text costs nothing. Give the code to `confirm`.

        Needs the scope `forwards:write`.
        """
        return cast(
            "shapes.PhoneCodeSent", self.call("POST", f"/api/v1/forwards/{segment(forward_id)}/code", idempotency_key=idempotency_key)
        )

    def confirm_forward(self, forward_id: int, *, code: str, idempotency_key: str | None = None) -> shapes.ForwardOut:
        """Confirm a phone by its code.

        From then on messages go there, and to every forward of the account with this phone. After five wrong codes a new one is needed.

        Needs the scope `forwards:write`.
        """
        return cast(
            "shapes.ForwardOut",
            self.call(
                "POST", f"/api/v1/forwards/{segment(forward_id)}/confirm", body=given({"code": code}), idempotency_key=idempotency_key
            ),
        )

    def list_forward_secrets(self, forward_id: int) -> list[shapes.ForwardSecretOut]:
        """List the secrets in force.

        Show them, the newest first; two while they are exchanged.

        Needs the scope `forwards:read`.
        """
        return cast("list[shapes.ForwardSecretOut]", self.call("GET", f"/api/v1/forwards/{segment(forward_id)}/secrets"))

    def rotate_forward_secret(
        self, forward_id: int, *, overlap_hours: int | Unset = UNSET, idempotency_key: str | None = None
    ) -> shapes.NewForwardSecret:
        """Exchange the secret.

        Make another secret, which signs at once; the old one signs beside it for the overlap, so that nothing is refused meanwhile.

        Needs the scope `forwards:write`.
        """
        return cast(
            "shapes.NewForwardSecret",
            self.call(
                "POST",
                f"/api/v1/forwards/{segment(forward_id)}/secrets",
                body=given({"overlap_hours": overlap_hours}),
                idempotency_key=idempotency_key,
            ),
        )
