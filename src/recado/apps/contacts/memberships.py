"""Many people into a group and out of it at once, back as they were, and until when.

What belongs here: these writes, with what is needed to undo them. What does not: single contacts (`services`), lists (`importing`),
what is noted of it (`consents`), whether somebody may be put into a group at all (`opt_outs`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.changes import Change, announce
from recado.apps.contacts.consents import note_groups
from recado.apps.contacts.models import ConsentRecord, Contact, Group, GroupMembership
from recado.apps.contacts.opt_outs import barred
from recado.apps.contacts.queries import NotFoundError
from recado.apps.ids import next_id

Remembered = Mapping[str, Any]
"""A membership as JSON: who, in which group, since when, until when and because of what."""
CHUNK = 500
UNDO_SECONDS = 3600
_SALT = "contacts.left"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of people who were to be put into a group."""

    joined: frozenset[int]
    """The ids of who was not in it before."""
    kept_out: frozenset[int]
    """Of who was left out, because they do not want it."""

    @property
    def added(self) -> int:
        """How many joined."""
        return len(self.joined)

    @property
    def opted_out(self) -> int:
        """How many were left out."""
        return len(self.kept_out)


class TooLateError(ValueError):
    """What was kept to undo a removal is too old, or it is none of ours."""


def add_to_group(
    account: Account,
    group: Group,
    contact_ids: Collection[int],
    *,
    source: Contact.Source = Contact.Source.MANUAL,
    user: User | None = None,
) -> Added:
    """Put contacts of the account into a group; those who opted out of it, or of everything, stay out."""
    with transaction.atomic():
        found = dict(
            Contact.objects.select_for_update().filter(account=account, pk__in=contact_ids).order_by("pk").values_list("pk", "msisdn")
        )
        there = set(GroupMembership.objects.filter(group=group, contact__in=found).values_list("contact_id", flat=True))
        kept_out = barred(account.pk, found.values(), group.pk)
        new = [pk for pk, msisdn in sorted(found.items()) if pk not in there and msisdn not in kept_out]
        now = timezone.now()
        GroupMembership.objects.bulk_create(
            [GroupMembership(id=next_id(), group=group, contact_id=pk, joined_at=now, source=source) for pk in new], ignore_conflicts=True
        )
        note_groups(account.pk, ConsentRecord.Kind.JOINED, [(found[pk], group.pk) for pk in new], now, source=source, user=user)
    announce(Change("contacts", account.pk))
    return Added(frozenset(new), frozenset(pk for pk, msisdn in found.items() if pk not in there and msisdn in kept_out))


def remove_from_group(
    account: Account,
    group: Group,
    contact_ids: Collection[int],
    *,
    source: Contact.Source = Contact.Source.MANUAL,
    user: User | None = None,
) -> list[Remembered]:
    """Take contacts out of a group; return their memberships, so that `restore` can bring them back with their consent."""
    with transaction.atomic():
        members = GroupMembership.objects.filter(group=group, group__account=account, contact__in=contact_ids)
        leaving = list(members.select_related("contact").select_for_update(of=("self",)))
        GroupMembership.objects.filter(pk__in=[one.pk for one in leaving]).delete()
        gone = [(one.contact.msisdn, group.pk) for one in leaving]
        note_groups(account.pk, ConsentRecord.Kind.LEFT, gone, timezone.now(), source=source, user=user)
    announce(Change("contacts", account.pk))
    return [_remember(one) for one in leaving]


def sealed(left: Sequence[Remembered]) -> str:
    """Write memberships so that they can be handed out and come back unchanged."""
    return signing.dumps(list(left), salt=_SALT, compress=True)


