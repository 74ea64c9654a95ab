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
from recado.apps.contacts.consents import note_groups
from recado.apps.contacts.models import ConsentRecord, Contact, Group, GroupMembership
from recado.apps.contacts.opt_outs import barred
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
    opted_out: int
    """People who became contacts, and were kept out of the group because they opted out of everything."""


def import_contacts(account: Account, group_name: str, rows: Iterable[Mapping[str, str]]) -> ImportResult:
    """Make a new group of the people in `rows` (`phone` and DETAIL_FIELDS); known contacts are completed, never wiped."""
    correct = failed = opted_out = 0
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
            opted_out += _add(account, group, dict(chunk))
    except BaseException:
        group.delete()
        raise
    announce(Change("contacts", account.pk))
    return ImportResult(group, correct, failed, opted_out)


@transaction.atomic
def _add(account: Account, group: Group, people: Mapping[str, Mapping[str, str]]) -> int:
    """Store one chunk in a transaction of its own, because on SQLite the gateway waits for it; return how many opted out."""
    _store(account, people)
    tie_conversations(account, list(people))
    now = timezone.now()
    contacts = contacts_by_number(account, people)
    kept_out = barred(account.pk, contacts, group.pk)
    members = [contact for msisdn, contact in contacts.items() if msisdn not in kept_out]
    GroupMembership.objects.bulk_create(
        [GroupMembership(id=next_id(), group=group, contact=one, joined_at=now, source=Contact.Source.API) for one in members]
    )
    joined = [(one.msisdn, group.pk) for one in members]
    note_groups(account.pk, ConsentRecord.Kind.JOINED, joined, now, source=Contact.Source.API)
    return len(kept_out)


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
