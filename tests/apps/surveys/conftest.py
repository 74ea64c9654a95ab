"""A survey on a number of an account that collects answers, and the keyword that begins it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account
from recado.apps.connections.models import Connection
from recado.apps.contacts.models import Group
from recado.apps.contacts.services import add_group
from recado.apps.keywords.models import RuleAction
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number
from recado.apps.surveys.models import Option, Question, Survey
from recado.core.message import Encoding, InboundPart
from recado.testing.receiving import direct_receiver

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ANNA = "48501222333"


@pytest.fixture
def account(db) -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def number(account: Account) -> Number:
    carrier = Connection.objects.create(name="Carrier", kind="smpp")
    return Number.objects.create(digits="48664200300", kind="individual_long", account=account, connection=carrier)


@pytest.fixture
def garden(account: Account) -> Group:
    return add_group(account, "Garden")


@pytest.fixture
def survey(account: Account, number: Number) -> Survey:
    """Which flowers (A, B), how many, why."""
    made = Survey.objects.create(
        account=account,
        number=number,
        name="Flowers",
        state="collecting",
        public_token="flowers",
        end_text="Thanks!",
        reminder_text="Do you remember us, {first_name}?",
        reminder_minutes=60,
    )
    first = Question.objects.create(survey=made, position=1, kind="choice", text="Which ones?")
    Question.objects.create(survey=made, position=2, kind="number", text="How many?", low=1, high=10)
    for place, (label, text) in enumerate((("A", "Roses"), ("B", "Tulips")), 1):
        Option.objects.create(question=first, position=place, label=label, text=text)
    rule = reserve_keyword(account, number, "FLOWERS", RuleContent()).rules.get()
    RuleAction.objects.create(rule=rule, position=0, kind="answer_survey", survey=made)
    return made


@pytest.fixture
def say(number: Number) -> Callable[[str], int]:
    """Receive a text of Anna."""
    receive = direct_receiver()
    count = iter(range(1, 1000))

    def say(text: str, sender: str = ANNA) -> int:
        return receive(InboundPart(number.connection_id or 0, sender, number.digits, text, Encoding.GSM7, NOW, b"", next(count)))

    return say
