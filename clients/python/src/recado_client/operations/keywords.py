"""Keywords.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import Literal, cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Keywords(Caller):
    """Keywords."""

    def list_keywords(
        self,
        *,
        limit: int | Unset = UNSET,
        search: str | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        standing: shapes.KeywordStanding | None | Unset = UNSET,
    ) -> Iterator[shapes.KeywordOut]:
        """List keywords.

        Newest first; `search` finds part of a word, of a group it leads into or of its number.

        Needs the scope `keywords:read`.
        """
        return self.pages("/api/v1/keywords", {"limit": limit, "search": search, "number_id": number_id, "standing": standing})

    def reserve_keyword(
        self,
        number_id: int,
        *,
        word: str,
        kind: shapes.MatchKind | Unset = UNSET,
        also_when_text_follows: bool | Unset = UNSET,
        asks_back: bool | Unset = UNSET,
        starts_at: str | None | Unset = UNSET,
        ends_at: str | None | Unset = UNSET,
        rule: shapes.RuleIn | None | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.KeywordOut:
        """Reserve a keyword.

        Of many who want a word at the same time, one gets it. Refused (409) with the reason, and with words that are free instead.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.KeywordOut",
            self.call(
                "POST",
                f"/api/v1/numbers/{segment(number_id)}/keywords",
                body=given(
                    {
                        "word": word,
                        "kind": kind,
                        "also_when_text_follows": also_when_text_follows,
                        "asks_back": asks_back,
                        "starts_at": starts_at,
                        "ends_at": ends_at,
                        "rule": rule,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def get_keyword(self, keyword_id: int) -> shapes.KeywordOut:
        """Show a keyword.

        One keyword; its rules, statistics and rivals have addresses of their own below it.

        Needs the scope `keywords:read`.
        """
        return cast("shapes.KeywordOut", self.call("GET", f"/api/v1/keywords/{segment(keyword_id)}"))

    def edit_keyword(
        self,
        keyword_id: int,
        *,
        word: str | Unset = UNSET,
        kind: shapes.MatchKind | Unset = UNSET,
        also_when_text_follows: bool | Unset = UNSET,
        asks_back: bool | Unset = UNSET,
        starts_at: str | None | Unset = UNSET,
        ends_at: str | None | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.KeywordOut:
        """Change a keyword.

        Its word, how it matches and when it holds; what it does is changed by its rules.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.KeywordOut",
            self.call(
                "PATCH",
                f"/api/v1/keywords/{segment(keyword_id)}",
                body=given(
                    {
                        "word": word,
                        "kind": kind,
                        "also_when_text_follows": also_when_text_follows,
                        "asks_back": asks_back,
                        "starts_at": starts_at,
                        "ends_at": ends_at,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def end_keyword(self, keyword_id: int, *, idempotency_key: str | None = None) -> None:
        """Give a keyword up.

        Its rules go with it. On a shared number nobody else gets the word for 90 days; on an own number it is gone at once.

        Needs the scope `keywords:write`.
        """
        self.call("DELETE", f"/api/v1/keywords/{segment(keyword_id)}", idempotency_key=idempotency_key)

    def pause_keyword(self, keyword_id: int, *, idempotency_key: str | None = None) -> shapes.KeywordOut:
        """Pause a keyword.

        Messages still arrive, nothing else happens; the word stays reserved.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.KeywordOut", self.call("POST", f"/api/v1/keywords/{segment(keyword_id)}/pause", idempotency_key=idempotency_key)
        )

    def resume_keyword(self, keyword_id: int, *, idempotency_key: str | None = None) -> shapes.KeywordOut:
        """Act on a keyword again.

        End a pause.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.KeywordOut", self.call("POST", f"/api/v1/keywords/{segment(keyword_id)}/resume", idempotency_key=idempotency_key)
        )

    def get_keyword_availability(
        self,
        number_id: int,
        *,
        word: str,
        kind: Literal["exact", "base", "phrase", "removing"] | Unset = UNSET,
        starts_at: str | None | Unset = UNSET,
        ends_at: str | None | Unset = UNSET,
    ) -> shapes.KeywordAvailability:
        """Ask whether a word is free.

        Say whether the account could reserve it there for that time; else why not, and which words are free instead.

        Needs the scope `keywords:read`.
        """
        return cast(
            "shapes.KeywordAvailability",
            self.call(
                "GET",
                f"/api/v1/numbers/{segment(number_id)}/availability",
                query={"word": word, "kind": kind, "starts_at": starts_at, "ends_at": ends_at},
            ),
        )

    def get_synonym_availability(self, keyword_id: int, *, word: str) -> shapes.KeywordAvailability:
        """Ask whether a spelling is free.

        Say whether a word can be another spelling of a keyword.

        Needs the scope `keywords:read`.
        """
        return cast(
            "shapes.KeywordAvailability",
            self.call("GET", f"/api/v1/keywords/{segment(keyword_id)}/synonyms/availability", query={"word": word}),
        )

    def get_keyword_statistics(self, keyword_id: int) -> shapes.KeywordStatistics:
        """Show what came for a keyword.

        Messages by day, what followed a base keyword, and which messages came last.

        Needs the scope `keywords:read`.
        """
        return cast("shapes.KeywordStatistics", self.call("GET", f"/api/v1/keywords/{segment(keyword_id)}/statistics"))

    def list_keyword_rivals(self, keyword_id: int) -> shapes.KeywordRivals:
        """List keywords that fight with one.

        Other keywords of the account that can match the same text, with examples and who wins.

        Needs the scope `keywords:read`.
        """
        return cast("shapes.KeywordRivals", self.call("GET", f"/api/v1/keywords/{segment(keyword_id)}/rivals"))

    def get_keyword_poster(
        self,
        keyword_id: int,
        *,
        size: Literal["a4", "a5", "story"] | Unset = UNSET,
        kind: Literal["pdf", "svg", "png"] | Unset = UNSET,
        language: shapes.PosterLanguage | None | Unset = UNSET,
        headline: str | Unset = UNSET,
    ) -> bytes:
        """Draw the poster of a keyword.

        Say what to text where, with a QR code and who receives it; in the account's language unless another is asked for.

        Needs the scope `keywords:read`.
        """
        return cast(
            "bytes",
            self.call(
                "GET",
                f"/api/v1/keywords/{segment(keyword_id)}/poster",
                query={"size": size, "kind": kind, "language": language, "headline": headline},
            ),
        )

    def get_keyword_qr(self, keyword_id: int, *, kind: Literal["svg", "png"] | Unset = UNSET) -> bytes:
        """Draw the QR code of a keyword.

        Return the code that opens a phone's SMS window with number and word filled in.

        Needs the scope `keywords:read`.
        """
        return cast("bytes", self.call("GET", f"/api/v1/keywords/{segment(keyword_id)}/qr", query={"kind": kind}))

    def add_synonym(self, keyword_id: int, *, word: str, idempotency_key: str | None = None) -> shapes.SynonymOut:
        """Add a spelling to a keyword.

        Let a keyword be written in another way, too; refused (409) like a reservation.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.SynonymOut",
            self.call(
                "POST", f"/api/v1/keywords/{segment(keyword_id)}/synonyms", body=given({"word": word}), idempotency_key=idempotency_key
            ),
        )

    def remove_synonym(self, keyword_id: int, synonym_id: int, *, idempotency_key: str | None = None) -> None:
        """Give a spelling up.

        On a shared number nobody else gets the word for 90 days.

        Needs the scope `keywords:write`.
        """
        self.call("DELETE", f"/api/v1/keywords/{segment(keyword_id)}/synonyms/{segment(synonym_id)}", idempotency_key=idempotency_key)

    def list_near_misses(self) -> shapes.NearMisses:
        """List near misses.

        Show what people typed that is one slip away from a keyword, in the last 30 days.

        Needs the scope `keywords:read`.
        """
        return cast("shapes.NearMisses", self.call("GET", "/api/v1/near-misses"))

    def list_keyword_near_misses(self, keyword_id: int) -> shapes.NearMisses:
        """List near misses of a keyword.

        Show what people typed instead of this keyword.

        Needs the scope `keywords:read`.
        """
        return cast("shapes.NearMisses", self.call("GET", f"/api/v1/keywords/{segment(keyword_id)}/near-misses"))

    def add_near_miss(self, keyword_id: int, *, spelling: str, idempotency_key: str | None = None) -> shapes.SynonymOut:
        """Make a near miss a spelling.

        From now on it does what the keyword does. Refused (409 `no-near-miss`) where it is not one slip away.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.SynonymOut",
            self.call(
                "POST",
                f"/api/v1/keywords/{segment(keyword_id)}/near-misses/add",
                body=given({"spelling": spelling}),
                idempotency_key=idempotency_key,
            ),
        )

    def ignore_near_miss(self, keyword_id: int, *, spelling: str, idempotency_key: str | None = None) -> None:
        """List a near miss no more.

        Leave it out of the lists until it is asked for again.

        Needs the scope `keywords:write`.
        """
        self.call(
            "POST",
            f"/api/v1/keywords/{segment(keyword_id)}/near-misses/ignore",
            body=given({"spelling": spelling}),
            idempotency_key=idempotency_key,
        )

    def show_near_miss_again(self, keyword_id: int, *, spelling: str, idempotency_key: str | None = None) -> None:
        """List a near miss again.

        Take it back that it was ignored.

        Needs the scope `keywords:write`.
        """
        self.call(
            "POST",
            f"/api/v1/keywords/{segment(keyword_id)}/near-misses/show-again",
            body=given({"spelling": spelling}),
            idempotency_key=idempotency_key,
        )
