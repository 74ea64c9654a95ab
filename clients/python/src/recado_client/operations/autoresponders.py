"""Autoresponders.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Autoresponders(Caller):
    """Autoresponders."""

    def list_autoresponders(self, *, limit: int | Unset = UNSET) -> Iterator[shapes.AutoresponderOut]:
        """List autoresponders.

        In the order in which they are asked: the first that fits gives the answer.

        Needs the scope `keywords:read`.
        """
        return self.pages("/api/v1/autoresponders", {"limit": limit})

    def add_autoresponder(
        self,
        *,
        name: str,
        text: str,
        is_enabled: bool | Unset = UNSET,
        starts_at: str | None | Unset = UNSET,
        ends_at: str | None | Unset = UNSET,
        weekdays: list[int] | Unset = UNSET,
        from_time: str | None | Unset = UNSET,
        until_time: str | None | Unset = UNSET,
        days: shapes.Days | Unset = UNSET,
        office_hours: shapes.OfficeHours | Unset = UNSET,
        in_group_id: int | None | Unset = UNSET,
        not_in_group_id: int | None | Unset = UNSET,
        occasion: shapes.Occasion | Unset = UNSET,
        standing: shapes.ConditionStanding | Unset = UNSET,
        sender_prefixes: list[str] | Unset = UNSET,
        daily_ceiling: int | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
        once_minutes: int | None | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.AutoresponderOut:
        """Add an autoresponder.

        Let a text answer by itself; it is the last to be asked.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.AutoresponderOut",
            self.call(
                "POST",
                "/api/v1/autoresponders",
                body=given(
                    {
                        "is_enabled": is_enabled,
                        "starts_at": starts_at,
                        "ends_at": ends_at,
                        "weekdays": weekdays,
                        "from_time": from_time,
                        "until_time": until_time,
                        "days": days,
                        "office_hours": office_hours,
                        "in_group_id": in_group_id,
                        "not_in_group_id": not_in_group_id,
                        "occasion": occasion,
                        "standing": standing,
                        "sender_prefixes": sender_prefixes,
                        "daily_ceiling": daily_ceiling,
                        "name": name,
                        "text": text,
                        "number_id": number_id,
                        "keyword_id": keyword_id,
                        "once_minutes": once_minutes,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def preview_autoresponder(
        self,
        *,
        text: str,
        number_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.AnswerPreview:
        """Show a text as a person would get it.

        Fill sample values in, count and price it. Nothing is sent.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.AnswerPreview",
            self.call(
                "POST",
                "/api/v1/autoresponders/preview",
                body=given({"text": text, "number_id": number_id, "keyword_id": keyword_id}),
                idempotency_key=idempotency_key,
            ),
        )

    def restore_autoresponder(self, *, undo: str, idempotency_key: str | None = None) -> shapes.AutoresponderOut:
        """Take a deletion back.

        Let it answer again as it did, at its place. Refused (409 `too-late`) after an hour, or where its keyword is gone.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.AutoresponderOut",
            self.call("POST", "/api/v1/autoresponders/restore", body=given({"undo": undo}), idempotency_key=idempotency_key),
        )

    def get_autoresponder(self, autoresponder_id: int) -> shapes.AutoresponderOut:
        """Show an autoresponder.

        Show what it answers, when and to whom, and what it did today.

        Needs the scope `keywords:read`.
        """
        return cast("shapes.AutoresponderOut", self.call("GET", f"/api/v1/autoresponders/{segment(autoresponder_id)}"))

    def edit_autoresponder(
        self,
        autoresponder_id: int,
        *,
        is_enabled: bool | Unset = UNSET,
        starts_at: str | None | Unset = UNSET,
        ends_at: str | None | Unset = UNSET,
        weekdays: list[int] | Unset = UNSET,
        from_time: str | None | Unset = UNSET,
        until_time: str | None | Unset = UNSET,
        days: shapes.Days | Unset = UNSET,
        office_hours: shapes.OfficeHours | Unset = UNSET,
        in_group_id: int | None | Unset = UNSET,
        not_in_group_id: int | None | Unset = UNSET,
        occasion: shapes.Occasion | Unset = UNSET,
        standing: shapes.ConditionStanding | Unset = UNSET,
        sender_prefixes: list[str] | Unset = UNSET,
        daily_ceiling: int | None | Unset = UNSET,
        name: str | Unset = UNSET,
        text: str | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
        once_minutes: int | None | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.AutoresponderOut:
        """Change an autoresponder.

        Let the next message be handled this way; its place stays. Naming a keyword takes the number away, and the other way round.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.AutoresponderOut",
            self.call(
                "PATCH",
                f"/api/v1/autoresponders/{segment(autoresponder_id)}",
                body=given(
                    {
                        "is_enabled": is_enabled,
                        "starts_at": starts_at,
                        "ends_at": ends_at,
                        "weekdays": weekdays,
                        "from_time": from_time,
                        "until_time": until_time,
                        "days": days,
                        "office_hours": office_hours,
                        "in_group_id": in_group_id,
                        "not_in_group_id": not_in_group_id,
                        "occasion": occasion,
                        "standing": standing,
                        "sender_prefixes": sender_prefixes,
                        "daily_ceiling": daily_ceiling,
                        "name": name,
                        "text": text,
                        "number_id": number_id,
                        "keyword_id": keyword_id,
                        "once_minutes": once_minutes,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def delete_autoresponder(self, autoresponder_id: int, *, idempotency_key: str | None = None) -> shapes.AutoresponderUndo:
        """Delete an autoresponder.

        Let it answer no more; the answer of this call takes that back for an hour.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.AutoresponderUndo",
            self.call("DELETE", f"/api/v1/autoresponders/{segment(autoresponder_id)}", idempotency_key=idempotency_key),
        )

    def move_autoresponder(self, autoresponder_id: int, *, place: int, idempotency_key: str | None = None) -> shapes.AutoresponderOut:
        """Move an autoresponder.

        Ask it earlier or later.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.AutoresponderOut",
            self.call(
                "POST",
                f"/api/v1/autoresponders/{segment(autoresponder_id)}/move",
                body=given({"place": place}),
                idempotency_key=idempotency_key,
            ),
        )

    def switch_autoresponder_on(self, autoresponder_id: int, *, idempotency_key: str | None = None) -> shapes.AutoresponderOut:
        """Switch it on.

        Let it answer.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.AutoresponderOut",
            self.call("POST", f"/api/v1/autoresponders/{segment(autoresponder_id)}/switch-on", idempotency_key=idempotency_key),
        )

    def switch_autoresponder_off(self, autoresponder_id: int, *, idempotency_key: str | None = None) -> shapes.AutoresponderOut:
        """Switch it off.

        Let it rest until it is switched on again.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.AutoresponderOut",
            self.call("POST", f"/api/v1/autoresponders/{segment(autoresponder_id)}/switch-off", idempotency_key=idempotency_key),
        )

    def copy_autoresponder(
        self, autoresponder_id: int, *, name: str | None | Unset = UNSET, idempotency_key: str | None = None
    ) -> shapes.AutoresponderOut:
        """Copy an autoresponder.

        Make another one like it right behind it, switched off, so that it can be changed in peace.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.AutoresponderOut",
            self.call(
                "POST",
                f"/api/v1/autoresponders/{segment(autoresponder_id)}/copy",
                body=given({"name": name}),
                idempotency_key=idempotency_key,
            ),
        )

    def list_paused_answers(
        self, *, limit: int | Unset = UNSET, is_over: bool | Unset = UNSET, phone: str | None | Unset = UNSET
    ) -> Iterator[shapes.PausedAnswer]:
        """List them.

        Newest first: where automatic answers are stopped now, or were.

        Needs the scope `keywords:read`.
        """
        return self.pages("/api/v1/paused-answers", {"limit": limit, "is_over": is_over, "phone": phone})

    def resume_all_answers(self, *, idempotency_key: str | None = None) -> shapes.AnsweredAgain:
        """Answer all again.

        Answer all phones again; what a ceiling stopped stays.

        Needs the scope `keywords:write`.
        """
        return cast("shapes.AnsweredAgain", self.call("POST", "/api/v1/paused-answers/resume", idempotency_key=idempotency_key))

    def resume_answers(self, paused_id: int, *, idempotency_key: str | None = None) -> shapes.AnsweredAgain:
        """Answer a phone again.

        Answer one phone again. Refused (409 `ceiling-reached`) where nobody is answered.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.AnsweredAgain",
            self.call("POST", f"/api/v1/paused-answers/{segment(paused_id)}/resume", idempotency_key=idempotency_key),
        )
