"""Which entries take part in a draw, and what they are called in public.

What belongs here: choosing and hashing. What does not: the steps of a draw (`draws`).
"""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from recado.apps.contests.models import Contest, Draw, Entry, Win
from recado.core.contest import EntryState
from recado.core.draw import canonical, entry_hash

EARLIER = timedelta(days=365)


def taking_part(contest: Contest, day: str = "", *, now: datetime) -> QuerySet[Entry]:
    """List the entries a draw is among: counted ones of people, of one day where it is a daily draw.

    Refused, disqualified and pending ones are out, and tests; so are people who won within a year where the contest says so.
    """
    found = Entry.objects.filter(contest=contest, state=EntryState.ACCEPTED.value, is_test=False)
    if day:
        found = found.filter(day=day)
    if contest.excludes_earlier_winners:
        won = Win.objects.filter(account=contest.account_id, is_void=False, is_reserve=False, won_at__gt=now - EARLIER)
        at_once = Entry.objects.filter(
            account=contest.account_id, is_winner=True, is_test=False, entered_at__gt=now - EARLIER, state=EntryState.ACCEPTED.value
        ).exclude(contest=contest)
        found = found.exclude(msisdn__in=won.values("msisdn")).exclude(msisdn__in=at_once.values("msisdn"))
    return found.order_by("pk")


def public_name(contest: Contest, entry_id: int, msisdn: str) -> str:
    """Return what an entry is called in the published list."""
    return entry_hash(bytes.fromhex(contest.salt), entry_id, msisdn)


def public_list(contest: Contest, day: str = "", *, now: datetime) -> list[str]:
    """Return the list as it is frozen."""
    rows = taking_part(contest, day, now=now).values_list("pk", "msisdn").iterator(2_000)
    return canonical([public_name(contest, pk, msisdn) for pk, msisdn in rows])


def behind(contest: Contest, draw: Draw) -> dict[str, tuple[int, str]]:
    """Return the entry and the phone behind each public name of a frozen list; entries that are gone since then are missing."""
    names = set(draw.entries.split())
    rows = Entry.objects.filter(contest=contest, is_test=False, **({"day": draw.day} if draw.day else {}))
    found = ((public_name(contest, pk, msisdn), pk, msisdn) for pk, msisdn in rows.values_list("pk", "msisdn").iterator(2_000))
    return {name: (pk, msisdn) for name, pk, msisdn in found if name in names}
