"""Writes about contests: making, changing, ending and copying them; leaving entries out; choosing winners by hand.

What belongs here: changes with their checks. What does not: draws (`draws`), telling winners (`notifying`), keywords, which know contests
and not the other way (`apps.keywords.activities`).
"""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from recado.apps.accounts.models import Account, User
from recado.apps.contests.content import (
    FIELDS,
    FIXED_BY_ENTRIES,
    FIXED_BY_LIST,
    ContestContent,
    content_of,
    fitting,
    problems,
)
from recado.apps.contests.errors import ContestRefusedError, DrawRefusal, DrawRefusedError, Fault, Problem
from recado.apps.contests.models import Contest, Draw, Entry, Win
from recado.apps.contests.standing import ends_at
from recado.apps.numbers.services import bump_routing
from recado.core.contest import EntryRule, EntryState

LONGEST_REASON = 200
_SECRET_BYTES = 32


@transaction.atomic
def add_contest(account: Account, content: ContestContent, now: datetime, by: User | None = None) -> Contest:
    """Make a contest; raise ContestRefusedError. People enter once a keyword leads to it."""
    content = fitting(content)
    _check(account, content, now)
    return Contest.objects.create(
        account=account,
        created_by=by,
        created_at=now,
        public_token=secrets.token_urlsafe(16),
        salt=secrets.token_hex(_SECRET_BYTES),
        instant_seed=secrets.token_hex(_SECRET_BYTES),
        **{name: getattr(content, name) for name in FIELDS},
    )


@transaction.atomic
def edit_contest(contest: Contest, content: ContestContent, now: datetime) -> None:
    """Change a contest; raise ContestRefusedError. What people entered under, and what a frozen list follows from, stays."""
    content = fitting(content)
    locked = Contest.objects.select_for_update().get(pk=contest.pk)
    before = content_of(locked)
    found = [*problems(contest.account, content, now, locked), *_fixed(locked, before, content)]
    if found:
        raise ContestRefusedError(found)
    for name in FIELDS:
        setattr(contest, name, getattr(content, name))
    if content.closes_at != before.closes_at and locked.closed_at is not None:
        contest.closed_at = None  # a new end holds in place of the early one
    contest.save(update_fields=[*FIELDS, "closed_at"])
    if content.name != before.name:
        bump_routing()


@transaction.atomic
def end_contest(contest: Contest, now: datetime) -> bool:
    """End a contest before its time; say whether it was not over already."""
    if ends_at(contest) <= now:
        return False
    changed = Contest.objects.filter(pk=contest.pk, closed_at=None).update(closed_at=now)
    contest.refresh_from_db(fields=["closed_at"])
    return bool(changed)


@transaction.atomic
def copy_contest(contest: Contest, name: str, now: datetime, by: User | None = None) -> Contest:
    """Make a new contest that says the same, from now for as long as the first; it has no keyword and is not public yet."""
    length = contest.closes_at - contest.opens_at
    begins = now.replace(second=0, microsecond=0) + timedelta(days=1)
    content = replace(content_of(contest), name=name[:120], opens_at=begins, closes_at=begins + length, is_public=False)
    return add_contest(contest.account, content, now, by)


@transaction.atomic
def disqualify(entry: Entry, reason: str, by: User | None) -> bool:
    """Leave an entry out, with a reason; it keeps using up the limits of its phone. Say whether it counted until now."""
    if not reason.strip():
        raise DrawRefusedError(DrawRefusal.NO_REASON)
    counted = Entry.objects.filter(pk=entry.pk, state=EntryState.ACCEPTED.value)
    reason = reason.strip()[:LONGEST_REASON]
    changed = counted.update(state=EntryState.DISQUALIFIED.value, disqualified_reason=reason, disqualified_by=by)
    if changed:  # who was drawn keeps the place until it is taken in the protocol, too (`draws.replace_winners`)
        Win.objects.filter(entry=entry.pk, draw=None, is_void=False).update(is_void=True, note=reason)
    entry.refresh_from_db()
    return bool(changed)


@transaction.atomic
def readmit(entry: Entry) -> bool:
    """Let an entry count again; say whether it had been left out."""
    left_out = Entry.objects.filter(pk=entry.pk, state=EntryState.DISQUALIFIED.value)
    changed = left_out.update(state=EntryState.ACCEPTED.value, disqualified_reason="", disqualified_by=None)
    if changed and entry.is_winner:
        Win.objects.filter(entry=entry.pk, draw=None).update(is_void=False, note="")
    entry.refresh_from_db()
    return bool(changed)


@transaction.atomic
def choose(entry: Entry, note: str, now: datetime) -> Win:
    """Let an entry win by hand; who is chosen beyond the number of winners is a reserve. Raise DrawRefusedError."""
    contest = Contest.objects.select_for_update().get(pk=entry.contest_id)  # of two who choose at once, one waits
    if contest.entry_rule != EntryRule.JURY:
        raise DrawRefusedError(DrawRefusal.NOT_JURY)
    if entry.state != EntryState.ACCEPTED or entry.is_test:
        raise DrawRefusedError(DrawRefusal.NO_ENTRY)
    chosen = Win.objects.filter(contest=contest, draw=None)
    if chosen.filter(entry=entry, is_void=False).exists():
        raise DrawRefusedError(DrawRefusal.CHOSEN_ALREADY)
    taken = set(chosen.filter(is_void=False).values_list("place", flat=True))
    place = next(number for number in range(1, len(taken) + 2) if number not in taken)
    times: int | None = chosen.filter(entry=entry).aggregate(last=Max("round"))["last"]
    return Win.objects.create(
        account_id=contest.account_id,
        contest=contest,
        entry=entry,
        msisdn=entry.msisdn,
        place=place,
        round=0 if times is None else times + 1,
        is_reserve=place > contest.winner_count,
        note=note.strip()[:LONGEST_REASON],
        won_at=now,
    )


@transaction.atomic
def unchoose(win: Win) -> None:
    """Take back a choice nobody was told of; it stays written down as void. Raise DrawRefusedError."""
    Contest.objects.select_for_update().get(pk=win.contest_id)
    if win.draw_id is not None:
        raise DrawRefusedError(DrawRefusal.NOT_JURY)
    if not Win.objects.filter(pk=win.pk, is_void=False, notified_at=None).update(is_void=True):
        raise DrawRefusedError(DrawRefusal.IS_TOLD)


def _check(account: Account, content: ContestContent, now: datetime) -> None:
    if found := problems(account, content, now):
        raise ContestRefusedError(found)


def _fixed(contest: Contest, before: ContestContent, after: ContestContent) -> list[Problem]:
    """List what may not be changed any more."""
    changed = [name for name in FIELDS if getattr(before, name) != getattr(after, name)]
    found = []
    if any(name in FIXED_BY_ENTRIES for name in changed) and Entry.objects.filter(contest=contest, is_test=False).exists():
        found += [Problem(name, Fault.RULE_FIXED) for name in changed if name in FIXED_BY_ENTRIES]
    frozen = Draw.objects.filter(contest=contest, day="")  # a day that is drawn holds nothing of the next ones
    if any(name in FIXED_BY_LIST for name in changed) and frozen.exists():
        found += [Problem(name, Fault.LIST_FROZEN) for name in changed if name in FIXED_BY_LIST]
    return found
