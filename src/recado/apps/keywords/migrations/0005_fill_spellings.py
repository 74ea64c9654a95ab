"""Give every keyword there is its main spelling."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import migrations

from recado.apps.keywords.periods import period_of
from recado.apps.keywords.words import near_forms
from recado.core.number import CAPABILITIES, NumberKind


def fill(apps: Any, _schema_editor: Any) -> None:
    """Write spellings, and where look-alikes of them are found."""
    keywords, spellings, forms = (apps.get_model("keywords", name) for name in ("Keyword", "Spelling", "NearForm"))
    kept: dict[tuple[int, str], list[Any]] = {}
    rows = _rows(keywords, spellings, kept)
    while some := list(islice(rows, 500)):
        written = spellings.objects.bulk_create(some)
        forms.objects.bulk_create(
            [forms(spelling=one, number_id=one.number_id, form=form) for one in written for form in sorted(near_forms(one.folded))],
            batch_size=5000,
        )


def _rows(keywords: Any, spellings: Any, kept: dict[tuple[int, str], list[Any]]) -> Iterator[Any]:
    for keyword in keywords.objects.select_related("number").order_by("id").iterator():
        row = spellings(
            keyword_id=keyword.pk,
            number_id=keyword.number_id,
            account_id=keyword.account_id,
            word=keyword.word,
            tokens=keyword.tokens,
            folded=keyword.folded,
            kind=keyword.kind,
            is_main=True,
            **_period(keyword),
        )
        others = [one for one in kept.setdefault((row.number_id, row.folded), []) if one.account_id != row.account_id]
        if any(_meets(one, row) for one in others):
            row.is_double = True  # `łaska` and `laska` of two owners could be reserved once; both keep their words
        kept[row.number_id, row.folded].append(row)
        yield row


def _period(keyword: Any) -> dict[str, datetime | None]:
    begins = keyword.starts_at or keyword.created_at
    if keyword.ends_at is not None:
        begins = min(begins, keyword.ends_at)
    period = period_of(begins, keyword.ends_at, begins, is_shared=CAPABILITIES[NumberKind(keyword.number.kind)].is_shared)
    return {"starts_at": period.starts_at, "ends_at": period.ends_at, "kept_until": period.kept_until}


def _meets(one: Any, other: Any) -> bool:
    return (one.kept_until is None or other.starts_at < one.kept_until) and (
        other.kept_until is None or one.starts_at < other.kept_until
    )


class Migration(migrations.Migration):
    """Fill what 0003 made; apart from it, because PostgreSQL cannot change a table with pending checks of rows."""

    dependencies = [("keywords", "0004_spellings")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
