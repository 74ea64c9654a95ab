"""Surveys.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Surveys(Caller):
    """Surveys."""

    def list_surveys(self, *, limit: int | Unset = UNSET, state: shapes.SurveyState | None | Unset = UNSET) -> Iterator[shapes.SurveyOut]:
        """List surveys.

        Newest first.

        Needs the scope `activities:read`.
        """
        return self.pages("/api/v1/surveys", {"limit": limit, "state": state})

    def add_survey(
        self,
        *,
        name: str,
        number_id: int | None | Unset = UNSET,
        counting: shapes.Counting | Unset = UNSET,
        late: shapes.Late | Unset = UNSET,
        closes_at: str | None | Unset = UNSET,
        idle_minutes: int | Unset = UNSET,
        session_minutes: int | Unset = UNSET,
        reminder_minutes: int | None | Unset = UNSET,
        reask_limit: int | Unset = UNSET,
        intro_text: str | Unset = UNSET,
        end_text: str | Unset = UNSET,
        reminder_text: str | Unset = UNSET,
        already_text: str | Unset = UNSET,
        closed_text: str | Unset = UNSET,
        gave_up_text: str | Unset = UNSET,
        questions: list[shapes.QuestionIn] | Unset = UNSET,
        kind: shapes.SurveyKind | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.SurveyOut:
        """Add a survey.

        Make a draft, which may lack anything but a name; `missing` says what keeps it from starting.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.SurveyOut",
            self.call(
                "POST",
                "/api/v1/surveys",
                body=given(
                    {
                        "number_id": number_id,
                        "counting": counting,
                        "late": late,
                        "closes_at": closes_at,
                        "idle_minutes": idle_minutes,
                        "session_minutes": session_minutes,
                        "reminder_minutes": reminder_minutes,
                        "reask_limit": reask_limit,
                        "intro_text": intro_text,
                        "end_text": end_text,
                        "reminder_text": reminder_text,
                        "already_text": already_text,
                        "closed_text": closed_text,
                        "gave_up_text": gave_up_text,
                        "questions": questions,
                        "name": name,
                        "kind": kind,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def get_survey(self, survey_id: int) -> shapes.SurveyOut:
        """Show a survey.

        Show what it asks, how far it is, which keywords lead to it.

        Needs the scope `activities:read`.
        """
        return cast("shapes.SurveyOut", self.call("GET", f"/api/v1/surveys/{segment(survey_id)}"))

    def edit_survey(
        self,
        survey_id: int,
        *,
        number_id: int | None | Unset = UNSET,
        counting: shapes.Counting | Unset = UNSET,
        late: shapes.Late | Unset = UNSET,
        closes_at: str | None | Unset = UNSET,
        idle_minutes: int | Unset = UNSET,
        session_minutes: int | Unset = UNSET,
        reminder_minutes: int | None | Unset = UNSET,
        reask_limit: int | Unset = UNSET,
        intro_text: str | Unset = UNSET,
        end_text: str | Unset = UNSET,
        reminder_text: str | Unset = UNSET,
        already_text: str | Unset = UNSET,
        closed_text: str | Unset = UNSET,
        gave_up_text: str | Unset = UNSET,
        questions: list[shapes.QuestionIn] | Unset = UNSET,
        name: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.SurveyOut:
        """Change a survey.

        Send questions and options with their ids, so that they stay what they are. Once started, wording alone (409 `survey-started`).

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.SurveyOut",
            self.call(
                "PATCH",
                f"/api/v1/surveys/{segment(survey_id)}",
                body=given(
                    {
                        "number_id": number_id,
                        "counting": counting,
                        "late": late,
                        "closes_at": closes_at,
                        "idle_minutes": idle_minutes,
                        "session_minutes": session_minutes,
                        "reminder_minutes": reminder_minutes,
                        "reask_limit": reask_limit,
                        "intro_text": intro_text,
                        "end_text": end_text,
                        "reminder_text": reminder_text,
                        "already_text": already_text,
                        "closed_text": closed_text,
                        "gave_up_text": gave_up_text,
                        "questions": questions,
                        "name": name,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def delete_survey(self, survey_id: int, *, idempotency_key: str | None = None) -> None:
        """Delete a draft.

        Forget a survey that never started; what people answered is not deleted (409 `survey-started`).

        Needs the scope `activities:write`.
        """
        self.call("DELETE", f"/api/v1/surveys/{segment(survey_id)}", idempotency_key=idempotency_key)

    def preview_survey(
        self, survey_id: int, *, texts: list[str] | Unset = UNSET, idempotency_key: str | None = None
    ) -> shapes.SurveyPlayed:
        """Play a survey.

        Play it with the real engine, as if somebody answered these texts. Nothing is stored or sent.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.SurveyPlayed",
            self.call(
                "POST", f"/api/v1/surveys/{segment(survey_id)}/preview", body=given({"texts": texts}), idempotency_key=idempotency_key
            ),
        )

    def start_survey(
        self, survey_id: int, *, keywords: list[shapes.SurveyWord] | Unset = UNSET, idempotency_key: str | None = None
    ) -> shapes.SurveyOut:
        """Start a survey.

        Count answers from now on, and reserve the words: all of it, or nothing. Refused (409 `not-ready`) while it lacks something.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.SurveyOut",
            self.call(
                "POST", f"/api/v1/surveys/{segment(survey_id)}/start", body=given({"keywords": keywords}), idempotency_key=idempotency_key
            ),
        )

    def add_survey_keywords(
        self, survey_id: int, *, keywords: list[shapes.SurveyWord] | Unset = UNSET, idempotency_key: str | None = None
    ) -> shapes.SurveyOut:
        """Let more keywords lead to a survey.

        Reserve more words for it, also while it collects answers; all of them or none.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.SurveyOut",
            self.call(
                "POST",
                f"/api/v1/surveys/{segment(survey_id)}/keywords",
                body=given({"keywords": keywords}),
                idempotency_key=idempotency_key,
            ),
        )

    def close_survey(self, survey_id: int, *, idempotency_key: str | None = None) -> shapes.SurveyOut:
        """Close a survey.

        Count no more answers; who is in the middle of it is asked nothing more.

        Needs the scope `activities:write`.
        """
        return cast("shapes.SurveyOut", self.call("POST", f"/api/v1/surveys/{segment(survey_id)}/close", idempotency_key=idempotency_key))

    def reopen_survey(self, survey_id: int, *, idempotency_key: str | None = None) -> shapes.SurveyOut:
        """Open it again.

        Count answers again; an end that has gone by is forgotten.

        Needs the scope `activities:write`.
        """
        return cast("shapes.SurveyOut", self.call("POST", f"/api/v1/surveys/{segment(survey_id)}/reopen", idempotency_key=idempotency_key))

    def copy_survey(self, survey_id: int, *, name: str | None | Unset = UNSET, idempotency_key: str | None = None) -> shapes.SurveyOut:
        """Copy a survey.

        Make a draft that asks the same; answers, keywords and its end stay with the old one.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.SurveyOut",
            self.call("POST", f"/api/v1/surveys/{segment(survey_id)}/copy", body=given({"name": name}), idempotency_key=idempotency_key),
        )

    def publish_survey(
        self, survey_id: int, *, is_public: bool, shows_texts: bool | Unset = UNSET, idempotency_key: str | None = None
    ) -> shapes.SurveyOut:
        """Show results to everybody.

        Switch the page for everybody on or off; it shows no phones and no names.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.SurveyOut",
            self.call(
                "PUT",
                f"/api/v1/surveys/{segment(survey_id)}/public",
                body=given({"is_public": is_public, "shows_texts": shows_texts}),
                idempotency_key=idempotency_key,
            ),
        )

    def renew_survey_address(self, survey_id: int, *, idempotency_key: str | None = None) -> shapes.SurveyOut:
        """Give the results a new address.

        Let the old address show nothing any more.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.SurveyOut", self.call("POST", f"/api/v1/surveys/{segment(survey_id)}/public/renew", idempotency_key=idempotency_key)
        )

    def send_survey(self, survey_id: int, *, idempotency_key: str | None = None) -> shapes.SurveySend:
        """Ask groups.

        Make the draft of a group send that asks the first question; choose groups and send it under `/campaigns`.

        Needs the scope `messages:send`.
        """
        return cast(
            "shapes.SurveySend", self.call("POST", f"/api/v1/surveys/{segment(survey_id)}/campaign", idempotency_key=idempotency_key)
        )

    def get_survey_results(
        self,
        survey_id: int,
        *,
        group_id: int | None | Unset = UNSET,
        since: str | None | Unset = UNSET,
        until: str | None | Unset = UNSET,
        is_test: bool | Unset = UNSET,
    ) -> shapes.SurveyResultsSurveyFigures:
        """Show results.

        Count what was answered, of a group, a period or of simulated phones where asked.

        Needs the scope `activities:read`.
        """
        return cast(
            "shapes.SurveyResultsSurveyFigures",
            self.call(
                "GET",
                f"/api/v1/surveys/{segment(survey_id)}/results",
                query={"group_id": group_id, "since": since, "until": until, "is_test": is_test},
            ),
        )

    def list_survey_answers(
        self,
        survey_id: int,
        *,
        limit: int | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        since: str | None | Unset = UNSET,
        until: str | None | Unset = UNSET,
        is_test: bool | Unset = UNSET,
        question_id: int | None | Unset = UNSET,
    ) -> Iterator[shapes.SurveyAnswerOut]:
        """List answers.

        Newest first, with those that do not count: `counts` and `is_late` tell.

        Needs the scope `activities:read`.
        """
        return self.pages(
            f"/api/v1/surveys/{segment(survey_id)}/answers",
            {"limit": limit, "group_id": group_id, "since": since, "until": until, "is_test": is_test, "question_id": question_id},
        )

    def list_survey_persons(
        self,
        survey_id: int,
        *,
        limit: int | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        since: str | None | Unset = UNSET,
        until: str | None | Unset = UNSET,
        is_test: bool | Unset = UNSET,
    ) -> Iterator[shapes.SurveyPersonOut]:
        """List who took part.

        Who began first comes first, each with all their answers that count.

        Needs the scope `activities:read`.
        """
        return self.pages(
            f"/api/v1/surveys/{segment(survey_id)}/persons",
            {"limit": limit, "group_id": group_id, "since": since, "until": until, "is_test": is_test},
        )
