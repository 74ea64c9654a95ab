"""Telling an account's people that a contest is over and waits for its winners.

What belongs here: whom, once for each contest. What does not: which wait (`queries`), the sentence (`panel.notification_words`).
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from recado.apps.contests.models import Contest, Entry, Win
from recado.apps.notifications.services import notify
from recado.apps.numbers.reminders import people_told
from recado.core.contest import EntryRule, EntryState

SETTLING, LOOKED_BACK = timedelta(minutes=1), timedelta(days=2)
RULES = (EntryRule.AT_CLOSE.value, EntryRule.JURY.value)


def tell_all(now: datetime) -> None:
    """Tell of each contest that ended lately and has no winners yet; nobody is told twice."""
    until, since = now - SETTLING, now - LOOKED_BACK
    ended = Q(closed_at=None, closes_at__lte=until, closes_at__gt=since) | Q(closed_at__lte=until, closed_at__gt=since)
    counted = Entry.objects.filter(contest=OuterRef("pk"), state=EntryState.ACCEPTED.value, is_test=False)
    found = Contest.objects.filter(ended, Exists(counted), entry_rule__in=RULES, account__is_suspended=False)
    for contest in found.exclude(Exists(Win.objects.filter(contest=OuterRef("pk")))).select_related("account"):
        where = f"/contests/{contest.pk}/" + ("draw/" if contest.entry_rule == EntryRule.AT_CLOSE else "")
        about = f"contest.over:{contest.pk}"
        notify(contest.account, people_told(contest.account), "contest.over", {"name": contest.name}, where, about=about)
