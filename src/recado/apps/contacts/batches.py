"""Imports that can be undone: a list is kept, checked, taken in piece by piece, and taken back.

What belongs here: these writes. What does not: reading files (`table_files`), what rows say (`columns`), imports of programs (`importing`).

Each piece is a transaction of its own that also notes how far the import is: on SQLite the gateway waits no longer than for one piece, and
an import that was interrupted goes on where it was. Undoing touches only what is still as the import left it.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.changes import Change, announce
from recado.apps.contacts.columns import Person, Verdict, check_columns, guess, has_header, read_person
from recado.apps.contacts.consents import note_groups
from recado.apps.contacts.models import ConsentRecord, Contact, Group, GroupMembership, ImportBatch, ImportedPerson, OptOut
from recado.apps.contacts.opt_outs import barred
from recado.apps.contacts.queries import contacts_by_number
from recado.apps.contacts.services import DETAIL_FIELDS, GroupInUseError, check_unused
from recado.apps.contacts.threads import tie_conversations
from recado.apps.ids import next_id

CHUNK = 500
CHUNKS_AT_ONCE = 10
"""Pieces one request takes in or back; longer lists go on with the next request."""
PENDING_DAYS, MOST_PENDING = 1, 20
"""How long, and how many, tables that programs sent wait to be imported."""
_COUNTS = ("created_count", "changed_count", "joined_count", "opted_out_count")


@dataclass(slots=True)
class Checked:
    """What an import would do."""

    counts: dict[Verdict, int] = field(default_factory=lambda: dict.fromkeys(Verdict, 0))
    bad: list[tuple[int, list[str]]] = field(default_factory=list)
    """Rows without a usable number, with their line in the table."""
    opted_out: int = 0
    """People who want no messages at all, and will be put into no group."""


class AlreadyBegunError(ValueError):
    """The import was begun by somebody else meanwhile."""


def keep_table(
    account: Account, user: User | None, rows: Sequence[Sequence[str]], filename: str = "", *, columns: Sequence[str] | None = None
) -> ImportBatch:
    """Keep an uploaded table; tables never imported are dropped with the next upload of the same person, those of programs later.

    Its columns are guessed unless they are given; then every row is a person.
    """
    _drop_pending(account, user)
    header = has_header(rows) if columns is None else False
    return ImportBatch.objects.create(
        account=account,
        user=user,
        filename=filename[:120],
        table=zlib.compress(json.dumps(rows, ensure_ascii=False).encode()),
        has_header=header,
        columns=guess(rows, header=header) if columns is None else list(columns),
        row_count=len(rows) - header,
    )


def _drop_pending(account: Account, user: User | None) -> None:
    """Drop tables nobody imported; several programs may be at work at once, so that theirs stay for a while."""
    pending = ImportBatch.objects.filter(account=account, user=user, state=ImportBatch.State.UPLOADED)
    if user is None:
        kept = pending.filter(created_at__gt=timezone.now() - timedelta(days=PENDING_DAYS)).order_by("-id").values_list("pk", flat=True)
        pending = pending.exclude(pk__in=list(kept[: MOST_PENDING - 1]))
    pending.delete()


def rows_of(batch: ImportBatch) -> list[list[str]]:
    """Return the table as it was uploaded."""
    rows: list[list[str]] = json.loads(zlib.decompress(bytes(batch.table)))
    return rows


def set_columns(batch: ImportBatch, columns: list[str], *, has_header: bool) -> None:
    """Note what the columns hold."""
    batch.row_count += batch.has_header - has_header
    batch.columns, batch.has_header = columns, has_header
    batch.save(update_fields=["columns", "has_header", "row_count"])


def check(batch: ImportBatch) -> Checked:
    """Say of every row what would become of it."""
    checked = Checked()
    people: list[tuple[int, list[str], Person]] = []
    first = 1 + batch.has_header
    for line, row in enumerate(rows_of(batch)[batch.has_header :], first):
        people.append((line, row, read_person(row, batch.columns)))
    known = _known(batch.account, [person.msisdn for _line, _row, person in people if person.msisdn])
    seen: set[str] = set()
    for line, row, person in people:
        verdict = _verdict(person, seen, known)
        checked.counts[verdict] += 1
        if person.msisdn is None:
            checked.bad.append((line, row))
        else:
            seen.add(person.msisdn)
    checked.opted_out = _opted_out_count(batch.account, sorted(seen))
    return checked


@transaction.atomic
def start(batch: ImportBatch, group: Group | None, new_group: str = "") -> None:
    """Begin an import into a group, which may be made for it; raise ColumnsError, or AlreadyBegunError where somebody was quicker."""
    check_columns(batch.columns)
    if not ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.UPLOADED).update(state=ImportBatch.State.RUNNING):
        raise AlreadyBegunError
    if new_group:
        group = Group.objects.create(account=batch.account, name=new_group)
    batch.group, batch.is_new_group = group, bool(new_group)
    batch.state = ImportBatch.State.RUNNING
    batch.save(update_fields=["group", "is_new_group", "state"])


def import_some(batch: ImportBatch, chunks: int = CHUNKS_AT_ONCE) -> None:
    """Take in the next pieces; `batch` tells afterwards whether it is done."""
    people = list(_people(batch).items())
    for _turn in range(chunks):
        if batch.state != ImportBatch.State.RUNNING:
            break
        _import_chunk(batch, dict(people[batch.position : batch.position + CHUNK]), len(people))
    announce(Change("contacts", batch.account_id))


def undo_some(batch: ImportBatch, chunks: int = CHUNKS_AT_ONCE) -> None:
    """Take back the next pieces of an import; `batch` tells afterwards whether all is undone."""
    for _turn in range(chunks):
        if not _undo_chunk(batch):
            _finish_undo(batch)
            break
    announce(Change("contacts", batch.account_id))


def start_undo(batch: ImportBatch) -> bool:
    """Begin to undo an import; return whether there is something to undo."""
    changed = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.DONE).update(state=ImportBatch.State.UNDOING)
    batch.refresh_from_db(fields=["state"])
    return bool(changed)


def _people(batch: ImportBatch) -> dict[str, dict[str, str]]:
    """Join the rows of each phone number; what comes later completes what came first."""
    people: dict[str, dict[str, str]] = {}
    for row in rows_of(batch)[batch.has_header :]:
        person = read_person(row, batch.columns)
        if person.msisdn is not None:
            people.setdefault(person.msisdn, {}).update(person.details)
    return people


def _known(account: Account, msisdns: list[str]) -> set[str]:
    return {msisdn for some in _chunks(msisdns) for msisdn in contacts_by_number(account, some)}


def _opted_out_count(account: Account, msisdns: list[str]) -> int:
    in_force = OptOut.objects.filter(account=account, scope=OptOut.Scope.ACCOUNT, lifted_at=None).order_by()
    return sum(in_force.filter(msisdn__in=some).count() for some in _chunks(msisdns))


def _chunks(items: list[str]) -> Iterator[list[str]]:
    remaining = iter(items)
    while some := list(islice(remaining, CHUNK)):
        yield some


def _verdict(person: Person, seen: set[str], known: set[str]) -> Verdict:
    if person.msisdn is None:
        return Verdict.BAD
    if person.msisdn in seen:
        return Verdict.DUPLICATE
    if person.msisdn in known:
        return Verdict.KNOWN
    return Verdict.CORRECTED if person.is_corrected else Verdict.OK


@transaction.atomic
def _import_chunk(batch: ImportBatch, people: dict[str, dict[str, str]], total: int) -> None:
    """Store one piece with the memory of what it changed; whoever does the same piece at once finds it done."""
    position = batch.position + len(people)
    mine = ImportBatch.objects.filter(pk=batch.pk, position=batch.position, state=ImportBatch.State.RUNNING)
    if not mine.update(position=position):
        batch.refresh_from_db()
        return
    done = _store(batch, people)
    joined, opted_out = _join(batch, done)
    ImportedPerson.objects.bulk_create(done)
    batch.position = position
    batch.created_count += sum(one.is_new for one in done)
    batch.changed_count += sum(bool(one.before) for one in done)
    batch.joined_count += joined
    batch.opted_out_count += opted_out
    if position >= total:
        batch.state, batch.finished_at, batch.table = ImportBatch.State.DONE, timezone.now(), b""
    batch.save(update_fields=[*_COUNTS, "state", "finished_at", "table"])


def _store(batch: ImportBatch, people: dict[str, dict[str, str]]) -> list[ImportedPerson]:
    """Add who is new and complete who is known, both by one upsert; the gateway may have met a new one in this moment."""
    known = contacts_by_number(batch.account, people)
    remembered: dict[str, ImportedPerson] = {}
    changed = []
    for msisdn, given in people.items():
        contact = known.get(msisdn) or Contact(id=next_id(), account=batch.account, msisdn=msisdn, source=Contact.Source.IMPORT)
        is_new = msisdn not in known
        new = {name: value for name, value in given.items() if getattr(contact, name) != value}
        before = {} if is_new else {name: getattr(contact, name) for name in new}
        for name, value in new.items():
            setattr(contact, name, value)
        after = {name: getattr(contact, name) for name in DETAIL_FIELDS} if is_new else new
        remembered[msisdn] = ImportedPerson(batch=batch, contact_id=contact.pk, is_new=is_new, before=before, after=after)
        if is_new or new:
            changed.append(contact)
    _upsert(changed)
    for msisdn, pk in Contact.objects.filter(account=batch.account, msisdn__in=people).values_list("msisdn", "pk"):
        remembered[msisdn].is_new &= remembered[msisdn].contact_id == pk
        remembered[msisdn].contact_id = pk
    tie_conversations(batch.account, list(people))
    return list(remembered.values())


def _upsert(contacts: list[Contact]) -> None:
    """Write contacts with their details in few statements."""
    Contact.objects.bulk_create(contacts, update_conflicts=True, unique_fields=["account", "msisdn"], update_fields=DETAIL_FIELDS)


def _join(batch: ImportBatch, done: list[ImportedPerson]) -> tuple[int, int]:
    """Put into the group those who are not in it; return how many, and how many stayed out because they opted out."""
    if batch.group_id is None:
        return 0, 0
    ids = [one.contact_id for one in done]
    contacts = Contact.objects.select_for_update().filter(pk__in=ids).order_by("pk")  # an opt-out goes first or comes after
    msisdns = dict(contacts.values_list("pk", "msisdn"))
    there = set(GroupMembership.objects.filter(group=batch.group_id, contact__in=ids).values_list("contact_id", flat=True))
    kept_out = barred(batch.account_id, msisdns.values(), batch.group_id)
    coming = [one for one in done if one.contact_id not in there]
    joining = [one for one in coming if msisdns.get(one.contact_id) not in kept_out]
    now = timezone.now()
    for one in joining:
        one.membership_id = next_id()
    memberships = [
        GroupMembership(
            id=one.membership_id or next_id(),
            group_id=batch.group_id,
            contact_id=one.contact_id,
            joined_at=now,
            source=Contact.Source.IMPORT,
        )
        for one in joining
    ]
    GroupMembership.objects.bulk_create(memberships, ignore_conflicts=True)
    _note(batch, ConsentRecord.Kind.JOINED, [msisdns[one.contact_id] for one in joining if one.contact_id in msisdns], batch.user)
    return len(joining), len(coming) - len(joining)


def _note(batch: ImportBatch, kind: ConsentRecord.Kind, msisdns: list[str], user: User | None) -> None:
    if batch.group_id is not None:
        people = [(msisdn, batch.group_id) for msisdn in msisdns]
        note_groups(batch.account_id, kind, people, timezone.now(), source=Contact.Source.IMPORT, user=user)


@transaction.atomic
def _undo_chunk(batch: ImportBatch) -> int:
    """Take back one piece and forget it; return how many people were in it."""
    people = list(ImportedPerson.objects.filter(batch=batch).order_by("pk")[:CHUNK])
    brought = GroupMembership.objects.filter(pk__in=[one.membership_id for one in people if one.membership_id])
    _note(batch, ConsentRecord.Kind.LEFT, list(brought.order_by("pk").values_list("contact__msisdn", flat=True)), None)
    brought.delete()
    contacts = Contact.objects.filter(account=batch.account).in_bulk([one.contact_id for one in people])
    elsewhere = set(GroupMembership.objects.filter(contact__in=contacts).values_list("contact_id", flat=True))
    going, restored, kept = [], [], 0
    for one in people:
        contact = contacts.get(one.contact_id)
        if contact is None:
            continue
        untouched = all(getattr(contact, name) == value for name, value in one.after.items())
        if one.is_new and untouched and contact.pk not in elsewhere:
            going.append(contact.pk)
        elif not one.is_new and one.before:
            _restore(contact, one)
            restored.append(contact)
        kept += not untouched or (one.is_new and contact.pk in elsewhere)
    Contact.objects.filter(pk__in=going).delete()
    _upsert(restored)
    ImportedPerson.objects.filter(pk__in=[one.pk for one in people]).delete()
    ImportBatch.objects.filter(pk=batch.pk).update(kept_count=F("kept_count") + kept)
    return len(people)


def _restore(contact: Contact, one: ImportedPerson) -> None:
    """Give back the details that are still those of the import."""
    for name, value in one.before.items():
        if getattr(contact, name) == one.after[name]:
            setattr(contact, name, value)


@transaction.atomic
def _finish_undo(batch: ImportBatch) -> None:
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.UNDONE)
    batch.refresh_from_db()
    if batch.is_new_group:
        unused = Group.objects.filter(pk=batch.group_id or 0, memberships__isnull=True, rule_actions__isnull=True)
        with suppress(GroupInUseError):  # then it stays, as it does where somebody else came into it
            check_unused([batch.group_id or 0])
            unused.delete()
        batch.refresh_from_db()
