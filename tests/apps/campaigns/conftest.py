"""An account with a number, a pool, people in groups, and a stranger."""

from collections.abc import Callable

import pytest

from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.services import create_draft, set_groups
from recado.apps.connections.models import Connection
from recado.apps.contacts.models import Contact, Group
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import SendKind


@pytest.fixture
def account(db) -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def stranger(db) -> Account:
    return create_account("Piekarnia")


@pytest.fixture
def carrier(db) -> Connection:
    return Connection.objects.create(name="Carrier", kind="smpp")


@pytest.fixture
def number(account, carrier) -> Number:
    return Number.objects.create(digits="48664200300", kind="individual_long", account=account, connection=carrier)


@pytest.fixture
def pool(carrier) -> list[Number]:
    return [Number.objects.create(digits=f"4866000000{place}", kind="eco", connection=carrier) for place in range(2)]


@pytest.fixture
def garden(account) -> Group:
    return add_group(account, "Garden")


@pytest.fixture
def member(account, garden) -> Callable[..., Contact]:
    """Add a contact to the garden, or to other groups."""

    def add(msisdn: str, first_name: str = "", last_name: str = "", groups: tuple[Group, ...] | None = None) -> Contact:
        into = [group.pk for group in ((garden,) if groups is None else groups)]
        return add_contact(account, msisdn, {"first_name": first_name, "last_name": last_name}, into)

    return add


@pytest.fixture
def draft(account, number, garden) -> Campaign:
    """A campaign from the own number to the garden."""
    campaign = create_draft(account, text="Hello {first_name}!", kind=SendKind.FULL, number=number)
    set_groups(campaign, [garden])
    return campaign
