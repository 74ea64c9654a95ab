"""Boards.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Boards(Caller):
    """Boards."""

    def list_boards(self, *, limit: int | Unset = UNSET) -> Iterator[shapes.BoardOut]:
        """List boards.

        Newest first.

        Needs the scope `activities:read`.
        """
        return self.pages("/api/v1/boards", {"limit": limit})

    def add_board(
        self,
        *,
        name: str,
        title: str | Unset = UNSET,
        call: str | Unset = UNSET,
        moderation: shapes.Moderation | Unset = UNSET,
        word_list: str | Unset = UNSET,
        most_per_phone: int | Unset = UNSET,
        within_minutes: int | Unset = UNSET,
        naming: shapes.Naming | Unset = UNSET,
        theme: shapes.Theme | Unset = UNSET,
        shown_count: int | Unset = UNSET,
        closed_text: str | Unset = UNSET,
        refused_text: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.BoardOut:
        """Make a board.

        Make a board; then let a keyword lead to it: a rule with the activity `post_to_board`.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.BoardOut",
            self.call(
                "POST",
                "/api/v1/boards",
                body=given(
                    {
                        "name": name,
                        "title": title,
                        "call": call,
                        "moderation": moderation,
                        "word_list": word_list,
                        "most_per_phone": most_per_phone,
                        "within_minutes": within_minutes,
                        "naming": naming,
                        "theme": theme,
                        "shown_count": shown_count,
                        "closed_text": closed_text,
                        "refused_text": refused_text,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def get_board(self, board_id: int) -> shapes.BoardOut:
        """Show a board.

        Show one with how many messages wait.

        Needs the scope `activities:read`.
        """
        return cast("shapes.BoardOut", self.call("GET", f"/api/v1/boards/{segment(board_id)}"))

    def edit_board(
        self,
        board_id: int,
        *,
        name: str | Unset = UNSET,
        title: str | Unset = UNSET,
        call: str | Unset = UNSET,
        moderation: shapes.Moderation | Unset = UNSET,
        word_list: str | Unset = UNSET,
        most_per_phone: int | Unset = UNSET,
        within_minutes: int | Unset = UNSET,
        naming: shapes.Naming | Unset = UNSET,
        theme: shapes.Theme | Unset = UNSET,
        shown_count: int | Unset = UNSET,
        closed_text: str | Unset = UNSET,
        refused_text: str | Unset = UNSET,
        is_open: bool | Unset = UNSET,
        keeps_shown: bool | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.BoardOut:
        """Change a board.

        Change, open or close it; open pages show it within a second.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.BoardOut",
            self.call(
                "PATCH",
                f"/api/v1/boards/{segment(board_id)}",
                body=given(
                    {
                        "name": name,
                        "title": title,
                        "call": call,
                        "moderation": moderation,
                        "word_list": word_list,
                        "most_per_phone": most_per_phone,
                        "within_minutes": within_minutes,
                        "naming": naming,
                        "theme": theme,
                        "shown_count": shown_count,
                        "closed_text": closed_text,
                        "refused_text": refused_text,
                        "is_open": is_open,
                        "keeps_shown": keeps_shown,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def delete_board(self, board_id: int, *, idempotency_key: str | None = None) -> None:
        """Delete a board.

        Delete the page with what is on it; the messages stay. Refused (409 `in-use`) while a rule leads there.

        Needs the scope `activities:write`.
        """
        self.call("DELETE", f"/api/v1/boards/{segment(board_id)}", idempotency_key=idempotency_key)

    def renew_board_address(self, board_id: int, *, idempotency_key: str | None = None) -> shapes.BoardOut:
        """New address.

        Move the page to another address; the one before leads nowhere.

        Needs the scope `activities:write`.
        """
        return cast("shapes.BoardOut", self.call("POST", f"/api/v1/boards/{segment(board_id)}/address", idempotency_key=idempotency_key))

    def list_board_posts(
        self,
        board_id: int,
        *,
        limit: int | Unset = UNSET,
        state: shapes.PostState | None | Unset = UNSET,
        is_test: bool | None | Unset = UNSET,
    ) -> Iterator[shapes.PostOut]:
        """List messages for a board.

        Newest first.

        Needs the scope `activities:read`.
        """
        return self.pages(f"/api/v1/boards/{segment(board_id)}/posts", {"limit": limit, "state": state, "is_test": is_test})

    def decide_board_posts(
        self, board_id: int, *, posts: list[int], decision: shapes.Decision, idempotency_key: str | None = None
    ) -> shapes.Decided:
        """Show, reject or take down messages.

        Decide several at once; open pages follow within a second.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.Decided",
            self.call(
                "POST",
                f"/api/v1/boards/{segment(board_id)}/decisions",
                body=given({"posts": posts, "decision": decision}),
                idempotency_key=idempotency_key,
            ),
        )

    def get_board_post(self, board_id: int, post_id: int) -> shapes.PostOut:
        """Show one.

        Show one message for a board.

        Needs the scope `activities:read`.
        """
        return cast("shapes.PostOut", self.call("GET", f"/api/v1/boards/{segment(board_id)}/posts/{segment(post_id)}"))

    def block_board_sender(self, board_id: int, post_id: int, *, idempotency_key: str | None = None) -> shapes.PostOut:
        """Block who wrote a message.

        Block the phone: what of it waits on any board is rejected, what is shown is taken down.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.PostOut",
            self.call("POST", f"/api/v1/boards/{segment(board_id)}/posts/{segment(post_id)}/block-sender", idempotency_key=idempotency_key),
        )
