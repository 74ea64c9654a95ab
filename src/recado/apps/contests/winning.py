"""Instant wins as anybody can check them: the hash promised from the beginning, and the protocol once the contest is over.

What belongs here: both. What does not: deciding (`core.instant_win`), draws (`draws`).
"""

from datetime import datetime
from typing import Any

from recado.apps.contests.models import Contest, Entry
from recado.core.contest import EntryState
from recado.core.instant_protocol import Decided, InstantProtocol, written
from recado.core.instant_win import promise


def promised(contest: Contest) -> str:
    """Return the hash of the seed, to be published as soon as the contest is there."""
    return promise(bytes.fromhex(contest.instant_seed))


def is_decided(contest: Contest, now: datetime) -> bool:
    """Say whether no entry can win any more, so that the seed may be shown: it is over, and nobody is asked for their age."""
    is_over = now >= min(contest.closes_at, contest.closed_at or contest.closes_at)
    return is_over and not Entry.objects.filter(contest=contest, state=EntryState.PENDING.value, is_test=False).exists()


def instant_protocol(contest: Contest, now: datetime) -> dict[str, Any] | None:
    """Return the protocol of instant wins as JSON; None while one can still be decided."""
    if not is_decided(contest, now):
        return None
    entries = Entry.objects.filter(contest=contest, is_test=False, sequence__isnull=False).order_by("sequence")
    decided = [Decided(sequence or 0, day, won) for sequence, day, won in entries.values_list("sequence", "day", "is_winner")]
    seed, odds = contest.instant_seed, contest.every or 1
    return written(InstantProtocol(contest.name, promised(contest), seed, odds, contest.win_cap, contest.win_cap_per_day, decided))
