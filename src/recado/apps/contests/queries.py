"""Reads about contests: which an account has, one of them, its entries and winners. Whoever asks names the account.

What belongs here: finding and listing. What does not: counting (`figures`), where a contest stands (`standing`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.contacts.queries import NotFoundError
from recado.apps.contests.models import Contest, Draw, Entry, Win
from recado.core.contest import EntryRule, EntryState, Refusal

AWAITED = timedelta(days=30)
"""So long after its end a contest without winners is waited for."""


class NoSuchContestError(NotFoundError):
    """The account has no such contest, entry, draw or win; whether another account has, is not said."""


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries are wanted; what is empty does not narrow."""

    state: str = ""
    reason: str = ""
    phone: str = ""
    """A piece of the number."""
    day: str = ""
    is_winner: bool | None = None
    is_test: bool | None = False


def contests_of(account: Account, search: str = "") -> QuerySet[Contest]:
    """List the account's contests, the latest made first, each with `is_drawn`."""
    found = Contest.objects.filter(account=account).select_related("account", "excluded_group").annotate(is_drawn=_is_drawn())
    return (found.filter(name__icontains=search) if search else found).order_by("-pk")


def get_contest_for(account: Account, contest_id: int) -> Contest:
    """Find a contest of the account, or raise NoSuchContestError."""
    found = contests_of(account).filter(pk=contest_id).first()
    if found is None:
        raise NoSuchContestError(f"no contest {contest_id} in this account")
    return found


def public_contest(token: str) -> Contest:
    """Find the contest of a public page, or raise NoSuchContestError; that of a suspended account is not shown."""
    found = Contest.objects.filter(public_token=token, is_public=True, account__is_suspended=False).select_related("account")
    contest = found.annotate(is_drawn=_is_drawn()).first()
    if contest is None:
        raise NoSuchContestError("no public contest")
    return contest


def get_entry_for(account: Account, contest_id: int, entry_id: int) -> Entry:
    """Find an entry of a contest of the account, or raise NoSuchContestError."""
    found = Entry.objects.filter(account=account, contest=contest_id, pk=entry_id).select_related("contest", "disqualified_by").first()
    if found is None:
        raise NoSuchContestError(f"no entry {entry_id} in this contest")
    return found


def get_draw_for(account: Account, contest_id: int, draw_id: int) -> Draw:
    """Find a draw of a contest of the account, or raise NoSuchContestError."""
    found = Draw.objects.filter(account=account, contest=contest_id, pk=draw_id).select_related("contest__account").first()
    if found is None:
        raise NoSuchContestError(f"no draw {draw_id} in this contest")
    return found


def get_win_for(account: Account, contest_id: int, win_id: int) -> Win:
    """Find a win of a contest of the account, or raise NoSuchContestError."""
    found = Win.objects.filter(account=account, contest=contest_id, pk=win_id).select_related("entry", "draw", "contest__account").first()
    if found is None:
        raise NoSuchContestError(f"no winner {win_id} in this contest")
    return found


def entries_of(contest: Contest, wanted: EntryFilter) -> QuerySet[Entry]:
    """List the entries of a contest, the latest first."""
    found = Entry.objects.filter(contest=contest).order_by("-pk")
    if wanted.is_test is not None:
        found = found.filter(is_test=wanted.is_test)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.reason:
        found = found.filter(reason=wanted.reason)
    if wanted.phone:
        found = found.filter(msisdn__contains=wanted.phone)
    if wanted.day:
        found = found.filter(day=wanted.day)
    if wanted.is_winner is not None:
        chosen = Q(pk__in=standing_wins(contest).values("entry"))
        wins = (Q(is_winner=True) & ~Q(state=EntryState.DISQUALIFIED.value)) | chosen
        found = found.filter(wins) if wanted.is_winner else found.exclude(wins)
    return found


def whole_list(contest: Contest, wanted: EntryFilter, most: int) -> Iterator[Entry]:
    """Yield the entries a filter leaves, the first first, at most so many."""
    return entries_of(contest, wanted).order_by("pk")[:most].iterator(500)


def standing_wins(contest: Contest) -> QuerySet[Win]:
    """List who was drawn or chosen and did not lose the place, the first place first; reserves left aside."""
    found = Win.objects.filter(contest=contest, is_void=False, is_reserve=False).select_related("entry", "draw")
    return found.defer("draw__entries", "draw__protocol").order_by("draw__day", "place", "pk")


def all_wins(contest: Contest) -> QuerySet[Win]:
    """List everybody who was ever drawn or chosen: winners, reserves, then who lost their place."""
    found = Win.objects.filter(contest=contest).select_related("entry", "draw")
    return found.defer("draw__entries", "draw__protocol").order_by("-draw__day", "is_void", "is_reserve", "place", "pk")


def draws_of(contest: Contest) -> QuerySet[Draw]:
    """List the draws of a contest, the latest day first; lists and protocols are read only where they are asked for."""
    return Draw.objects.filter(contest=contest).defer("entries", "protocol").order_by("-day")


def waiting_for_winners(account: Account, now: datetime) -> list[Contest]:
    """List the contests that are over and wait for somebody to draw or choose; days are drawn by themselves."""
    rules = (EntryRule.AT_CLOSE.value, EntryRule.JURY.value)
    over = Q(closes_at__lte=now, closes_at__gt=now - AWAITED) | Q(closed_at__lte=now, closed_at__gt=now - AWAITED)
    counted = Entry.objects.filter(contest=OuterRef("pk"), state=EntryState.ACCEPTED.value, is_test=False)
    found = contests_of(account).filter(over, Exists(counted), entry_rule__in=rules).exclude(_is_drawn())
    return list(found.order_by("closes_at"))


def reasons_of(contest: Contest) -> list[Refusal]:
    """List the reasons for which entries of a contest do not count, for filters."""
    found = set(Entry.objects.filter(contest=contest).exclude(reason="").order_by().values_list("reason", flat=True).distinct())
    return [reason for reason in Refusal if reason.value in found]


def _is_drawn() -> Exists:
    """Say whether there are winners who were drawn or chosen."""
    return Exists(Win.objects.filter(contest=OuterRef("pk"), is_void=False))
