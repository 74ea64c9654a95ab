"""`/statistics`: what came, from whom, by which keyword, and how it was answered.

What belongs here: routes. What does not: shapes (`statistics_shapes`), counting (`apps.statistics`), the list of what was sent
(`sendings`).
"""

from dataclasses import asdict, replace

from ninja import Path, Query, Router
from pydantic import Field

from recado.api.v1 import statistics_shapes as shapes
from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.shapes import Id, phone_out
from recado.apps.accounts.scopes import Scope
from recado.apps.keywords.queries import get_keyword_for
from recado.apps.statistics import queries
from recado.apps.statistics.figures import Measure, Row
from recado.apps.statistics.waiting import Wait
from recado.core.receipt import OutboundState, UndeliveredReason

router = Router(tags=["Statistics"])
READ = key(Scope.STATISTICS_READ)


class SeriesWanted(shapes.StatisticsWanted):
    """Which figure over time."""

    measure: Measure = Field(Measure.RECEIVED, description="What is counted.")


@router.get("", auth=READ, response=shapes.TotalsOut, operation_id="get_statistics", summary="The figures of a period")
def totals(request: ProgramRequest, wanted: Query[shapes.StatisticsWanted]) -> shapes.TotalsOut:
    """Count what came and went, beside the period before. Test messages are counted nowhere, here and below."""
    filters = wanted.filters(request.account)
    earlier = replace(filters, period=filters.period.before)
    now, before = (shapes.FiguresOut(**asdict(queries.totals(request.account, one))) for one in (filters, earlier))
    return shapes.TotalsOut(first=filters.period.first, last=filters.period.last, figures=now, before=before)


@router.get("/series", auth=READ, response=shapes.SeriesOut, operation_id="get_statistics_series", summary="A figure over time")
def series(request: ProgramRequest, wanted: Query[SeriesWanted]) -> shapes.SeriesOut:
    """Count one figure for each day, or for each hour of a single day."""
    points = queries.series(request.account, wanted.filters(request.account), wanted.measure)
    return shapes.SeriesOut(measure=wanted.measure, points=[shapes.PointOut(start=one.start, count=one.count) for one in points])


@router.get("/keywords", auth=READ, response=shapes.KeywordFigures, operation_id="get_keyword_figures", summary="How popular keywords are")
def keywords(request: ProgramRequest, wanted: Query[shapes.StatisticsWanted]) -> shapes.KeywordFigures:
    """Count messages, people, new contacts and opt-outs for each keyword."""
    filters = wanted.filters(request.account)
    rows = queries.keywords(request.account, filters, filters.period.before)
    return shapes.KeywordFigures(
        items=[
            shapes.KeywordFigure(
                keyword_id=_id(row),
                word=row.name,
                received=row.count,
                share=row.share,
                before=row.before,
                **_details(row, "people", "new_contacts", "opt_outs"),
            )
            for row in rows
        ]
    )


@router.get(
    "/keywords/{keyword_id}/arguments",
    auth=READ,
    response=shapes.ArgumentFigures,
    operation_id="get_argument_figures",
    summary="What follows a base keyword",
)
def arguments(request: ProgramRequest, keyword_id: Path[Id], wanted: Query[shapes.ArgumentsWanted]) -> shapes.ArgumentFigures:
    """Count what people wrote after it."""
    keyword = get_keyword_for(request.account, keyword_id)
    rows = queries.arguments(request.account, replace(wanted.filters(request.account), keyword_id=keyword.pk))
    return shapes.ArgumentFigures(items=[shapes.ArgumentFigure(text=row.name, received=row.count, share=row.share) for row in rows])


@router.get("/numbers", auth=READ, response=shapes.NumberFigures, operation_id="get_number_figures", summary="What came to each number")
def numbers(request: ProgramRequest, wanted: Query[shapes.StatisticsWanted]) -> shapes.NumberFigures:
    """Count messages for each number."""
    filters = wanted.filters(request.account)
    rows = queries.numbers(request.account, filters, filters.period.before)
    return shapes.NumberFigures(
        items=[
            shapes.NumberFigure(number_id=_id(row), number=phone_out(row.name), received=row.count, share=row.share, before=row.before)
            for row in rows
        ]
    )


@router.get("/groups", auth=READ, response=shapes.GroupFigures, operation_id="get_group_figures", summary="What came from each group")
def groups(request: ProgramRequest, wanted: Query[shapes.StatisticsWanted]) -> shapes.GroupFigures:
    """Count messages of people who are in each group now, and who joined and left in the period."""
    rows = queries.groups(request.account, wanted.filters(request.account))
    return shapes.GroupFigures(
        items=[
            shapes.GroupFigure(group_id=_id(row), name=row.name, received=row.count, share=row.share, **_details(row, "joined", "left"))
            for row in rows
        ]
    )


