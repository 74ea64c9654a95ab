"""Single people of a draft: phones typed, contacts chosen, rows of a file.

What belongs here: reading them into entries of a draft. What does not: who of them gets it (`audience`), reading files
(`contacts.table_files`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from recado.apps.campaigns.models import Campaign

PHONE, TEXT, UNIQUE_ID = "phone", "text", "unique_id"
"""What a column of a file can be besides a placeholder; an empty name leaves the column out."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of people who were to be added to a draft."""

    added: int
    bad: list[str] = field(default_factory=list)
    """The first of what was given and is no phone number, as it was written; `bad_count` counts all."""
    bad_count: int = 0


def add_phones(campaign: Campaign, typed: str) -> Added:
    """Add phones as people type and paste them: between them commas, semicolons, lines or blanks, each in any usual form."""
    raise NotImplementedError


def add_contacts(campaign: Campaign, contact_ids: Collection[int]) -> Added:
    """Add contacts of the account; ids of others are passed over."""
    raise NotImplementedError


def guess_columns(rows: Sequence[Sequence[str]]) -> tuple[list[str], bool]:
    """Say what the columns of a table hold, and whether its first row names them: `phone`, `text`, a placeholder's name, or nothing."""
    raise NotImplementedError


def add_table(campaign: Campaign, rows: Sequence[Sequence[str]], columns: Sequence[str], *, has_header: bool) -> Added:
    """Add the people of a table (`contacts.table_files.read_table`); each column is `phone`, `text`, `unique_id` or a placeholder."""
    raise NotImplementedError


def remove_entries(campaign: Campaign, entry_ids: Collection[int] | None = None) -> int:
    """Take people off a draft again, all of them where none are named; return how many."""
    raise NotImplementedError


def entry_count(campaign: Campaign) -> int:
    """Count the single people of a draft."""
    return campaign.entries.count()
