"""Rules.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import Literal, cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Rules(Caller):
    """Rules."""

    def list_keyword_rules(self, keyword_id: int) -> shapes.RuleList:
        """List the rules of a keyword.

        All of them, in the order in which they are asked.

        Needs the scope `keywords:read`.
        """
        return cast("shapes.RuleList", self.call("GET", f"/api/v1/keywords/{segment(keyword_id)}/rules"))

    def add_keyword_rule(
        self,
        keyword_id: int,
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
        join_group_ids: list[int] | Unset = UNSET,
        join_until: str | None | Unset = UNSET,
        leave_group_ids: list[int] | Unset = UNSET,
        reply: str | Unset = UNSET,
        forward_ids: list[int] | Unset = UNSET,
        activities: list[shapes.ActivityShape] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.RuleOut:
        """Add a rule to a keyword.

        Let a keyword do something more, at other times or for other people. Among equally narrow rules it is the last.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.RuleOut",
            self.call(
                "POST",
                f"/api/v1/keywords/{segment(keyword_id)}/rules",
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
                        "join_group_ids": join_group_ids,
                        "join_until": join_until,
                        "leave_group_ids": leave_group_ids,
                        "reply": reply,
                        "forward_ids": forward_ids,
                        "activities": activities,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def list_number_rules(self, number_id: int) -> shapes.RuleList:
        """List the rules of a number.

        Say what happens to messages that match no keyword, in the order in which the rules are asked; on shared numbers nothing.

        Needs the scope `keywords:read`.
        """
        return cast("shapes.RuleList", self.call("GET", f"/api/v1/numbers/{segment(number_id)}/rules"))

    def add_number_rule(
        self,
        number_id: int,
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
        join_group_ids: list[int] | Unset = UNSET,
        join_until: str | None | Unset = UNSET,
        leave_group_ids: list[int] | Unset = UNSET,
        reply: str | Unset = UNSET,
        forward_ids: list[int] | Unset = UNSET,
        activities: list[shapes.ActivityShape] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.RuleOut:
        """Add a rule to a number.

        Let an own number do something with messages that match no keyword. Refused (409 `rule-refused`) on shared numbers.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.RuleOut",
            self.call(
                "POST",
                f"/api/v1/numbers/{segment(number_id)}/rules",
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
                        "join_group_ids": join_group_ids,
                        "join_until": join_until,
                        "leave_group_ids": leave_group_ids,
                        "reply": reply,
                        "forward_ids": forward_ids,
                        "activities": activities,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def restore_rule(self, *, undo: str, idempotency_key: str | None = None) -> shapes.RuleOut:
        """Take the deletion of a rule back.

        Let a deleted rule act again as it did, under a new id; groups and forwards that are gone are left out.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.RuleOut", self.call("POST", "/api/v1/rules/restore", body=given({"undo": undo}), idempotency_key=idempotency_key)
        )

    def get_rule(self, rule_id: int) -> shapes.RuleOut:
        """Show a rule.

        Say what it does, when and for whom, and whether a rule before it always acts in its stead.

        Needs the scope `keywords:read`.
        """
        return cast("shapes.RuleOut", self.call("GET", f"/api/v1/rules/{segment(rule_id)}"))

    def edit_rule(
        self,
        rule_id: int,
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
        join_group_ids: list[int] | Unset = UNSET,
        join_until: str | None | Unset = UNSET,
        leave_group_ids: list[int] | Unset = UNSET,
        reply: str | Unset = UNSET,
        forward_ids: list[int] | Unset = UNSET,
        activities: list[shapes.ActivityShape] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.RuleOut:
        """Change a rule.

        Leave as it is what the body leaves out; a list takes the place of the whole list before.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.RuleOut",
            self.call(
                "PATCH",
                f"/api/v1/rules/{segment(rule_id)}",
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
                        "join_group_ids": join_group_ids,
                        "join_until": join_until,
                        "leave_group_ids": leave_group_ids,
                        "reply": reply,
                        "forward_ids": forward_ids,
                        "activities": activities,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def delete_rule(self, rule_id: int, *, idempotency_key: str | None = None) -> shapes.RuleUndo:
        """Delete a rule.

        Refused (409 `last-rule`) for the only rule of a keyword. The answer takes it back for an hour.

        Needs the scope `keywords:write`.
        """
        return cast("shapes.RuleUndo", self.call("DELETE", f"/api/v1/rules/{segment(rule_id)}", idempotency_key=idempotency_key))

    def move_rule(self, rule_id: int, *, to: shapes.RuleDirection, idempotency_key: str | None = None) -> shapes.RuleList:
        """Move a rule.

        Let a rule change places with the one before or after it; only equally narrow ones do (else 409 `no-such-place`).

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.RuleList",
            self.call("POST", f"/api/v1/rules/{segment(rule_id)}/move", body=given({"to": to}), idempotency_key=idempotency_key),
        )

    def try_text(
        self,
        number_id: int,
        *,
        text: str,
        sender: str | None | Unset = UNSET,
        who: Literal["phone", "new", "member"] | Unset = UNSET,
        group_id: list[int] | Unset = UNSET,
        moment: str | None | Unset = UNSET,
    ) -> shapes.TrialOut:
        """Ask what a text would do.

        Ask the rules as they are; nothing is received, stored or sent.

        Needs the scope `keywords:read`.
        """
        return cast(
            "shapes.TrialOut",
            self.call(
                "GET",
                f"/api/v1/numbers/{segment(number_id)}/try",
                query={"text": text, "sender": sender, "who": who, "group_id": group_id, "moment": moment},
            ),
        )

    def list_examples(self, *, limit: int | Unset = UNSET, number_id: int | None | Unset = UNSET) -> Iterator[shapes.RuleExampleOut]:
        """List examples.

        Newest first; `now` tells of those that come out otherwise than expected.

        Needs the scope `keywords:read`.
        """
        return self.pages("/api/v1/examples", {"limit": limit, "number_id": number_id})

    def keep_example(
        self,
        number_id: int,
        *,
        text: str,
        sender: str | None | Unset = UNSET,
        who: shapes.SupposedSender | Unset = UNSET,
        group_ids: list[int] | Unset = UNSET,
        moment: str | None | Unset = UNSET,
        weekday: int | None | Unset = UNSET,
        at_time: str | None | Unset = UNSET,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.RuleExampleOut:
        """Keep an example.

        At most a hundred on each number (else 409 `too-many-examples`).

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.RuleExampleOut",
            self.call(
                "POST",
                f"/api/v1/numbers/{segment(number_id)}/examples",
                body=given(
                    {
                        "text": text,
                        "sender": sender,
                        "who": who,
                        "group_ids": group_ids,
                        "moment": moment,
                        "weekday": weekday,
                        "at_time": at_time,
                        "note": note,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def get_example(self, example_id: int) -> shapes.RuleExampleOut:
        """Show an example.

        Say what is expected of it, and what becomes of it now if that is something else.

        Needs the scope `keywords:read`.
        """
        return cast("shapes.RuleExampleOut", self.call("GET", f"/api/v1/examples/{segment(example_id)}"))

    def remove_example(self, example_id: int, *, idempotency_key: str | None = None) -> None:
        """Forget an example.

        Check it no more.

        Needs the scope `keywords:write`.
        """
        self.call("DELETE", f"/api/v1/examples/{segment(example_id)}", idempotency_key=idempotency_key)

    def settle_example(self, example_id: int, *, idempotency_key: str | None = None) -> shapes.RuleExampleOut:
        """Expect what happens now.

        From now on what becomes of the example under the rules as they are is what is expected.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.RuleExampleOut", self.call("POST", f"/api/v1/examples/{segment(example_id)}/settle", idempotency_key=idempotency_key)
        )

    def try_change(
        self,
        number_id: int,
        *,
        change: shapes.ReserveKeywordChange
        | shapes.EditKeywordChange
        | shapes.SwitchKeywordChange
        | shapes.AddSynonymChange
        | shapes.RemoveSynonymChange
        | shapes.AddRuleChange
        | shapes.EditRuleChange
        | shapes.DeleteRuleChange
        | shapes.MoveRuleChange
        | shapes.AddAutoresponderChange
        | shapes.EditAutoresponderChange
        | shapes.DeleteAutoresponderChange
        | shapes.MoveAutoresponderChange
        | shapes.SwitchAutoresponderChange,
        idempotency_key: str | None = None,
    ) -> shapes.ChangeConsequences:
        """Try a change before it is made.

        Change nothing. Refused as the change itself where the word, the kind or the rule could not be.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.ChangeConsequences",
            self.call(
                "POST", f"/api/v1/numbers/{segment(number_id)}/try-change", body=given({"change": change}), idempotency_key=idempotency_key
            ),
        )
