"""Examples: texts with what must become of them, checked before a change of rules is saved.

What belongs here: keeping examples and checking them. What does not: comparing configurations (`rerun`), the sentences (`panel`).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet

from recado.apps.accounts.models import Account, User
from recado.apps.contacts.models import Group
from recado.apps.keywords.dry_run import concerned_with, profile_of, supposed_sender
from recado.apps.keywords.models import RuleExample
from recado.apps.keywords.rerun import Difference, compare
from recado.apps.keywords.rows import number_row, rows_for
from recado.apps.keywords.trials import trial
from recado.apps.numbers.models import Number
from recado.core.draft import Draft, Rows
from recado.core.outcome import Outcome, Trial, from_values, outcome_of, to_values
from recado.core.ownership import find_owner
from recado.core.sender import SenderState

MOST_EXAMPLES = 100
"""On one number of an account: all are run whenever something is saved."""


class TooManyExamplesError(ValueError):
    """There are as many examples on the number as are checked."""

    permanent = True


def examples_of(account: Account, number: Number | None = None) -> QuerySet[RuleExample]:
    """Return the account's examples, of all numbers or one, oldest first."""
    found = (
        RuleExample.objects.filter(account=account)
        .select_related("account", "number")
        .prefetch_related("groups")
        .order_by("number_id", "id")
    )
    return found if number is None else found.filter(number=number)


def get_example_for(account: Account, example_id: int) -> RuleExample:
    """Return an example of the account; raise RuleExample.DoesNotExist for all others."""
    return examples_of(account).get(pk=example_id)


@transaction.atomic
def save_example(  # what a test consists of
    account: Account,
    number: Number,
    text: str,
    phone: str,
    now: datetime,
    *,
    sender: str = RuleExample.Sender.PHONE,
    groups: Iterable[Group] = (),
    moment: datetime | None = None,
    weekday: int | None = None,
    at_time: time | None = None,
    note: str = "",
    created_by: User | None = None,
) -> RuleExample:
    """Keep a text with what becomes of it now."""
    if examples_of(account, number).count() >= MOST_EXAMPLES:
        raise TooManyExamplesError
    example = RuleExample.objects.create(
        account=account,
        number=number,
        text=text,
        phone=phone,
        sender=sender,
        moment=moment,
        weekday=weekday,
        at_time=at_time,
        note=note.strip(),
        created_by=created_by,
        expected={},
    )
    example.groups.set([group for group in groups if group.account_id == account.pk])
    settle_example(example, now)
    return example


def settle_example(example: RuleExample, now: datetime) -> None:
    """Expect from now on what becomes of the example under the rules as they are."""
    example.expected = to_values(current_outcome(example, now))
    example.save(update_fields=["expected"])


def remove_example(example: RuleExample) -> None:
    """Forget an example."""
    example.delete()


def expected_of(example: RuleExample) -> Outcome:
    """Return what must become of an example."""
    return from_values(example.expected)


def current_outcome(example: RuleExample, now: datetime) -> Outcome:
    """Return what becomes of an example under the rules as they are."""
    routes = rows_for(example.account, example.number, [example.text]).compiled()
    return outcome_of(routes, _trial(example, now))


def broken_examples(account: Account, now: datetime) -> dict[int, Outcome]:
    """Return what becomes of those of the account's examples that come out otherwise than expected, by id."""
    return broken_among(examples_of(account), now)


def broken_among(some: Iterable[RuleExample], now: datetime) -> dict[int, Outcome]:
    """Return the same of some examples of one account."""
    broken: dict[int, Outcome] = {}
    by_number: dict[int, list[RuleExample]] = {}
    for example in some:
        by_number.setdefault(example.number_id, []).append(example)
    for examples in by_number.values():
        routes = rows_for(examples[0].account, examples[0].number, [example.text for example in examples]).compiled()
        found = ((example, outcome_of(routes, _trial(example, now))) for example in examples)
        broken |= {example.pk: outcome for example, outcome in found if outcome != expected_of(example)}
    return broken


def check_examples(account: Account, number: Number, draft: Draft, now: datetime) -> list[Difference[RuleExample]]:
    """List the examples of a number that a draft would make come out otherwise than now, and not as they are expected to."""
    examples = list(examples_of(account, number))
    if not examples:
        return []
    found = compare(account, number, draft, [(example, _trial(example, now)) for example in examples])
    return [difference for difference in found if difference.after != expected_of(difference.subject)]


def moment_of(example: RuleExample, now: datetime) -> datetime:
    """Return when an example arrives if it is checked now."""
    if example.moment is not None:
        return example.moment
    if example.weekday is None or example.at_time is None:
        return now
    local = now.astimezone(example.account.zone)
    day = local.date() + timedelta(days=(example.weekday - local.isoweekday()) % 7)
    return datetime.combine(day, example.at_time, tzinfo=example.account.zone)


def _trial(example: RuleExample, now: datetime) -> Trial:
    moment = moment_of(example, now)
    sender = _sender(example, moment)
    made = trial(example.account, example.number, sender, example.text, moment, profile_of(example.account, moment))
    if not _is_about_consent(example, moment):
        return made
    concerned = {} if example.sender == RuleExample.Sender.NEW else concerned_with(example.number_id, example.phone, moment)
    return replace(made, concerned={key: sender if key == example.account_id else seen for key, seen in concerned.items()})


def _is_about_consent(example: RuleExample, moment: datetime) -> bool:
    """Say whether the text could be about all accounts that write from the number, were there no keywords."""
    row = number_row(example.number)
    return find_owner(Rows(row).compiled(), example.phone, row.digits, example.text, moment).awaits_concerned


def _sender(example: RuleExample, moment: datetime) -> SenderState:
    groups = [group.pk for group in example.groups.all()]
    return supposed_sender(example.account, example.number, example.phone, moment, example.sender, groups)
