"""Contests.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Contests(Caller):
    """Contests."""

    def list_contests(self, *, limit: int | Unset = UNSET, search: str | Unset = UNSET) -> Iterator[shapes.ContestOut]:
        """List contests.

        Newest first; `search` finds part of a name.

        Needs the scope `activities:read`.
        """
        return self.pages("/api/v1/contests", {"limit": limit, "search": search})

    def add_contest(
        self,
        *,
        name: str,
        closes_at: str,
        opens_at: str | None | Unset = UNSET,
        entry_rule: shapes.EntryRule | Unset = UNSET,
        prizes: str | Unset = UNSET,
        rules_text: str | Unset = UNSET,
        organiser: str | Unset = UNSET,
        correct_answers: list[str] | Unset = UNSET,
        every: int | None | Unset = UNSET,
        win_cap: int | None | Unset = UNSET,
        win_cap_per_day: int | None | Unset = UNSET,
        limit_per_day: int | None | Unset = UNSET,
        limit_total: int | None | Unset = UNSET,
        min_age: int | None | Unset = UNSET,
        excludes_earlier_winners: bool | Unset = UNSET,
        excluded_group_id: int | None | Unset = UNSET,
        winner_count: int | Unset = UNSET,
        reserve_count: int | Unset = UNSET,
        entered_text: str | Unset = UNSET,
        win_text: str | Unset = UNSET,
        lose_text: str | Unset = UNSET,
        wrong_text: str | Unset = UNSET,
        already_text: str | Unset = UNSET,
        early_text: str | Unset = UNSET,
        late_text: str | Unset = UNSET,
        age_text: str | Unset = UNSET,
        refused_text: str | Unset = UNSET,
        notify_text: str | Unset = UNSET,
        is_public: bool | Unset = UNSET,
        shows_winners: bool | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.ContestOut:
        """Make a contest.

        People enter once a keyword leads to it: give it one, or name it in `activities` of a rule.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.ContestOut",
            self.call(
                "POST",
                "/api/v1/contests",
                body=given(
                    {
                        "opens_at": opens_at,
                        "entry_rule": entry_rule,
                        "prizes": prizes,
                        "rules_text": rules_text,
                        "organiser": organiser,
                        "correct_answers": correct_answers,
                        "every": every,
                        "win_cap": win_cap,
                        "win_cap_per_day": win_cap_per_day,
                        "limit_per_day": limit_per_day,
                        "limit_total": limit_total,
                        "min_age": min_age,
                        "excludes_earlier_winners": excludes_earlier_winners,
                        "excluded_group_id": excluded_group_id,
                        "winner_count": winner_count,
                        "reserve_count": reserve_count,
                        "entered_text": entered_text,
                        "win_text": win_text,
                        "lose_text": lose_text,
                        "wrong_text": wrong_text,
                        "already_text": already_text,
                        "early_text": early_text,
                        "late_text": late_text,
                        "age_text": age_text,
                        "refused_text": refused_text,
                        "notify_text": notify_text,
                        "is_public": is_public,
                        "shows_winners": shows_winners,
                        "name": name,
                        "closes_at": closes_at,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def get_contest(self, contest_id: int) -> shapes.ContestOut:
        """Show a contest.

        One contest with where it stands.

        Needs the scope `activities:read`.
        """
        return cast("shapes.ContestOut", self.call("GET", f"/api/v1/contests/{segment(contest_id)}"))

    def edit_contest(
        self,
        contest_id: int,
        *,
        opens_at: str | None | Unset = UNSET,
        entry_rule: shapes.EntryRule | Unset = UNSET,
        prizes: str | Unset = UNSET,
        rules_text: str | Unset = UNSET,
        organiser: str | Unset = UNSET,
        correct_answers: list[str] | Unset = UNSET,
        every: int | None | Unset = UNSET,
        win_cap: int | None | Unset = UNSET,
        win_cap_per_day: int | None | Unset = UNSET,
        limit_per_day: int | None | Unset = UNSET,
        limit_total: int | None | Unset = UNSET,
        min_age: int | None | Unset = UNSET,
        excludes_earlier_winners: bool | Unset = UNSET,
        excluded_group_id: int | None | Unset = UNSET,
        winner_count: int | Unset = UNSET,
        reserve_count: int | Unset = UNSET,
        entered_text: str | Unset = UNSET,
        win_text: str | Unset = UNSET,
        lose_text: str | Unset = UNSET,
        wrong_text: str | Unset = UNSET,
        already_text: str | Unset = UNSET,
        early_text: str | Unset = UNSET,
        late_text: str | Unset = UNSET,
        age_text: str | Unset = UNSET,
        refused_text: str | Unset = UNSET,
        notify_text: str | Unset = UNSET,
        is_public: bool | Unset = UNSET,
        shows_winners: bool | Unset = UNSET,
        name: str | Unset = UNSET,
        closes_at: str | None | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.ContestOut:
        """Change a contest.

        Change what is named. Once people entered the rule stays, and once the list is frozen all that it follows from.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.ContestOut",
            self.call(
                "PATCH",
                f"/api/v1/contests/{segment(contest_id)}",
                body=given(
                    {
                        "opens_at": opens_at,
                        "entry_rule": entry_rule,
                        "prizes": prizes,
                        "rules_text": rules_text,
                        "organiser": organiser,
                        "correct_answers": correct_answers,
                        "every": every,
                        "win_cap": win_cap,
                        "win_cap_per_day": win_cap_per_day,
                        "limit_per_day": limit_per_day,
                        "limit_total": limit_total,
                        "min_age": min_age,
                        "excludes_earlier_winners": excludes_earlier_winners,
                        "excluded_group_id": excluded_group_id,
                        "winner_count": winner_count,
                        "reserve_count": reserve_count,
                        "entered_text": entered_text,
                        "win_text": win_text,
                        "lose_text": lose_text,
                        "wrong_text": wrong_text,
                        "already_text": already_text,
                        "early_text": early_text,
                        "late_text": late_text,
                        "age_text": age_text,
                        "refused_text": refused_text,
                        "notify_text": notify_text,
                        "is_public": is_public,
                        "shows_winners": shows_winners,
                        "name": name,
                        "closes_at": closes_at,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def end_contest(self, contest_id: int, *, idempotency_key: str | None = None) -> shapes.ContestOut:
        """End a contest now.

        Whoever texts later is not in. Refused (409 `over-already`) where it is over.

        Needs the scope `activities:write`.
        """
        return cast("shapes.ContestOut", self.call("POST", f"/api/v1/contests/{segment(contest_id)}/end", idempotency_key=idempotency_key))

    def copy_contest(self, contest_id: int, *, name: str, idempotency_key: str | None = None) -> shapes.ContestOut:
        """Copy a contest.

        Make one like it that begins tomorrow, lasts as long, has no keyword and no public page yet.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.ContestOut",
            self.call("POST", f"/api/v1/contests/{segment(contest_id)}/copy", body=given({"name": name}), idempotency_key=idempotency_key),
        )

    def get_contest_figures(self, contest_id: int) -> shapes.ContestFigures:
        """Show a contest in figures.

        Count entries, people and refusals now; cheap enough to ask every few seconds.

        Needs the scope `activities:read`.
        """
        return cast("shapes.ContestFigures", self.call("GET", f"/api/v1/contests/{segment(contest_id)}/figures"))

    def list_contest_keywords(self, contest_id: int) -> list[shapes.ContestKeywordOut]:
        """List keywords of a contest.

        Name the words by which people enter.

        Needs the scope `activities:read`.
        """
        return cast("list[shapes.ContestKeywordOut]", self.call("GET", f"/api/v1/contests/{segment(contest_id)}/keywords"))

    def add_contest_keyword(
        self, contest_id: int, *, number_id: int, word: str, idempotency_key: str | None = None
    ) -> shapes.ContestKeywordOut:
        """Give a contest a keyword.

        Reserve the word: a base keyword on an own number, so that what follows is the answer; an exact one on a shared number.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.ContestKeywordOut",
            self.call(
                "POST",
                f"/api/v1/contests/{segment(contest_id)}/keywords",
                body=given({"number_id": number_id, "word": word}),
                idempotency_key=idempotency_key,
            ),
        )

    def list_contest_entries(
        self,
        contest_id: int,
        *,
        limit: int | Unset = UNSET,
        state: shapes.EntryState | None | Unset = UNSET,
        reason: shapes.ContestRefusal | None | Unset = UNSET,
        phone: str | None | Unset = UNSET,
        day: str | None | Unset = UNSET,
        is_winner: bool | None | Unset = UNSET,
        is_test: bool | Unset = UNSET,
    ) -> Iterator[shapes.ContestEntryOut]:
        """List entries of a contest.

        Latest first; tests only with `is_test`.

        Needs the scope `activities:read`.
        """
        return self.pages(
            f"/api/v1/contests/{segment(contest_id)}/entries",
            {"limit": limit, "state": state, "reason": reason, "phone": phone, "day": day, "is_winner": is_winner, "is_test": is_test},
        )

    def export_contest_entries(
        self,
        contest_id: int,
        *,
        state: shapes.EntryState | None | Unset = UNSET,
        reason: shapes.ContestRefusal | None | Unset = UNSET,
        phone: str | None | Unset = UNSET,
        day: str | None | Unset = UNSET,
        is_winner: bool | None | Unset = UNSET,
        is_test: bool | Unset = UNSET,
    ) -> bytes:
        """Take away the entries of a contest.

        Give a CSV file with a row for each entry, the first first.

        Needs the scope `activities:read`.
        """
        return cast(
            "bytes",
            self.call(
                "GET",
                f"/api/v1/contests/{segment(contest_id)}/entries/export",
                query={"state": state, "reason": reason, "phone": phone, "day": day, "is_winner": is_winner, "is_test": is_test},
            ),
        )

    def get_contest_entry(self, contest_id: int, entry_id: int) -> shapes.ContestEntryOut:
        """Show an entry.

        One entry with what became of it.

        Needs the scope `activities:read`.
        """
        return cast("shapes.ContestEntryOut", self.call("GET", f"/api/v1/contests/{segment(contest_id)}/entries/{segment(entry_id)}"))

    def disqualify_contest_entry(
        self, contest_id: int, entry_id: int, *, reason: str, idempotency_key: str | None = None
    ) -> shapes.ContestEntryOut:
        """Leave an entry out.

        Let it count no more. Refused (409 `no-entry`) where it did not count before. A frozen list stays as it is.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.ContestEntryOut",
            self.call(
                "POST",
                f"/api/v1/contests/{segment(contest_id)}/entries/{segment(entry_id)}/disqualify",
                body=given({"reason": reason}),
                idempotency_key=idempotency_key,
            ),
        )

    def readmit_contest_entry(self, contest_id: int, entry_id: int, *, idempotency_key: str | None = None) -> shapes.ContestEntryOut:
        """Let an entry count again.

        Refused (409 `not-left-out`) where it was not left out.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.ContestEntryOut",
            self.call(
                "POST", f"/api/v1/contests/{segment(contest_id)}/entries/{segment(entry_id)}/readmit", idempotency_key=idempotency_key
            ),
        )

    def choose_contest_entry(
        self, contest_id: int, entry_id: int, *, note: str | Unset = UNSET, idempotency_key: str | None = None
    ) -> shapes.WinOut:
        """Choose a winner by hand.

        For `entry_rule` `jury`; who is chosen beyond `winner_count` is a reserve.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.WinOut",
            self.call(
                "POST",
                f"/api/v1/contests/{segment(contest_id)}/entries/{segment(entry_id)}/choose",
                body=given({"note": note}),
                idempotency_key=idempotency_key,
            ),
        )

    def take_back_contest_winner(self, contest_id: int, win_id: int, *, idempotency_key: str | None = None) -> shapes.WinOut:
        """Take back a choice.

        Refused (409 `is-told`) once the person was told, or where the choice was taken back.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.WinOut",
            self.call(
                "POST", f"/api/v1/contests/{segment(contest_id)}/winners/{segment(win_id)}/take-back", idempotency_key=idempotency_key
            ),
        )

    def list_contest_draws(self, contest_id: int) -> list[shapes.DrawOut]:
        """List draws of a contest.

        One, or of daily draws one for each day, the latest first.

        Needs the scope `activities:read`.
        """
        return cast("list[shapes.DrawOut]", self.call("GET", f"/api/v1/contests/{segment(contest_id)}/draws"))

    def freeze_contest_list(self, contest_id: int, *, idempotency_key: str | None = None) -> shapes.DrawOut:
        """Freeze the list of a contest.

        Take the first step of a draw; it cannot be undone. Publish `list_sha256`.

        Needs the scope `activities:write`.
        """
        return cast("shapes.DrawOut", self.call("POST", f"/api/v1/contests/{segment(contest_id)}/draws", idempotency_key=idempotency_key))

    def promise_contest_seed(self, contest_id: int, draw_id: int, *, idempotency_key: str | None = None) -> shapes.DrawOut:
        """Promise the seed of a draw.

        Take the second step; the seed itself is shown in the protocol. Publish `seed_sha256`.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.DrawOut",
            self.call("POST", f"/api/v1/contests/{segment(contest_id)}/draws/{segment(draw_id)}/promise", idempotency_key=idempotency_key),
        )

    def draw_contest(
        self, contest_id: int, draw_id: int, *, beacon: str | Unset = UNSET, idempotency_key: str | None = None
    ) -> shapes.DrawOut:
        """Draw the winners.

        Take the last step: winners and reserves are listed under `winners`. Of two calls at once, one draws (409 `drawn-already`).

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.DrawOut",
            self.call(
                "POST",
                f"/api/v1/contests/{segment(contest_id)}/draws/{segment(draw_id)}/draw",
                body=given({"beacon": beacon}),
                idempotency_key=idempotency_key,
            ),
        )

    def get_draw_protocol(self, contest_id: int, draw_id: int) -> shapes.DrawProtocol:
        """Show the protocol of a draw.

        Everything needed to run the draw again: `recado verify-draw` does it offline.

        Needs the scope `activities:read`.
        """
        return cast("shapes.DrawProtocol", self.call("GET", f"/api/v1/contests/{segment(contest_id)}/draws/{segment(draw_id)}/protocol"))

    def get_instant_protocol(self, contest_id: int) -> shapes.InstantWinProtocol:
        """Show the protocol of instant wins.

        Show the seed and all entries. Refused (409 `not-decided`) while one can still win, or where nothing is won like this.

        Needs the scope `activities:read`.
        """
        return cast("shapes.InstantWinProtocol", self.call("GET", f"/api/v1/contests/{segment(contest_id)}/instant-protocol"))

    def replace_contest_winner(
        self, contest_id: int, win_id: int, *, reason: str, idempotency_key: str | None = None
    ) -> list[shapes.WinOut]:
        """Take a place away.

        Let a reserve move up, or where none is left draw another; it is written into the protocol with the reason, for good.

        Needs the scope `activities:write`.
        """
        return cast(
            "list[shapes.WinOut]",
            self.call(
                "POST",
                f"/api/v1/contests/{segment(contest_id)}/winners/{segment(win_id)}/replace",
                body=given({"reason": reason}),
                idempotency_key=idempotency_key,
            ),
        )

    def list_contest_winners(self, contest_id: int) -> list[shapes.WinOut]:
        """List winners of a contest.

        Winners by place, then reserves, then who lost their place; of daily draws the latest day first.

        Needs the scope `activities:read`.
        """
        return cast("list[shapes.WinOut]", self.call("GET", f"/api/v1/contests/{segment(contest_id)}/winners"))

    def preview_contest_telling(
        self, contest_id: int, *, text: str | Unset = UNSET, sender: str | None | Unset = UNSET
    ) -> shapes.TellingOut:
        """Show what winners would get.

        Say who would get what at which cost, and who gets nothing; nothing is sent.

        Needs the scope `activities:read`.
        """
        return cast(
            "shapes.TellingOut",
            self.call("GET", f"/api/v1/contests/{segment(contest_id)}/winners/notify", query={"text": text, "sender": sender}),
        )

    def notify_contest_winners(
        self,
        contest_id: int,
        *,
        count: int,
        cost: int,
        text: str | Unset = UNSET,
        sender: str | None | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.TellingOut:
        """Tell the winners.

        Send to each winner once. Nothing is sent (409 `count-changed`) if count or cost are not those of the preview any more.

        Needs the scope `messages:send`.
        """
        return cast(
            "shapes.TellingOut",
            self.call(
                "POST",
                f"/api/v1/contests/{segment(contest_id)}/winners/notify",
                body=given({"text": text, "sender": sender, "count": count, "cost": cost}),
                idempotency_key=idempotency_key,
            ),
        )
