"""What imports of lists look like to programs.

What belongs here: shapes and filling them. What does not: routes (`imports`).
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from ninja import Schema
from pydantic import Field, model_validator

from recado.api.v1.contact_shapes import GroupRef
from recado.api.v1.shapes import Id, Text
from recado.apps.contacts.batches import rows_of
from recado.apps.contacts.columns import FIELDS
from recado.apps.contacts.models import ImportBatch
from recado.apps.contacts.table_files import LONGEST_CELL, MOST_COLUMNS

MOST_ROWS = 20_000
"""What one call takes as JSON; a file takes more."""
PREVIEWED = 5
Cell = Annotated[Text, Field(max_length=LONGEST_CELL)]
Column = StrEnum("Column", {"NOTHING": "", **{name.upper(): name for name in FIELDS}})  # type: ignore[misc]  # made of what there is
Column.__doc__ = "What a column holds; empty for one that is left out."


class ImportRowIn(Schema):
    """Somebody of a list; a phone that is none is no error here but said by the check."""

    phone: Cell
    first_name: Cell = ""
    last_name: Cell = ""
    company: Cell = ""
    email: Cell = ""
    tax_id: Cell = ""
    address: Cell = ""
    city: Cell = ""
    description: Cell = ""


class Into(Schema):
    """Which group people are put into; none of both for no group."""

    group_id: Id | None = None
    new_group: Annotated[Text | None, Field(min_length=1, max_length=100, pattern=r"\S", description="Make a group of this name.")] = None

    @model_validator(mode="after")
    def one(self) -> "Into":
        """Refuse two groups."""
        if self.group_id is not None and self.new_group is not None:
            raise ValueError("names two groups; send `group_id` or `new_group`")
        return self


class ImportOptions(Into):
    """What is to become of a list."""

    run: Annotated[bool, Field(description="Begin at once, without a check.")] = False


class ImportIn(ImportOptions):
    """A list of people."""

    rows: Annotated[list[ImportRowIn], Field(min_length=1, max_length=MOST_ROWS)]
    name: Annotated[Text, Field(max_length=120, description="What the list is called.")] = ""

    def table(self) -> list[list[str]]:
        """Return the rows as an uploaded table has them."""
        return [[getattr(row, name).strip() for name in FIELDS] for row in self.rows]


class ColumnsIn(Schema):
    """What the columns of an uploaded table hold."""

    columns: Annotated[list[Column], Field(min_length=1, max_length=MOST_COLUMNS, description="One for each column, the first first.")]
    has_header: bool | None = Field(None, description="Whether the first row names the columns; stays as it is if left out.")


class ImportOut(Schema):
    """An import and how far it is."""

    id: int
    name: str
    state: ImportBatch.State
    columns: list[str]
    has_header: bool
    row_count: int
    done_count: int = Field(description="People done so far; a phone that comes twice is one.")
    group: GroupRef | None
    created_count: int
    changed_count: int
    joined_count: int
    opted_out_count: int = Field(description="Kept out of the group, because they opted out.")
    kept_count: int = Field(description="Left alone by undoing, because somebody changed them since.")
    created_at: datetime
    finished_at: datetime | None


class ShownImportOut(ImportOut):
    """An import with the first rows of what was uploaded."""

    preview: list[list[str]] = Field(description="The first rows as they were sent; empty once they are imported.")


class CheckOut(Schema):
    """What would become of the rows."""

    ok: int
    corrected: int = Field(description="Taken, but not as they were written.")
    known: int = Field(description="Contacts already; they are completed.")
    duplicate: int = Field(description="Phones that came before in the list.")
    bad: int = Field(description="Rows without a usable phone; `get_bad_rows` gives them.")
    usable: int
    opted_out: int = Field(description="People who want no messages at all, and will be put into no group.")


def import_out(batch: ImportBatch) -> ImportOut:
    """Show an import."""
    return ImportOut(
        id=batch.pk,
        name=batch.filename,
        state=ImportBatch.State(batch.state),
        columns=batch.columns,
        has_header=batch.has_header,
        row_count=batch.row_count,
        done_count=batch.position,
        group=GroupRef(id=batch.group.pk, name=batch.group.name) if batch.group else None,
        created_count=batch.created_count,
        changed_count=batch.changed_count,
        joined_count=batch.joined_count,
        opted_out_count=batch.opted_out_count,
        kept_count=batch.kept_count,
        created_at=batch.created_at,
        finished_at=batch.finished_at,
    )


def shown_import_out(batch: ImportBatch) -> ShownImportOut:
    """Show an import with its first rows."""
    preview = rows_of(batch)[: PREVIEWED + batch.has_header] if batch.table else []
    return ShownImportOut(**import_out(batch).model_dump(), preview=preview)
