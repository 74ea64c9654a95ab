"""Conversations.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import Literal, cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Conversations(Caller):
    """Conversations."""

    def list_conversations(
        self,
        *,
        limit: int | Unset = UNSET,
        tab: Literal["open", "unread", "unassigned", "snoozed", "all"] | Unset = UNSET,
        search: str | Unset = UNSET,
        label_id: int | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        assignee_id: int | None | Unset = UNSET,
        may_want_out: bool | Unset = UNSET,
    ) -> Iterator[shapes.ConversationOut]:
        """List conversations.

        Begin with the one that moved last. One that moves while a program turns pages is at the top again, and nothing is left out.

        Needs the scope `messages:read`.
        """
        return self.pages(
            "/api/v1/conversations",
            {
                "limit": limit,
                "tab": tab,
                "search": search,
                "label_id": label_id,
                "number_id": number_id,
                "assignee_id": assignee_id,
                "may_want_out": may_want_out,
            },
        )

    def get_conversation(self, conversation_id: int) -> shapes.ConversationDetail:
        """Show a conversation.

        Add the person's groups, opt-outs, and how an answer would leave now. It stays unread.

        Needs the scope `messages:read`.
        """
        return cast("shapes.ConversationDetail", self.call("GET", f"/api/v1/conversations/{segment(conversation_id)}"))

    def list_conversation_messages(self, conversation_id: int, *, limit: int | Unset = UNSET) -> Iterator[shapes.ConversationItem]:
        """List what stands in a conversation.

        List what arrived, what was sent and notes, the newest first; `type` tells them apart.

        Needs the scope `messages:read`.
        """
        return self.pages(f"/api/v1/conversations/{segment(conversation_id)}/messages", {"limit": limit})

    def reply_in_conversation(
        self,
        conversation_id: int,
        *,
        text: str | Unset = UNSET,
        mms: shapes.MmsIn | None | Unset = UNSET,
        at: str | None | Unset = UNSET,
        even_if_quiet: bool | Unset = UNSET,
        is_service: bool | Unset = UNSET,
        seen_id: int | None | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.OrderedReply:
        """Answer in a conversation.

        Send from the number of the conversation: at once, at its time, or when it is quiet no longer where the person is.

        Needs the scope `messages:send`.
        """
        return cast(
            "shapes.OrderedReply",
            self.call(
                "POST",
                f"/api/v1/conversations/{segment(conversation_id)}/messages",
                body=given(
                    {"text": text, "mms": mms, "at": at, "even_if_quiet": even_if_quiet, "is_service": is_service, "seen_id": seen_id}
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def mark_read(self, conversation_id: int, *, idempotency_key: str | None = None) -> shapes.ConversationOut:
        """Mark as read.

        Say that somebody has seen all of it.

        Needs the scope `messages:write`.
        """
        return cast(
            "shapes.ConversationOut",
            self.call("POST", f"/api/v1/conversations/{segment(conversation_id)}/read", idempotency_key=idempotency_key),
        )

    def mark_unread(self, conversation_id: int, *, idempotency_key: str | None = None) -> shapes.ConversationOut:
        """Mark as unread.

        Let it look as if nobody had seen its last message.

        Needs the scope `messages:write`.
        """
        return cast(
            "shapes.ConversationOut",
            self.call("POST", f"/api/v1/conversations/{segment(conversation_id)}/unread", idempotency_key=idempotency_key),
        )

    def finish_conversation(self, conversation_id: int, *, idempotency_key: str | None = None) -> shapes.ConversationOut:
        """Mark as done.

        Take it out of the list of open ones. It opens by itself when the person writes again.

        Needs the scope `messages:write`.
        """
        return cast(
            "shapes.ConversationOut",
            self.call("POST", f"/api/v1/conversations/{segment(conversation_id)}/done", idempotency_key=idempotency_key),
        )

    def reopen_conversation(self, conversation_id: int, *, idempotency_key: str | None = None) -> shapes.ConversationOut:
        """Open again.

        Have it in the list of open ones, also where it was put off.

        Needs the scope `messages:write`.
        """
        return cast(
            "shapes.ConversationOut",
            self.call("POST", f"/api/v1/conversations/{segment(conversation_id)}/reopen", idempotency_key=idempotency_key),
        )

    def snooze_conversation(self, conversation_id: int, *, until: str, idempotency_key: str | None = None) -> shapes.ConversationOut:
        """Put off.

        Take it out of the list until a moment, or until the person writes; `reopen` brings it back at once.

        Needs the scope `messages:write`.
        """
        return cast(
            "shapes.ConversationOut",
            self.call(
                "POST",
                f"/api/v1/conversations/{segment(conversation_id)}/snooze",
                body=given({"until": until}),
                idempotency_key=idempotency_key,
            ),
        )

    def assign_conversation(
        self, conversation_id: int, *, member_id: int | None, idempotency_key: str | None = None
    ) -> shapes.ConversationOut:
        """Give to somebody.

        Tell whoever gets it. Refused (409 `cannot-answer`) for those whose role may not answer.

        Needs the scope `messages:write`.
        """
        return cast(
            "shapes.ConversationOut",
            self.call(
                "POST",
                f"/api/v1/conversations/{segment(conversation_id)}/assign",
                body=given({"member_id": member_id}),
                idempotency_key=idempotency_key,
            ),
        )

    def label_conversation(self, conversation_id: int, *, name: str, idempotency_key: str | None = None) -> shapes.LabelOut:
        """Put a label on.

        Find it by its name; a new name makes a new label.

        Needs the scope `messages:write`.
        """
        return cast(
            "shapes.LabelOut",
            self.call(
                "POST",
                f"/api/v1/conversations/{segment(conversation_id)}/labels",
                body=given({"name": name}),
                idempotency_key=idempotency_key,
            ),
        )

    def unlabel_conversation(self, conversation_id: int, label_id: int, *, idempotency_key: str | None = None) -> None:
        """Take a label off.

        Take off one label; one that is on no conversation any more is gone.

        Needs the scope `messages:write`.
        """
        self.call("DELETE", f"/api/v1/conversations/{segment(conversation_id)}/labels/{segment(label_id)}", idempotency_key=idempotency_key)

    def add_note(self, conversation_id: int, *, text: str, idempotency_key: str | None = None) -> shapes.NoteItem:
        """Write a note.

        Tell the team something that the person never sees. It stands under whoever made the key.

        Needs the scope `messages:write`.
        """
        return cast(
            "shapes.NoteItem",
            self.call(
                "POST",
                f"/api/v1/conversations/{segment(conversation_id)}/notes",
                body=given({"text": text}),
                idempotency_key=idempotency_key,
            ),
        )

    def add_writer_to_group(self, conversation_id: int, group_id: int, *, idempotency_key: str | None = None) -> shapes.WriterGroup:
        """Put the person into a group.

        Make a contact where there is none. Refused (409 `opted-out`) where the person opted out of the group, or of everything.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.WriterGroup",
            self.call(
                "PUT", f"/api/v1/conversations/{segment(conversation_id)}/groups/{segment(group_id)}", idempotency_key=idempotency_key
            ),
        )

    def remove_writer_from_group(self, conversation_id: int, group_id: int, *, idempotency_key: str | None = None) -> None:
        """Take the person out of a group.

        Leave the contact itself, and its other groups, as they are.

        Needs the scope `contacts:write`.
        """
        self.call("DELETE", f"/api/v1/conversations/{segment(conversation_id)}/groups/{segment(group_id)}", idempotency_key=idempotency_key)

    def opt_out_writer(
        self, conversation_id: int, *, message_id: int | None | Unset = UNSET, idempotency_key: str | None = None
    ) -> shapes.WriterOptedOut:
        """Opt the person out.

        Note that they want nothing any more, with a flagged message as the proof.

        Without such a message (409 `nothing-flagged`) add an opt-out under `/opt-outs`.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.WriterOptedOut",
            self.call(
                "POST",
                f"/api/v1/conversations/{segment(conversation_id)}/opt-out",
                body=given({"message_id": message_id}),
                idempotency_key=idempotency_key,
            ),
        )

    def list_labels(self, *, limit: int | Unset = UNSET) -> Iterator[shapes.LabelOut]:
        """List labels.

        Begin with the newest. A label begins with the first conversation it is put on, and ends with the last it is taken off.

        Needs the scope `messages:read`.
        """
        return self.pages("/api/v1/labels", {"limit": limit})
