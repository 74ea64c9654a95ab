"""Importing many contacts into a new group at once.

What belongs here: the bulk way, a handful of statements per thousand rows. What does not: reading files, single contacts (`services`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.changes import Change, announce
from recado.apps.contacts.models import Contact, Group, GroupMembership
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.contacts.queries import contacts_by_number
from recado.apps.contacts.services import DETAIL_FIELDS
from recado.apps.contacts.threads import tie_conversations
from recado.apps.ids import next_id

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of an import."""

    group: Group
    correct: int
    """Rows taken; a number that comes twice is one contact but two rows."""
    failed: int
    """Rows without a usable phone number."""


def import_contacts(account: Account, group_name: str, rows: Iterable[Mapping[str, str]]) -> ImportResult:
    """Make a new group of the people in `rows` (`phone` and DETAIL_FIELDS); known contacts are completed, never wiped."""
    correct = failed = 0
    people: dict[str, dict[str, str]] = {}
    for row in rows:
        msisdn = parse_msisdn(row.get("phone", ""))
        if msisdn is None:
            failed += 1
            continue
        correct += 1
        given = {name: value for name in DETAIL_FIELDS if (value := row.get(name, ""))}
        people.setdefault(msisdn, {}).update(given)
    group = Group.objects.create(account=account, name=group_name)
    try:
        for chunk in _chunks(people.items()):
            _add(account, group, dict(chunk))
    except BaseException:
        group.delete()
        raise
    announce(Change("contacts", account.pk))
    return ImportResult(group, correct, failed)


@transaction.atomic
def _add(account: Account, group: Group, people: Mapping[str, Mapping[str, str]]) -> None:
    """Store one chunk, in a transaction of its own: on SQLite the gateway waits as long as somebody else writes."""
    _store(account, people)
    tie_conversations(account, list(people))
    now = timezone.now()
    members = contacts_by_number(account, people).values()
    GroupMembership.objects.bulk_create([GroupMembership(id=next_id(), group=group, contact=contact, joined_at=now) for contact in members])


def _store(account: Account, people: Mapping[str, Mapping[str, str]]) -> None:
    """Insert who is new and complete who is known, both by one upsert; the gateway may have met a new one in this moment."""
    known = contacts_by_number(account, people)
    changed = []
    for msisdn, given in people.items():
        contact = known.get(msisdn) or Contact(id=next_id(), account=account, msisdn=msisdn, source=Contact.Source.API)
        if msisdn in known and all(getattr(contact, name) == value for name, value in given.items()):
            continue
        for name, value in given.items():
            setattr(contact, name, value)
        changed.append(contact)
    Contact.objects.bulk_create(changed, update_conflicts=True, unique_fields=["account", "msisdn"], update_fields=DETAIL_FIELDS)


def _chunks(items: Iterable[tuple[str, dict[str, str]]]) -> Iterator[list[tuple[str, dict[str, str]]]]:
    remaining = iter(items)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk
