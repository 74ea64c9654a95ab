"""Texts.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import Literal, cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Texts(Caller):
    """Texts."""

    def list_texts(
        self, *, limit: int | Unset = UNSET, search: str | Unset = UNSET, use: Literal["dialogue", "campaign"] | None | Unset = UNSET
    ) -> Iterator[shapes.ReadyTextOut]:
        """List texts.

        Newest first; `search` finds part of a name.

        Needs the scope `settings:read`.
        """
        return self.pages("/api/v1/texts", {"limit": limit, "search": search, "use": use})

    def add_text(
        self, *, name: str, text: str, use: shapes.TextUse | Unset = UNSET, idempotency_key: str | None = None
    ) -> shapes.ReadyTextOut:
        """Add a text.

        Keep a text that everybody in the account can use.

        Needs the scope `settings:write`.
        """
        return cast(
            "shapes.ReadyTextOut",
            self.call("POST", "/api/v1/texts", body=given({"name": name, "text": text, "use": use}), idempotency_key=idempotency_key),
        )

    def preview_text(self, *, text: str, idempotency_key: str | None = None) -> shapes.TextPreview:
        """Show a text as people get it.

        Fill sample people in, and count the parts.

        Needs the scope `settings:write`.
        """
        return cast(
            "shapes.TextPreview", self.call("POST", "/api/v1/texts/preview", body=given({"text": text}), idempotency_key=idempotency_key)
        )

    def get_text(self, text_id: int) -> shapes.ReadyTextOut:
        """Show a text.

        Show one that everybody in the account can use.

        Needs the scope `settings:read`.
        """
        return cast("shapes.ReadyTextOut", self.call("GET", f"/api/v1/texts/{segment(text_id)}"))

    def edit_text(
        self,
        text_id: int,
        *,
        name: str | Unset = UNSET,
        text: str | Unset = UNSET,
        use: shapes.TextUse | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.ReadyTextOut:
        """Change a text.

        Change its name, its words, or what it is for.

        Needs the scope `settings:write`.
        """
        return cast(
            "shapes.ReadyTextOut",
            self.call(
                "PATCH",
                f"/api/v1/texts/{segment(text_id)}",
                body=given({"name": name, "text": text, "use": use}),
                idempotency_key=idempotency_key,
            ),
        )

    def delete_text(self, text_id: int, *, idempotency_key: str | None = None) -> None:
        """Delete a text.

        Forget a text; what was sent with it stays.

        Needs the scope `settings:write`.
        """
        self.call("DELETE", f"/api/v1/texts/{segment(text_id)}", idempotency_key=idempotency_key)
