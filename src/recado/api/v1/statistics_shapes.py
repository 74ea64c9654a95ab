"""Shapes of the statistics: what is asked, and what each table answers.

What belongs here: shapes, and reading what is asked. What does not: routes (`statistics`), counting (`apps.statistics`).
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Annotated

from django.utils import timezone
from ninja import Schema
from pydantic import AfterValidator, Field

from recado.api.v1.problems import invalid
from recado.api.v1.shapes import EARLIEST, LATEST, Id
from recado.apps.accounts.models import Account
from recado.apps.contacts.queries import get_group_for
from recado.apps.keywords.queries import get_keyword_for
from recado.apps.numbers.queries import get_number_for
from recado.apps.statistics.figures import LONGEST, Filters, Measure, Period
from recado.apps.statistics.waiting import Wait
from recado.core.receipt import OutboundState, UndeliveredReason

USUAL_DAYS = 30


def _possible(value: date) -> date:
    if not EARLIEST.date() <= value < LATEST.date():
        raise ValueError(f"must lie between {EARLIEST:%Y} and {LATEST:%Y}")
    return value


Day = Annotated[date, AfterValidator(_possible)]


class ArgumentsWanted(Schema):
    """What is counted of one keyword: everything of some days, or what is about one number or group."""

    first: Day | None = Field(None, description="First day of the account's calendar; 29 days before `last` if not given.")
    last: Day | None = Field(None, description="Last day; today if not given. At most 366 days.")
    number_id: Id | None = None
    group_id: Id | None = Field(None, description="People who are in the group now.")

    def filters(self, account: Account) -> Filters:
        """Return what is asked for. Raises Problem, and the queries' own errors for what is not the account's."""
        last = self.last or timezone.localdate(timezone=account.zone)
        first = self.first or last - timedelta(days=USUAL_DAYS - 1)
        if not first <= last < first + LONGEST:
            raise invalid("query.first", "must not lie after `last`, nor more than 366 days before it")
        if self.number_id is not None:
            get_number_for(account, self.number_id)
        if self.group_id is not None:
            get_group_for(account, self.group_id)
        return Filters(Period(first, last), self.number_id, None, self.group_id)


class StatisticsWanted(ArgumentsWanted):
    """What is counted: everything of some days, or what is about one number, keyword or group."""

    keyword_id: Id | None = None

    def filters(self, account: Account) -> Filters:
        """Return what is asked for. Raises Problem, and the queries' own errors for what is not the account's."""
        if self.keyword_id is not None:
            get_keyword_for(account, self.keyword_id)
        return replace(super().filters(account), keyword_id=self.keyword_id)


class FiguresOut(Schema):
    """The figures of a period."""

    received: int = Field(description="Messages that came.")
    new_contacts: int
    replies: int = Field(description="Messages that went out other than group sends, automatic or written by people.")
    opt_outs: int
    people: int = Field(description="Different phones that wrote.")


class TotalsOut(Schema):
    """The figures of a period, and of the days of the same number before it."""

    first: date
    last: date
    figures: FiguresOut
    before: FiguresOut = Field(description="Whole days, also where the period ends today.")


class PointOut(Schema):
    """One bar of a chart."""

    start: datetime
    count: int


class SeriesOut(Schema):
    """One figure over time."""

    measure: Measure
    points: list[PointOut] = Field(description="A point for each day, or for each hour of a single one; also where nothing came.")


class KeywordFigure(Schema):
    """What came by one keyword."""

    keyword_id: int | None = Field(description="Null for what no keyword matched.")
    word: str
    received: int
    share: float = Field(description="Of all, 0 to 1.")
    before: int | None = Field(description="In the period before.")
    people: int
    new_contacts: int
    opt_outs: int


class KeywordFigures(Schema):
    """Most frequent first."""

    items: list[KeywordFigure]


class ArgumentFigure(Schema):
    """What people wrote after a base keyword."""

    text: str = Field(description="Empty for everything that has no row of its own.")
    received: int
    share: float


class ArgumentFigures(Schema):
    """Most frequent first, at most 50 and one for the rest."""

    items: list[ArgumentFigure]


class NumberFigure(Schema):
    """What came to one number."""

    number_id: int | None
    number: str
    received: int
    share: float
    before: int | None


class NumberFigures(Schema):
    """Most frequent first."""

    items: list[NumberFigure]


class GroupFigure(Schema):
    """What people of one group wrote."""

    group_id: int | None
    name: str
    received: int
    share: float
    joined: int
    left: int


class GroupFigures(Schema):
    """Who is in two groups counts in both."""

    items: list[GroupFigure]


class HoursOut(Schema):
    """When people write."""

    by_weekday: list[list[int]] = Field(description="Monday first; 24 hours each, by the account's clock.")


class SentStateFigure(Schema):
    """Messages sent that are in one state."""

    state: OutboundState
    messages: int
    share: float
    segments: int


class SentStateFigures(Schema):
    """What became of messages that were sent."""

    items: list[SentStateFigure]


class SentReasonFigure(Schema):
    """Messages that did not arrive for one reason."""

    reason: UndeliveredReason
    messages: int
    share: float


class SentReasonFigures(Schema):
    """Most frequent first."""

    items: list[SentReasonFigure]


class OperatorFigure(Schema):
    """What came from phones of one carrier."""

    name: str = Field(description="By the range of the number, also where it was taken along to another carrier; empty if not known.")
    received: int
    share: float


class OperatorFigures(Schema):
    """Most frequent first."""

    items: list[OperatorFigure]


class SurveyFigure(Schema):
    """What one survey was answered."""

    survey_id: int
    name: str
    answers: int
    share: float
    people: int


class SurveyFigures(Schema):
    """Most answers first."""

    items: list[SurveyFigure]


class WaitFigure(Schema):
    """How often somebody waited so long for the first answer written by a person."""

    wait: Wait
    times: int
    share: float


class WaitFigures(Schema):
    """How long people waited, one row for each step."""

    median_seconds: int | None = Field(description="Of those who were answered.")
    items: list[WaitFigure]


class NearMissFigure(Schema):
    """What people typed instead of a keyword."""

    typed: str
    keyword_id: int | None
    received: int
    share: float


class NearMissFigures(Schema):
    """Most frequent first."""

    items: list[NearMissFigure]


class ConversionFigure(Schema):
    """Who texted a keyword, and who of them it brought or found in its group."""

    keyword_id: int | None
    word: str
    people: int
    members: int
    share: float


class ConversionFigures(Schema):
    """Keywords that fill a group."""

    items: list[ConversionFigure]
