"""The demo's autoresponders: for the holidays, for the night, for regular customers.

What belongs here: loading them once. What does not: keywords and their replies (`demo_keywords`). None of them answers a phone that tries
the demo for the first time, so that what keywords do is seen undisturbed.
"""

from datetime import timedelta

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.services import AutoresponderContent, add_autoresponder
from recado.apps.contacts.models import Group
from recado.apps.keywords.rules import RuleTerms
from recado.core.condition import Condition, Occasion, OfficeHours

TWELVE_HOURS, DAY, WEEK = 12 * 60, 24 * 60, 7 * 24 * 60


def load(flowers: Account) -> None:
    """Add all of them in their order."""
    begins = timezone.localtime(timezone=flowers.zone).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=14)
    holidays = RuleTerms(starts_at=begins, ends_at=begins + timedelta(days=3))
    closed = RuleTerms(is_enabled=False, condition=Condition(office_hours=OfficeHours.CLOSED))
    _add(flowers, "Urlop", "Odpoczywamy przez trzy dni. Po powrocie odpiszemy na wszystko.", DAY, holidays)
    _add(flowers, "Zamknięte", "Teraz jest zamknięte. Odpiszemy, gdy tylko otworzymy.", TWELVE_HOURS, closed)
    regulars = Group.objects.get(account=flowers, name="Stali klienci")
    known = RuleTerms(condition=Condition(in_group_id=regulars.pk, occasion=Occasion.AGAIN))
    _add(flowers, "Stali klienci", "Dziękujemy! Stałym klientom odpisujemy w pierwszej kolejności.", WEEK, known)


def _add(flowers: Account, name: str, text: str, once_minutes: int, terms: RuleTerms) -> None:
    add_autoresponder(flowers, AutoresponderContent(name, text, once_minutes=once_minutes, terms=terms))