def unsealed(written: str) -> list[Remembered]:
    """Read what `sealed` wrote within UNDO_SECONDS; raise TooLateError."""
    try:
        left: list[Remembered] = signing.loads(written, salt=_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature as error:
        raise TooLateError from error
    return left


def restore(
    account: Account,
    memberships: Iterable[Remembered],
    *,
    source: Contact.Source = Contact.Source.MANUAL,
    user: User | None = None,
) -> int:
    """Bring memberships back as they were, where person and group still exist and nobody opted out since; return how many."""
    given = list(memberships)
    with transaction.atomic():
        groups = set(Group.objects.filter(account=account, pk__in=[one["group"] for one in given]).values_list("pk", flat=True))
        contacts = dict(Contact.objects.filter(account=account, pk__in=[one["contact"] for one in given]).values_list("pk", "msisdn"))
        places = {(one["contact"], one["group"]) for one in given}
        there = GroupMembership.objects.filter(group__in=groups, contact__in=contacts).values_list("contact_id", "group_id")
        places -= set(there)
        kept_out = {group: barred(account.pk, contacts.values(), group) for group in groups}
        back = [
            GroupMembership(
                id=one["id"],
                group_id=one["group"],
                contact_id=one["contact"],
                joined_at=datetime.fromisoformat(one["joined_at"]),
                message_id=one["message"],
                keyword_id=one["keyword"],
                ends_at=datetime.fromisoformat(one["ends_at"]) if one.get("ends_at") else None,
                source=one.get("source", Contact.Source.MANUAL),
            )
            for one in given
            if (one["contact"], one["group"]) in places
            and one["group"] in groups
            and one["contact"] in contacts
            and contacts[one["contact"]] not in kept_out[one["group"]]
        ]
        GroupMembership.objects.bulk_create(back, ignore_conflicts=True)
        joined = [(contacts[one.contact_id], one.group_id) for one in back]
        note_groups(account.pk, ConsentRecord.Kind.JOINED, joined, timezone.now(), source=source, user=user)
    announce(Change("contacts", account.pk))
    return len(back)


def get_membership_for(account: Account, group_id: int, contact_id: int) -> GroupMembership:
    """Find who is in which group of the account, or raise NotFoundError."""
    found = GroupMembership.objects.filter(group=group_id, group__account=account, contact=contact_id, contact__account=account)
    membership = found.select_related("group", "contact").first()
    if membership is None:
        raise NotFoundError(f"no contact {contact_id} in a group {group_id} of this account")
    return membership


def set_end(membership: GroupMembership, ends_at: datetime | None) -> None:
    """Say when a membership ends by itself; None for never."""
    GroupMembership.objects.filter(pk=membership.pk).update(ends_at=ends_at)
    membership.ends_at = ends_at
    announce(Change("contacts", membership.group.account_id))


def until(membership: GroupMembership, zone: tzinfo | None = None) -> str:
    """Write the last day of a membership for the activity log; empty where it has no end."""
    if membership.ends_at is None:
        return ""
    return f"{timezone.localtime(membership.ends_at - timedelta(seconds=1), zone):%d.%m.%Y}"


def end_due(now: datetime) -> int:
    """Take away the memberships whose end has come, and note it; return how many. Decisions did not count them already."""
    ended = 0
    while some := _end_some(now):
        ended += some
    return ended


@transaction.atomic
def _end_some(now: datetime) -> int:
    """End one piece: on SQLite receiving waits for whoever writes, and must not wait for thousands."""
    due = GroupMembership.objects.filter(ends_at__lte=now).select_for_update(of=("self",))
    rows = list(due.order_by("ends_at").values_list("pk", "group__account_id", "contact__msisdn", "group_id")[:CHUNK])
    GroupMembership.objects.filter(pk__in=[row[0] for row in rows]).delete()
    for account_id in sorted({row[1] for row in rows}):
        ended = [(msisdn, group_id) for _pk, owner, msisdn, group_id in rows if owner == account_id]
        note_groups(account_id, ConsentRecord.Kind.ENDED, ended, now)
        announce(Change("contacts", account_id))
    return len(rows)


def _remember(membership: GroupMembership) -> Remembered:
    return {
        "id": membership.pk,
        "group": membership.group_id,
        "contact": membership.contact_id,
        "joined_at": membership.joined_at.isoformat(),
        "message": membership.message_id,
        "keyword": membership.keyword_id,
        "ends_at": membership.ends_at.isoformat() if membership.ends_at else None,
        "source": membership.source,
    }
