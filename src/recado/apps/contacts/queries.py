"""Reads about contacts and groups. Whoever asks names the account, and gets nothing of another.

What belongs here: finding and listing. What does not: changing (`services`), how a page or an API answer looks.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import product

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import BlockedSender, Contact, Group, GroupMembership, ImportBatch, OptOut
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.ids import first_id_at
from recado.apps.spellings import spellings

_SEARCHED = ("first_name", "last_name", "company", "email", "city", "description")


_LONGEST_SEARCH, _MOST_WORDS = 200, 10
"""A longer search would be more of a query than databases take."""
_WHOLE_NUMBER = 9
"""Digits from which on a search means one number and not a piece of some."""


class NotFoundError(LookupError):
    """The account has no such contact or group; whether another account has, is not said."""


def get_contact_for(account: Account, contact_id: int) -> Contact:
    """Find a contact of the account, or raise NotFoundError."""
    contact = Contact.objects.filter(account=account, pk=contact_id).first()
    if contact is None:
        raise NotFoundError(f"no contact {contact_id} in this account")
    return contact


def get_group_for(account: Account, group_id: int) -> Group:
    """Find a group of the account with its `contact_count`, or raise NotFoundError."""
    group = groups_of(account).filter(pk=group_id).first()
    if group is None:
        raise NotFoundError(f"no group {group_id} in this account")
    return group


def find_contact(account: Account, msisdn: str) -> Contact | None:
    """Find the account's contact with this number."""
    return Contact.objects.filter(account=account, msisdn=msisdn).first()


def groups_of(account: Account, search: str = "") -> QuerySet[Group]:
    """List the account's groups, each with `contact_count`, in one query."""
    counts = GroupMembership.objects.filter(group=OuterRef("pk")).order_by().values("group").annotate(total=Count("pk")).values("total")
    groups = Group.objects.filter(account=account).annotate(contact_count=Coalesce(Subquery(counts, output_field=IntegerField()), Value(0)))
    return (groups.filter(name__icontains=search) if search else groups).order_by("name", "pk")


def group_names_of(account: Account) -> QuerySet[Group]:
    """List the account's groups without counting anybody, to choose from."""
    return Group.objects.filter(account=account).order_by("name", "pk")


def contacts_of(account: Account, *, search: str = "", group: Group | None = None, without_group: bool = False) -> QuerySet[Contact]:
    """List the account's contacts, all of them, those of one group, or those in none.

    Each carries `shown_group_id` and `shown_group_name`: the group asked for, or the one joined first; and `is_blocked`.
    """
    contacts = Contact.objects.filter(account=account)
    memberships = GroupMembership.objects.filter(contact=OuterRef("pk")).order_by("pk")
    if group is not None:
        contacts = contacts.filter(memberships__group=group)
        memberships = memberships.filter(group=group)
    if without_group:
        contacts = contacts.filter(memberships__isnull=True)
    return _matching(contacts, search).annotate(
        shown_group_id=Subquery(memberships.values("group_id")[:1]),
        shown_group_name=Subquery(memberships.values("group__name")[:1]),
        is_blocked=Exists(BlockedSender.objects.filter(account=account, msisdn=OuterRef("msisdn"))),
    )


def contact_page(
    account: Account, *, search: str = "", group: Group | None = None, source: str = "", before: int | None = None, size: int = 50
) -> list[Contact]:
    """Return the contacts added before one, newest first, and one more if there are more; each with its groups in `groups.all()`.

    `before` is the last contact shown; its id, since ids grow with time, is where the next page begins.
    """
    contacts = _matching(Contact.objects.filter(account=account), search)
    if group is not None:
        members = GroupMembership.objects.filter(group=group, contact=OuterRef("pk"))
        contacts = contacts.filter(Exists(members))
    if source:
        contacts = contacts.filter(source=source)
    if before is not None:
        contacts = contacts.filter(pk__lt=before)
    return list(contacts.order_by("-pk").prefetch_related(Prefetch("groups", Group.objects.order_by("name")))[: size + 1])


def contacts_among(account: Account, contact_ids: Iterable[int]) -> list[Contact]:
    """Return those of the contacts that are the account's."""
    return list(Contact.objects.filter(account=account, pk__in=list(contact_ids)).order_by("-pk"))


