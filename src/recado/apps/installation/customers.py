"""The installation's customers as its operators see them: the list, what each uses, and what can be done to an account as a whole.

What belongs here: reads and writes about accounts that need other apps. What does not: members of one account (`apps.accounts`), the log.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Count, Q

from recado.apps.accounts.invitations import invite
from recado.apps.accounts.models import Account, Invitation, Role, User
from recado.apps.accounts.services import create_account
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.apps.spellings import spellings

PAGE = 50
DAYS = 30
CEILING = 1000
"""Up to so many messages are counted for a row of the list."""
DAY_CEILING = 10_000
"""Up to so many messages are counted for one day."""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """An account in the list."""

    account: Account
    people: int
    numbers: int
    keywords: int
    messages: int
    """In the last DAYS days, at most CEILING."""

    @property
    def is_ceiling(self) -> bool:
        """Whether there are at least as many messages as were counted."""
        return self.messages >= CEILING


def customer_page(search: str, page: str | int | None, *, only_suspended: bool = False) -> Page[Account]:
    """Return a page of accounts by name, found by name, company, tax number or somebody's address."""
    accounts = Account.objects.order_by("name", "pk")
    if only_suspended:
        accounts = accounts.filter(is_suspended=True)
    if search:
        found = Q(tax_id__startswith=search) | Q(memberships__user__email__istartswith=search)
        for spelling in spellings(search):
            found |= Q(name__icontains=spelling) | Q(company__icontains=spelling)
        accounts = accounts.filter(found).distinct()
    return Paginator(accounts, PAGE).get_page(page)


def rows_of(accounts: Collection[Account], now: datetime) -> list[CustomerRow]:
    """Return what each account has, a few queries for all of them."""
    ids = [account.pk for account in accounts]
    people, numbers = _counts(ids, "memberships"), _counts(ids, "numbers")
    live = Keyword.objects.filter(account__in=ids).exclude(state=Keyword.State.QUARANTINE)
    keywords = dict(live.order_by().values_list("account").annotate(Count("pk")))
    lowest = first_id_at(now - timedelta(days=DAYS))
    return [
        CustomerRow(
            account, people.get(account.pk, 0), numbers.get(account.pk, 0), keywords.get(account.pk, 0), _received(account, lowest, CEILING)
        )
        for account in accounts
    ]


def received_by_day(account: Account, now: datetime) -> list[tuple[date, int]]:
    """Return how many messages the account received on each of the last DAYS days of its calendar, at most DAY_CEILING a day."""
    zone = ZoneInfo(account.time_zone)
    today = now.astimezone(zone).date()
    days = [today - timedelta(days=DAYS - 1 - ago) for ago in range(DAYS)]
    edges = [first_id_at(datetime(day.year, day.month, day.day, tzinfo=zone)) for day in [*days, today + timedelta(days=1)]]
    return [(day, _received(account, edges[at], DAY_CEILING, edges[at + 1])) for at, day in enumerate(days)]


@transaction.atomic
def open_account(name: str, owner: str, language: str, by: User, now: datetime) -> tuple[Account, Invitation, str]:
    """Create an account and offer its ownership to an address; return the token of the offer, which can be read only now."""
    account = create_account(name, language=language)
    invitation, token = invite(account, owner, Role.OWNER, by, now)
    return account, invitation, token


def suspend_account(account: Account, reason: str) -> bool:
    """Keep its people and programs out and tell them why; messages are still received. False where it is suspended already."""
    account.is_suspended, account.suspended_reason = True, reason
    return bool(Account.objects.filter(pk=account.pk, is_suspended=False).update(is_suspended=True, suspended_reason=reason))


def resume_account(account: Account) -> bool:
    """Let its people and programs in again. False where they are in already."""
    account.is_suspended, account.suspended_reason = False, ""
    return bool(Account.objects.filter(pk=account.pk, is_suspended=True).update(is_suspended=False, suspended_reason=""))


def write_note(account: Account, text: str) -> None:
    """Keep what operators know about the customer."""
    account.operator_note = text.strip()
    account.save(update_fields=["operator_note"])


def _counts(ids: Collection[int], relation: str) -> dict[int, int]:
    return dict(Account.objects.filter(pk__in=ids).order_by().values_list("pk").annotate(Count(relation)))


def _received(account: Account, from_id: int, ceiling: int, below_id: int | None = None) -> int:
    received = Message.objects.filter(account=account, id__gte=from_id)
    if below_id is not None:
        received = received.filter(id__lt=below_id)
    return received.order_by()[:ceiling].count()
