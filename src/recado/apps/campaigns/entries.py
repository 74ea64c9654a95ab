"""Single people of a draft: phones typed, contacts chosen, rows of a file.

What belongs here: reading them into entries of a draft, a piece in each transaction, because on SQLite receiving waits for whoever writes.
What does not: who of them gets it (`audience`), reading files (`contacts.table_files`).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter

from django.db import transaction

from recado.apps.campaigns.errors import CampaignError, CampaignRefusal
from recado.apps.campaigns.models import Campaign, CampaignEntry
from recado.apps.contacts.columns import guess, has_header
from recado.apps.contacts.models import Contact
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.sql import lent_connection
from recado.core.personal import PERSON, place_name
from recado.core.text import folded_form
from recado.store.entries import NewEntry, add_entries

PHONE, TEXT, UNIQUE_ID = "phone", "text", "unique_id"
"""What a column of a file can be besides a placeholder; an empty name leaves the column out."""
MOST_ROWS = 100_000
"""Rows of one file, for `contacts.table_files.read_table`."""
BAD_SHOWN = 20
_AT_ONCE = 1_000
_TEXT_TITLES = frozenset({"text", "message", "sms", "content", "tekst", "tresc", "wiadomosc"})
_SEPARATORS = re.compile(r"[,;|\n\r\t]+")
_NATIONAL_DIGITS = 9
_COUNTRY = re.compile(r"(?:\+|00)48")
_UNIQUE_ID = re.compile(r"[A-Za-z0-9]{3,50}")


@dataclass(frozen=True, slots=True)
class Added:
    """What became of people who were to be added to a draft."""

    added: int
    bad: list[str] = field(default_factory=list)
    """The first of what was given and is no phone number, as it was written; `bad_count` counts all."""
    bad_count: int = 0


def add_phones(campaign: Campaign, typed: str) -> Added:
    """Add phones as people type and paste them: between them commas, semicolons, lines or blanks, each in any usual form."""
    good: dict[str, None] = {}
    bad: list[str] = []
    for written in written_phones(typed):
        if msisdn := parse_msisdn(written):
            good[msisdn] = None
        else:
            bad.append(written)
    _store(campaign, (CampaignEntry(campaign=campaign, msisdn=msisdn) for msisdn in good))
    return Added(len(good), bad[:BAD_SHOWN], len(bad))


def add_contacts(campaign: Campaign, contact_ids: Collection[int]) -> Added:
    """Add contacts of the account; ids of others are passed over."""
    contacts = Contact.objects.filter(account=campaign.account_id, pk__in=list(contact_ids)).order_by("pk")
    entries = [CampaignEntry(campaign=campaign, contact=contact, msisdn=contact.msisdn) for contact in contacts]
    _store(campaign, entries)
    return Added(len(entries))


def guess_columns(rows: Sequence[Sequence[str]]) -> tuple[list[str], bool]:
    """Say what the columns of a table hold, and whether its first row names them: `phone`, `text`, a placeholder's name, or nothing."""
    header = has_header(rows)
    columns = guess(rows, header=header)
    if header:
        for place, title in enumerate(rows[0]):
            columns[place] = columns[place] or _named(title)
    return [name if name and name not in columns[:place] else "" for place, name in enumerate(columns)], header


def add_table(campaign: Campaign, rows: Sequence[Sequence[str]], columns: Sequence[str], *, has_header: bool) -> Added:
    """Add the people of a table (`contacts.table_files.read_table`); each column is `phone`, `text`, `unique_id` or a placeholder."""
    bad: list[str] = []

    def entries() -> Iterator[NewEntry]:
        for row in islice(rows, int(has_header), None):
            given = {name: cell.strip() for name, cell in zip(columns, row, strict=False) if name}
            written, text, unique_id = (given.pop(name, "") for name in (PHONE, TEXT, UNIQUE_ID))
            msisdn = parse_msisdn(written)
            if msisdn is None:
                bad.append(written)
                continue
            unique_id = unique_id if _UNIQUE_ID.fullmatch(unique_id) else ""
            yield NewEntry(msisdn, text, unique_id, given)

    added, remaining = 0, entries()
    while some := list(islice(remaining, _AT_ONCE)):
        with transaction.atomic():
            _check_draft(campaign)
            add_entries(lent_connection(), campaign.pk, some)
        added += len(some)
    _note_places(campaign, [name for name in columns if name and name not in {PHONE, TEXT, UNIQUE_ID, *PERSON}])
    return Added(added, bad[:BAD_SHOWN], len(bad))