def every_contact(
    account: Account, *, search: str = "", group: Group | None = None, source: str = "", limit: int = 100_000
) -> Iterator[Contact]:
    """Yield all contacts that fit, newest first, at most `limit`; read in portions."""
    before: int | None = None
    while limit > 0:
        some = contact_page(account, search=search, group=group, source=source, before=before, size=500)[: min(500, limit)]
        if not some:
            return
        yield from some
        limit -= len(some)
        before = some[-1].pk


def contact_count(account: Account, ceiling: int) -> int:
    """Count the account's contacts, at most up to `ceiling`."""
    return Contact.objects.filter(account=account).order_by()[:ceiling].count()


def joined_per_day(group: Group, days: int) -> list[tuple[date, int]]:
    """Count who joined on each of the last days, in the current time zone, the oldest first; those who left again are not known."""
    today = timezone.localdate()
    first = today - timedelta(days=days - 1)
    since = timezone.make_aware(datetime.combine(first, time()))
    found = GroupMembership.objects.filter(group=group, id__gte=first_id_at(since), joined_at__gte=since)
    counts = dict(found.annotate(day=TruncDate("joined_at")).order_by().values_list("day").annotate(Count("pk")))
    return [(day, counts.get(day, 0)) for day in (first + timedelta(days=number) for number in range(days))]


def members_of(group: Group) -> QuerySet[Contact]:
    """List the contacts of a group, who joined last first; quick however many there are."""
    return Contact.objects.filter(memberships__group=group).order_by("-memberships__id")


def memberships_of(group: Group) -> QuerySet[GroupMembership]:
    """List who is in a group since when and why, who joined last first."""
    return GroupMembership.objects.filter(group=group).select_related("contact", "group").order_by("-id")


def memberships_of_number(account: Account, msisdn: str) -> QuerySet[GroupMembership]:
    """List the groups this number is in, with their names."""
    found = GroupMembership.objects.filter(contact__account=account, contact__msisdn=msisdn, group__account=account)
    return found.select_related("group").order_by("pk")


def phones_of_groups(groups: Iterable[Group], now: datetime) -> list[str]:
    """Return the phones of those who are in one of the groups now, each once, who joined first first; not who opted out of that group."""
    opted_out = OptOut.objects.filter(
        account=OuterRef("contact__account"),
        msisdn=OuterRef("contact__msisdn"),
        scope=OptOut.Scope.GROUP,
        target_id=OuterRef("group_id"),
        lifted_at=None,
    )
    members = GroupMembership.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), ~Exists(opted_out), group__in=list(groups))
    return list(dict.fromkeys(members.order_by("pk").values_list("contact__msisdn", flat=True)))


def contacts_by_number(account: Account, msisdns: Iterable[str]) -> dict[str, Contact]:
    """Find the contacts of many numbers at once."""
    return {contact.msisdn: contact for contact in Contact.objects.filter(account=account, msisdn__in=set(msisdns))}


def _matching(contacts: QuerySet[Contact], search: str) -> QuerySet[Contact]:
    """Narrow to those whose number, name, company, e-mail, city or description contains the words; every word must occur."""
    msisdn = parse_msisdn(search)
    if msisdn and sum(map(str.isdecimal, search)) >= _WHOLE_NUMBER:
        return contacts.filter(msisdn=msisdn)
    for word in search[:_LONGEST_SEARCH].split()[:_MOST_WORDS]:
        condition = Q()
        for field, spelling in product(_SEARCHED, spellings(word)):
            condition |= Q(**{f"{field}__icontains": spelling})
        if digits := word.lstrip("+0"):
            condition |= Q(msisdn__contains=digits)
        contacts = contacts.filter(condition)
    return contacts


def get_batch_for(account: Account, batch_id: int) -> ImportBatch:
    """Find an import of the account, or raise NotFoundError."""
    batch = ImportBatch.objects.select_related("account", "group").filter(account=account, pk=batch_id).first()
    if batch is None:
        raise NotFoundError(f"no import {batch_id} in this account")
    return batch


def batches_of(account: Account) -> QuerySet[ImportBatch]:
    """List the account's imports without their tables, the latest first."""
    return ImportBatch.objects.filter(account=account).defer("table").select_related("group", "user").order_by("-id")


def recent_batches(account: Account, count: int) -> QuerySet[ImportBatch]:
    """List the account's last imports that were begun."""
    return batches_of(account).exclude(state=ImportBatch.State.UPLOADED)[:count]


def memberships_of_contact(contact: Contact) -> QuerySet[GroupMembership]:
    """List which groups a contact is in, the one joined last first."""
    return GroupMembership.objects.filter(contact=contact).select_related("group").order_by("-id")
