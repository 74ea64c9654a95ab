"""Rows of spellings, kept in step with their keyword: `services` and `synonyms` write through here, in their own transaction.

What belongs here: spelling a keyword, its period and its kind, the line people who race stand in. What does not: checks (`checks`).
"""

from recado.apps.keywords.models import Keyword, NearForm, Spelling
from recado.apps.keywords.periods import Period
from recado.apps.keywords.words import near_forms
from recado.apps.numbers.models import Number
from recado.core.text import exact_form, folded_form


def stand_in_line(number: Number) -> None:
    """Wait until nobody else reserves on the number, to the end of the transaction.

    The constraint alone would do for the same word, but not for two look-alikes; and of many who race for one word PostgreSQL would see
    some in a deadlock. It locks against other reservations only: messages to the number go on. SQLite has one writer at a time anyway.
    """
    Number.objects.select_for_update(no_key=True).get(pk=number.pk)


def add_spelling(keyword: Keyword, word: str, period: Period, *, is_main: bool) -> Spelling:
    """Write a spelling of a keyword."""
    spelling = Spelling.objects.create(
        keyword=keyword,
        number=keyword.number,
        account=keyword.account,
        word=word,
        tokens=exact_form(word),
        folded=folded_form(word),
        kind=keyword.kind,
        is_main=is_main,
        starts_at=period.starts_at,
        ends_at=period.ends_at,
        kept_until=period.kept_until,
    )
    _add_forms(spelling)
    return spelling


def respell(spelling: Spelling, word: str) -> None:
    """Write a spelling otherwise."""
    spelling.word = word
    if spelling.tokens == exact_form(word):  # other capitals
        spelling.save(update_fields=["word"])
        return
    spelling.tokens, spelling.folded = exact_form(word), folded_form(word)
    spelling.save(update_fields=["word", "tokens", "folded"])
    spelling.near_forms.all().delete()
    _add_forms(spelling)


def move(spelling: Spelling, period: Period) -> None:
    """Give a spelling another period."""
    spelling.starts_at, spelling.ends_at, spelling.kept_until = period.starts_at, period.ends_at, period.kept_until
    spelling.save(update_fields=["starts_at", "ends_at", "kept_until"])


def match_as(keyword: Keyword) -> None:
    """Let all spellings of a keyword match as it does: the constraint tells kinds of one owner's word apart."""
    keyword.spellings.update(kind=keyword.kind)


def _add_forms(spelling: Spelling) -> None:
    forms = near_forms(spelling.folded)
    NearForm.objects.bulk_create([NearForm(spelling=spelling, number_id=spelling.number_id, form=form) for form in sorted(forms)])