def remove_entries(campaign: Campaign, entry_ids: Collection[int] | None = None) -> int:
    """Take people off a draft again, all of them where none are named; return how many."""
    with transaction.atomic():
        _check_draft(campaign)
    found = CampaignEntry.objects.filter(campaign=campaign)
    if entry_ids is not None:
        return found.filter(pk__in=list(entry_ids)).delete()[0]
    removed = 0
    while some := list(found.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]):
        CampaignEntry.objects.filter(campaign=campaign, pk__lte=some[-1]).delete()
        removed += len(some)
    campaign.places = []
    campaign.save(update_fields=["places"])
    return removed


def copy_entries(campaign: Campaign, draft: Campaign) -> None:
    """Give a draft the single people of another campaign; ids of programs stay with the messages that have them."""
    after = 0
    while some := list(CampaignEntry.objects.filter(campaign=campaign, pk__gt=after).order_by("pk")[:_AT_ONCE]):
        after = some[-1].pk
        kept = map(attrgetter("contact_id", "msisdn", "text", "values"), some)
        copies = [CampaignEntry(campaign=draft, contact_id=c, msisdn=m, text=t, values=v) for c, m, t, v in kept]
        CampaignEntry.objects.bulk_create(copies)


def entry_count(campaign: Campaign) -> int:
    """Count the single people of a draft."""
    return campaign.entries.count()


def written_phones(typed: str) -> list[str]:
    """Cut what was typed into single numbers, as they were written; blanks are within numbers and between them."""
    found: list[str] = []
    for piece in _SEPARATORS.split(typed):
        current = ""
        for token in piece.split():
            if current and (token.startswith(("+", "00")) or _is_whole(current)):
                found.append(current)
                current = ""
            current = f"{current} {token}".strip()
        if current:
            found.append(current)
    return found


def _is_whole(written: str) -> bool:
    """Say whether a number is long enough for the next figures to be another one; of foreign ones only a mark can tell."""
    if written.startswith(("+", "00")) and not _COUNTRY.match(written):
        return False
    digits = "".join(filter(str.isdecimal, _COUNTRY.sub("", written, count=1)))
    return len(digits) >= _NATIONAL_DIGITS or not any(map(str.isdecimal, written))


def _named(title: str) -> str:
    """Name what a column holds by its title."""
    if folded_form(title) in _TEXT_TITLES:
        return TEXT
    name = place_name(title)
    return "" if name == "number" else name


def _store(campaign: Campaign, entries: Iterable[CampaignEntry]) -> int:
    stored = 0
    remaining = iter(entries)
    while some := list(islice(remaining, _AT_ONCE)):
        with transaction.atomic():
            _check_draft(campaign)
            CampaignEntry.objects.bulk_create(some)
        stored += len(some)
    return stored


def _note_places(campaign: Campaign, names: Collection[str]) -> None:
    with transaction.atomic():
        _check_draft(campaign)
        places = Campaign.objects.values_list("places", flat=True).get(pk=campaign.pk)
        campaign.places = list(dict.fromkeys((*places, *names)))
        campaign.save(update_fields=["places"])


def _check_draft(campaign: Campaign) -> None:
    if not Campaign.objects.select_for_update().filter(pk=campaign.pk, state=Campaign.State.DRAFT).exists():
        raise CampaignError(CampaignRefusal.NOT_A_DRAFT)
