"""What would happen? — a text, a sender and a moment, put to the production rules without receiving anything.

What belongs here: reading the question, the fragment with the answer. What does not: the words of the answer (`explained`), the rules.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from recado.apps.accounts.models import Account
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.keywords.dry_run import NOBODY, sender_state, would_do
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.queries import get_keyword_for
from recado.core.sender import SenderState, lasting
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.keywords.explained import Tried, explained

LONGEST_TEXT = 1530
SATURDAY, EVENING = 5, 22
WHO, WHEN = ("phone", "new", "member"), ("now", "saturday", "moment")


@dataclass(frozen=True, slots=True)
class Question:
    """What is tried."""

    text: str
    phone: str
    who: str
    """`phone`: what is known about it; `new`: nothing; `member`: in the keyword's group already."""
    when: str
    """`now`, `saturday` at 22:00, or another `moment`."""
    moment: datetime


@require_safe
@member_required
@may_read
def dry_run(request: MemberRequest, keyword_id: int) -> HttpResponse:
    """Say what a text would do on the keyword's number."""
    found = get_keyword_for(request.account, keyword_id)
    return render(request, "panel/keywords/_dry_run.html", tried(request.account, found, request.GET))


def tried(account: Account, keyword: Keyword, given: QueryDict) -> dict[str, object]:
    """Return what the form of the tester and its answer show."""
    question = _question(keyword, given, timezone.localtime())
    sender = _sender(account, keyword, question)
    decision = would_do(account, keyword.number, question.phone, question.text, question.moment, sender)
    steps = explained(Tried(keyword, question.text, sender, decision)) if decision else None
    return {"question": question, "answer": steps}


def _question(keyword: Keyword, given: QueryDict, now: datetime) -> Question:
    who, when = given.get("who", ""), given.get("when", "")
    question = Question(
        given.get("text", keyword.word)[:LONGEST_TEXT],
        parse_msisdn(given.get("from", "")) or NOBODY,
        who if who in WHO else "phone",
        when if when in WHEN else "now",
        now,
    )
    return replace(question, moment=_moment(question.when, given.get("moment", ""), now))


def _moment(when: str, given: str, now: datetime) -> datetime:
    if when == "saturday":
        days = (SATURDAY - now.weekday()) % 7
        return (now + timedelta(days=days)).replace(hour=EVENING, minute=0, second=0, microsecond=0)
    if when != "moment":
        return now
    try:
        moment = parse_datetime(given)
        return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment or now
    except (ValueError, OverflowError):
        return now


def _sender(account: Account, keyword: Keyword, question: Question) -> SenderState:
    if question.who == "new":
        return SenderState(question.phone, is_new=True)
    known = sender_state(account, keyword.number, question.phone, question.moment)
    if question.who == "phone":
        return known
    rules = keyword.rules.all()
    groups = {action.group_id for rule in rules for action in rule.actions.all() if action.group_id}
    groups |= {rule.in_group_id for rule in rules if rule.in_group_id}
    return replace(known, groups={**lasting(groups), **known.groups})
