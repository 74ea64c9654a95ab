"""Many people into a group and out of it at once, and back as they were.

What belongs here: these writes, with what is needed to undo them. What does not: single contacts (`services`), lists (`importing`).
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.changes import Change, announce
from recado.apps.contacts.models import Contact, Group, GroupMembership
from recado.apps.ids import next_id

Remembered = Mapping[str, Any]
"""A membership as JSON: who, in which group, since when and because of what."""


def add_to_group(account: Account, group: Group, contact_ids: Collection[int]) -> int:
    """Put contacts of the account into a group; return how many were not in it."""
    with transaction.atomic():
        found = set(Contact.objects.filter(account=account, pk__in=contact_ids).values_list("pk", flat=True))
        there = set(GroupMembership.objects.filter(group=group, contact__in=found).values_list("contact_id", flat=True))
        now = timezone.now()
        new = [GroupMembership(id=next_id(), group=group, contact_id=contact_id, joined_at=now) for contact_id in sorted(found - there)]
        GroupMembership.objects.bulk_create(new, ignore_conflicts=True)
    announce(Change("contacts", account.pk))
    return len(new)


def remove_from_group(account: Account, group: Group, contact_ids: Collection[int]) -> list[Remembered]:
    """Take contacts out of a group; return their memberships, so that `restore` can bring them back with their consent."""
    with transaction.atomic():
        leaving = GroupMembership.objects.filter(group=group, group__account=account, contact__in=contact_ids)
        remembered = [_remember(membership) for membership in leaving]
        leaving.delete()
    announce(Change("contacts", account.pk))
    return remembered


def restore(account: Account, memberships: Iterable[Remembered]) -> int:
    """Bring memberships back as they were, where person and group still exist; return how many."""
    given = list(memberships)
    with transaction.atomic():
        groups = set(Group.objects.filter(account=account, pk__in=[one["group"] for one in given]).values_list("pk", flat=True))
        contacts = set(Contact.objects.filter(account=account, pk__in=[one["contact"] for one in given]).values_list("pk", flat=True))
        back = [
            GroupMembership(
                id=one["id"],
                group_id=one["group"],
                contact_id=one["contact"],
                joined_at=datetime.fromisoformat(one["joined_at"]),
                message_id=one["message"],
                keyword_id=one["keyword"],
            )
            for one in given
            if one["group"] in groups and one["contact"] in contacts
        ]
        GroupMembership.objects.bulk_create(back, ignore_conflicts=True)
    announce(Change("contacts", account.pk))
    return len(back)


def _remember(membership: GroupMembership) -> Remembered:
    return {
        "id": membership.pk,
        "group": membership.group_id,
        "contact": membership.contact_id,
        "joined_at": membership.joined_at.isoformat(),
        "message": membership.message_id,
        "keyword": membership.keyword_id,
    }
