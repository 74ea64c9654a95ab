"""Statistics.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import Literal, cast

from recado_client.caller import UNSET, Caller, Unset, segment
from recado_client.operations import shapes


class Statistics(Caller):
    """Statistics."""

    def list_sendings(
        self,
        *,
        limit: int | Unset = UNSET,
        since: str | None | Unset = UNSET,
        until: str | None | Unset = UNSET,
        kind: shapes.SendKind | None | Unset = UNSET,
    ) -> Iterator[shapes.SendingOut]:
        """List what was sent.

        Newest first, without tests and automatic replies; a year at most. Give the same span for every page.

        Needs the scope `statistics:read`.
        """
        return self.pages("/api/v1/statistics/sendings", {"limit": limit, "since": since, "until": until, "kind": kind})

    def get_statistics(
        self,
        *,
        first: str | None | Unset = UNSET,
        last: str | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
    ) -> shapes.TotalsOut:
        """The figures of a period.

        Count what came and went, beside the period before. Test messages are counted nowhere, here and below.

        Needs the scope `statistics:read`.
        """
        return cast(
            "shapes.TotalsOut",
            self.call(
                "GET",
                "/api/v1/statistics",
                query={"first": first, "last": last, "number_id": number_id, "group_id": group_id, "keyword_id": keyword_id},
            ),
        )

    def get_statistics_series(
        self,
        *,
        first: str | None | Unset = UNSET,
        last: str | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
        measure: Literal["received", "new_contacts", "replies", "opt_outs"] | Unset = UNSET,
    ) -> shapes.SeriesOut:
        """A figure over time.

        Count one figure for each day, or for each hour of a single day.

        Needs the scope `statistics:read`.
        """
        return cast(
            "shapes.SeriesOut",
            self.call(
                "GET",
                "/api/v1/statistics/series",
                query={
                    "first": first,
                    "last": last,
                    "number_id": number_id,
                    "group_id": group_id,
                    "keyword_id": keyword_id,
                    "measure": measure,
                },
            ),
        )

    def get_keyword_figures(
        self,
        *,
        first: str | None | Unset = UNSET,
        last: str | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
    ) -> shapes.KeywordFigures:
        """How popular keywords are.

        Count messages, people, new contacts and opt-outs for each keyword.

        Needs the scope `statistics:read`.
        """
        return cast(
            "shapes.KeywordFigures",
            self.call(
                "GET",
                "/api/v1/statistics/keywords",
                query={"first": first, "last": last, "number_id": number_id, "group_id": group_id, "keyword_id": keyword_id},
            ),
        )

    def get_argument_figures(
        self,
        keyword_id: int,
        *,
        first: str | None | Unset = UNSET,
        last: str | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
    ) -> shapes.ArgumentFigures:
        """What follows a base keyword.

        Count what people wrote after it.

        Needs the scope `statistics:read`.
        """
        return cast(
            "shapes.ArgumentFigures",
            self.call(
                "GET",
                f"/api/v1/statistics/keywords/{segment(keyword_id)}/arguments",
                query={"first": first, "last": last, "number_id": number_id, "group_id": group_id},
            ),
        )

    def get_number_figures(
        self,
        *,
        first: str | None | Unset = UNSET,
        last: str | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
    ) -> shapes.NumberFigures:
        """What came to each number.

        Count messages for each number.

        Needs the scope `statistics:read`.
        """
        return cast(
            "shapes.NumberFigures",
            self.call(
                "GET",
                "/api/v1/statistics/numbers",
                query={"first": first, "last": last, "number_id": number_id, "group_id": group_id, "keyword_id": keyword_id},
            ),
        )

    def get_group_figures(
        self,
        *,
        first: str | None | Unset = UNSET,
        last: str | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
    ) -> shapes.GroupFigures:
        """What came from each group.

        Count messages of people who are in each group now, and who joined and left in the period.

        Needs the scope `statistics:read`.
        """
        return cast(
            "shapes.GroupFigures",
            self.call(
                "GET",
                "/api/v1/statistics/groups",
                query={"first": first, "last": last, "number_id": number_id, "group_id": group_id, "keyword_id": keyword_id},
            ),
        )

    def get_busy_hours(
        self,
        *,
        first: str | None | Unset = UNSET,
        last: str | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
    ) -> shapes.HoursOut:
        """When people write.

        Count messages by weekday and hour.

        Needs the scope `statistics:read`.
        """
        return cast(
            "shapes.HoursOut",
            self.call(
                "GET",
                "/api/v1/statistics/hours",
                query={"first": first, "last": last, "number_id": number_id, "group_id": group_id, "keyword_id": keyword_id},
            ),
        )

    def get_sent_states(
        self,
        *,
        first: str | None | Unset = UNSET,
        last: str | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
    ) -> shapes.SentStateFigures:
        """What became of sent messages.

        Count sent messages by state; the newest may change theirs for three days.

        Needs the scope `statistics:read`.
        """
        return cast(
            "shapes.SentStateFigures",
            self.call(
                "GET",
                "/api/v1/statistics/sent/states",
                query={"first": first, "last": last, "number_id": number_id, "group_id": group_id, "keyword_id": keyword_id},
            ),
        )

    def get_sent_reasons(
        self,
        *,
        first: str | None | Unset = UNSET,
        last: str | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
    ) -> shapes.SentReasonFigures:
        """Why messages did not arrive.

        Count messages that were not delivered by reason.

        Needs the scope `statistics:read`.
        """
        return cast(
            "shapes.SentReasonFigures",
            self.call(
                "GET",
                "/api/v1/statistics/sent/reasons",
                query={"first": first, "last": last, "number_id": number_id, "group_id": group_id, "keyword_id": keyword_id},
            ),
        )

    def get_operator_figures(
        self,
        *,
        first: str | None | Unset = UNSET,
        last: str | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
    ) -> shapes.OperatorFigures:
        """What came from each carrier.

        Count messages by the carrier of the phone.

        Needs the scope `statistics:read`.
        """
        return cast(
            "shapes.OperatorFigures",
            self.call(
                "GET",
                "/api/v1/statistics/operators",
                query={"first": first, "last": last, "number_id": number_id, "group_id": group_id, "keyword_id": keyword_id},
            ),
        )

    def get_survey_figures(
        self,
        *,
        first: str | None | Unset = UNSET,
        last: str | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
    ) -> shapes.SurveyFigures:
        """What surveys were answered.

        Count answers and people of each survey; test answers and late ones do not count.

        Needs the scope `statistics:read`.
        """
        return cast(
            "shapes.SurveyFigures",
            self.call(
                "GET",
                "/api/v1/statistics/surveys",
                query={"first": first, "last": last, "number_id": number_id, "group_id": group_id, "keyword_id": keyword_id},
            ),
        )

    def get_wait_figures(
        self,
        *,
        first: str | None | Unset = UNSET,
        last: str | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
    ) -> shapes.WaitFigures:
        """How long people waited for an answer.

        Count how often somebody waited how long for the first answer written by a person; automatic replies are none.

        Needs the scope `statistics:read`.
        """
        return cast(
            "shapes.WaitFigures",
            self.call(
                "GET",
                "/api/v1/statistics/waits",
                query={"first": first, "last": last, "number_id": number_id, "group_id": group_id, "keyword_id": keyword_id},
            ),
        )

    def get_near_miss_figures(
        self,
        *,
        first: str | None | Unset = UNSET,
        last: str | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
    ) -> shapes.NearMissFigures:
        """What was nearly a keyword.

        Count what people typed instead of a keyword.

        Needs the scope `statistics:read`.
        """
        return cast(
            "shapes.NearMissFigures",
            self.call(
                "GET",
                "/api/v1/statistics/near-misses",
                query={"first": first, "last": last, "number_id": number_id, "group_id": group_id, "keyword_id": keyword_id},
            ),
        )

    def get_conversion(
        self,
        *,
        first: str | None | Unset = UNSET,
        last: str | None | Unset = UNSET,
        number_id: int | None | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        keyword_id: int | None | Unset = UNSET,
    ) -> shapes.ConversionFigures:
        """Who became a member.

        Count who texted each keyword that fills a group, and who of them it brought or found there.

        Needs the scope `statistics:read`.
        """
        return cast(
            "shapes.ConversionFigures",
            self.call(
                "GET",
                "/api/v1/statistics/conversion",
                query={"first": first, "last": last, "number_id": number_id, "group_id": group_id, "keyword_id": keyword_id},
            ),
        )
