"""Reads about contacts and groups. Whoever asks names the account, and gets nothing of another.

What belongs here: finding and listing. What does not: changing (`services`), how a page or an API answer looks.
"""

from collections.abc import Iterable

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Contact, Group, GroupMembership
from recado.apps.contacts.phone import parse_msisdn

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


def contacts_of(account: Account, *, search: str = "", group: Group | None = None, without_group: bool = False) -> QuerySet[Contact]:
    """List the account's contacts, all of them, those of one group, or those in none.

    Each carries `shown_group_id` and `shown_group_name`: the group asked for, or the one joined first.
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
    )


def members_of(group: Group) -> QuerySet[Contact]:
    """List the contacts of a group, who joined last first; quick however many there are."""
    return Contact.objects.filter(memberships__group=group).order_by("-memberships__id")


def memberships_of_number(account: Account, msisdn: str) -> QuerySet[GroupMembership]:
    """List the groups this number is in, with their names."""
    found = GroupMembership.objects.filter(contact__account=account, contact__msisdn=msisdn, group__account=account)
    return found.select_related("group").order_by("pk")


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
        for field in _SEARCHED:
            condition |= Q(**{f"{field}__icontains": word})
        if digits := word.lstrip("+0"):
            condition |= Q(msisdn__contains=digits)
        contacts = contacts.filter(condition)
    return contacts