@router.get("/hours", auth=READ, response=shapes.HoursOut, operation_id="get_busy_hours", summary="When people write")
def hours(request: ProgramRequest, wanted: Query[shapes.StatisticsWanted]) -> shapes.HoursOut:
    """Count messages by weekday and hour."""
    return shapes.HoursOut(by_weekday=queries.hours_by_weekday(request.account, wanted.filters(request.account)))


@router.get(
    "/sent/states", auth=READ, response=shapes.SentStateFigures, operation_id="get_sent_states", summary="What became of sent messages"
)
def sent_states(request: ProgramRequest, wanted: Query[shapes.StatisticsWanted]) -> shapes.SentStateFigures:
    """Count sent messages by state; the newest may change theirs for three days."""
    rows = queries.sent_states(request.account, wanted.filters(request.account))
    return shapes.SentStateFigures(
        items=[
            shapes.SentStateFigure(state=OutboundState(row.key), messages=row.count, share=row.share, **_details(row, "segments"))
            for row in rows
        ]
    )


@router.get(
    "/sent/reasons", auth=READ, response=shapes.SentReasonFigures, operation_id="get_sent_reasons", summary="Why messages did not arrive"
)
def sent_reasons(request: ProgramRequest, wanted: Query[shapes.StatisticsWanted]) -> shapes.SentReasonFigures:
    """Count messages that were not delivered by reason."""
    rows = queries.sent_reasons(request.account, wanted.filters(request.account))
    return shapes.SentReasonFigures(
        items=[shapes.SentReasonFigure(reason=UndeliveredReason(row.key), messages=row.count, share=row.share) for row in rows]
    )


@router.get(
    "/operators", auth=READ, response=shapes.OperatorFigures, operation_id="get_operator_figures", summary="What came from each carrier"
)
def operators(request: ProgramRequest, wanted: Query[shapes.StatisticsWanted]) -> shapes.OperatorFigures:
    """Count messages by the carrier of the phone."""
    rows = queries.operators(request.account, wanted.filters(request.account))
    return shapes.OperatorFigures(items=[shapes.OperatorFigure(name=row.name, received=row.count, share=row.share) for row in rows])


@router.get("/surveys", auth=READ, response=shapes.SurveyFigures, operation_id="get_survey_figures", summary="What surveys were answered")
def surveys(request: ProgramRequest, wanted: Query[shapes.StatisticsWanted]) -> shapes.SurveyFigures:
    """Count answers and people of each survey; test answers and late ones do not count."""
    rows = queries.survey_rows(request.account, wanted.filters(request.account))
    return shapes.SurveyFigures(
        items=[
            shapes.SurveyFigure(survey_id=int(row.key), name=row.name, answers=row.count, share=row.share, **_details(row, "people"))
            for row in rows
        ]
    )


@router.get(
    "/waits", auth=READ, response=shapes.WaitFigures, operation_id="get_wait_figures", summary="How long people waited for an answer"
)
def waits(request: ProgramRequest, wanted: Query[shapes.StatisticsWanted]) -> shapes.WaitFigures:
    """Count how often somebody waited how long for the first answer written by a person; automatic replies are none."""
    filters = wanted.filters(request.account)
    median = queries.median_first_reply(request.account, filters)
    rows = queries.first_reply(request.account, filters)
    return shapes.WaitFigures(
        median_seconds=None if median is None else round(median.total_seconds()),
        items=[shapes.WaitFigure(wait=Wait(row.key), times=row.count, share=row.share) for row in rows],
    )


@router.get(
    "/near-misses", auth=READ, response=shapes.NearMissFigures, operation_id="get_near_miss_figures", summary="What was nearly a keyword"
)
def near_misses(request: ProgramRequest, wanted: Query[shapes.StatisticsWanted]) -> shapes.NearMissFigures:
    """Count what people typed instead of a keyword."""
    rows = queries.near_misses(request.account, wanted.filters(request.account))
    return shapes.NearMissFigures(
        items=[shapes.NearMissFigure(typed=row.name, keyword_id=_id(row), received=row.count, share=row.share) for row in rows]
    )


@router.get("/conversion", auth=READ, response=shapes.ConversionFigures, operation_id="get_conversion", summary="Who became a member")
def conversion(request: ProgramRequest, wanted: Query[shapes.StatisticsWanted]) -> shapes.ConversionFigures:
    """Count who texted each keyword that fills a group, and who of them it brought or found there."""
    rows = queries.conversion(request.account, wanted.filters(request.account))
    return shapes.ConversionFigures(
        items=[
            shapes.ConversionFigure(keyword_id=_id(row), word=row.name, share=row.share, **_details(row, "people", "members"))
            for row in rows
        ]
    )


def _id(row: Row) -> int | None:
    return int(row.key) if row.key else None


def _details(row: Row, *names: str) -> dict[str, int]:
    return {name: row.details.get(name, 0) for name in names}
