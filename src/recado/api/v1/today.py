"""`/today`: the day at a glance, and what needs somebody's attention.

What belongs here: the route and its shapes. What does not: the figures (`apps.dialogues.today`).
"""

from datetime import datetime

from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.shapes import phone_out
from recado.apps.accounts.scopes import Scope
from recado.apps.dialogues.queries import unread_count
from recado.apps.dialogues.today import FailingForward, attention, today

router = Router(tags=["Messages"])


class FailingForwardOut(Schema):
    """A forward that does not get through."""

    forward_id: int
    name: str
    waiting: int
    given_up: int
    since: datetime
    next_try_at: datetime | None
    error: str


class EndingKeywordOut(Schema):
    """A keyword whose time is soon over."""

    keyword_id: int
    word: str
    ends_at: datetime | None


class EndedSurveyOut(Schema):
    """A survey that closed by itself in the last days."""

    survey_id: int
    name: str
    closed_at: datetime | None


class AttentionOut(Schema):
    """What somebody should look at."""

    failing_forwards: list[FailingForwardOut]
    ending_keywords: list[EndingKeywordOut]
    suspended_numbers: list[str]
    undelivered_today: int = Field(description="Messages of today that did not arrive.")
    may_want_out: int = Field(description="Unread messages that may be opt-outs.")
    unanswered_phones: int = Field(description="Phones that automatic answers are paused for since yesterday.")
    is_answer_limit_spent: bool = Field(description="An automatic answer cost what it may cost a day.")
    is_credit_used_up: bool
    low_credit: int | None = Field(description="What is left of the credit where that is little, in minor units.")
    overdue_invoices: int
    ended_surveys: list[EndedSurveyOut]


class TodayOut(Schema):
    """The day so far, by the account's clock. Counting stops at 1000, of unread conversations at 100."""

    received: int
    new_contacts: int
    unanswered: int = Field(description="Open conversations in which the person spoke last, of any day.")
    unread: int = Field(description="Conversations with unread messages.")
    attention: AttentionOut


@router.get("", auth=key(Scope.MESSAGES_READ), response=TodayOut, operation_id="get_today", summary="The day at a glance")
def show(request: ProgramRequest) -> TodayOut:
    """Say what came in, who waits, and what needs somebody."""
    account, now = request.account, timezone.now()
    with timezone.override(account.zone):
        day, needs = today(account), attention(account, now)
    return TodayOut(
        received=day.received,
        new_contacts=day.new_contacts,
        unanswered=day.unanswered,
        unread=unread_count(account),
        attention=AttentionOut(
            failing_forwards=[_failing(one) for one in needs.forwards],
            ending_keywords=[EndingKeywordOut(keyword_id=one.pk, word=one.word, ends_at=one.ends_at) for one in needs.ending],
            suspended_numbers=[phone_out(one.digits) for one in needs.suspended],
            undelivered_today=needs.undelivered,
            may_want_out=needs.may_want_out,
            unanswered_phones=needs.unanswered_phones,
            is_answer_limit_spent=needs.is_spent,
            is_credit_used_up=needs.is_broke,
            low_credit=needs.low_credit,
            overdue_invoices=needs.overdue,
            ended_surveys=[EndedSurveyOut(survey_id=one.pk, name=one.name, closed_at=one.closed_at) for one in needs.ended_surveys],
        ),
    )


def _failing(one: FailingForward) -> FailingForwardOut:
    return FailingForwardOut(
        forward_id=one.destination.pk,
        name=one.destination.name,
        waiting=one.waiting,
        given_up=one.given_up,
        since=one.since,
        next_try_at=one.next_try_at,
        error=one.error,
    )
