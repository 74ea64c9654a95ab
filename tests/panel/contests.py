"""Contests as the tests look at them: running, over, drawn, chosen by people."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.contests.content import ContestContent
from recado.apps.contests.draws import draw_now, freeze, promise
from recado.apps.contests.models import Contest, Draw, Entry
from recado.apps.contests.services import add_contest
from recado.apps.ids import next_id
from recado.core.contest import EntryRule, EntryState

FIRST = 48_601_000_000
NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def contest(account: Account, rule: EntryRule = EntryRule.AT_CLOSE, *, now: datetime | None = None, **fields) -> Contest:
    """Make a contest that runs from yesterday until tomorrow."""
    now = now or timezone.now()
    content = {"name": "Róże", "opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1), "entry_rule": rule.value}
    return add_contest(account, ContestContent(**(content | fields)), now)


def entry(found: Contest, place: int = 0, *, at: datetime | None = None, **fields) -> Entry:
    """Let somebody enter; `place` says who."""
    at = at or timezone.now()
    content = {"text": "ROZA", "state": EntryState.ACCEPTED.value, "is_test": False, "sequence": place + 1, "ordinal": 1, "day_ordinal": 1}
    if fields.get("state", content["state"]) not in {EntryState.ACCEPTED.value, EntryState.DISQUALIFIED.value}:
        content |= {"sequence": None, "ordinal": None, "day_ordinal": None}
    day = timezone.localdate(at, found.account.zone).isoformat()
    content |= {"msisdn": str(FIRST + place), "day": day, "entered_at": at, "message_id": next_id()}
    return Entry.objects.create(id=next_id(), account=found.account, contest=found, **(content | fields))


def over(account: Account, people: int = 5, rule: EntryRule = EntryRule.AT_CLOSE, **fields) -> Contest:
    """Make one that ended an hour ago, with people in it."""
    made = contest(account, rule, **fields)
    for place in range(people):
        entry(made, place)
    now = timezone.now()
    Contest.objects.filter(pk=made.pk).update(opens_at=now - timedelta(days=2), closes_at=now - timedelta(hours=1))
    made.refresh_from_db()
    return made


def promised(account: Account, people: int = 5, **fields) -> Draw:
    """Make one whose list is frozen and whose seed is promised."""
    now = timezone.now()
    made = freeze(over(account, people, **fields), now)
    promise(made, now)
    return made


def drawn(account: Account, people: int = 5, **fields) -> Draw:
    """Make one that is drawn."""
    made = promised(account, people, **fields)
    draw_now(made, timezone.now())
    return made
