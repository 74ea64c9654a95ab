"""What becomes of the examples that a change makes come out otherwise.

What belongs here: saving a change inside of it. What does not: examples themselves (`examples`), asking people what they want (`panel`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.keywords.examples import broken_examples, check_examples, get_example_for, remove_example, settle_example
from recado.apps.numbers.models import Number
from recado.core.draft import Draft


class Choice(StrEnum):
    """What somebody wants of an example that a change makes come out otherwise."""

    UPDATE = "update"
    """Expect the new outcome; what happens unless they say otherwise."""
    REMOVE = "remove"
    KEEP = "keep"
    """Leave it as it is: from now on it is named as one that comes out otherwise."""


@contextmanager
def settling_examples(account: Account, number: Number, draft: Draft, chosen: Mapping[int, str] | None = None) -> Iterator[None]:
    """Save a draft inside, then do with each example it changed what was chosen, by the example's id."""
    changed = check_examples(account, number, draft, timezone.now())
    yield
    for example in (difference.subject for difference in changed):
        choice = (chosen or {}).get(example.pk, Choice.UPDATE)
        if choice == Choice.REMOVE:
            remove_example(example)
        elif choice == Choice.UPDATE:
            settle_example(example, timezone.now())


@contextmanager
def carrying_examples(account: Account) -> Iterator[None]:
    """Take a change back inside: examples that came out as expected expect what becomes of them afterwards."""
    broken = set(broken_examples(account, timezone.now()))
    yield
    for key in set(broken_examples(account, timezone.now())) - broken:
        settle_example(get_example_for(account, key), timezone.now())
