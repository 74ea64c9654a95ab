from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.inbox.models import Message
from recado.apps.numbers.models import Number, RoutingVersion
from recado.apps.numbers.queries import get_number_for, keyword_counts, received_counts, usable_numbers
from recado.apps.numbers.services import NumberError, add_number, assign_number, bump_routing
from recado.core.number import NumberKind
from recado.store.ids import IdGenerator


@pytest.fixture
def alice(db):
    return Account.objects.create(name="Alice Flowers")


@pytest.fixture
def charlie(db):
    return Account.objects.create(name="Charlie Cars")


def test_an_account_uses_shared_numbers_and_its_own(alice, charlie):
    add_number("503 340 503", NumberKind.SHARED_LONG)
    add_number("664200300", NumberKind.INDIVIDUAL_LONG, account=alice)
    foreign = add_number("4302", NumberKind.INDIVIDUAL_SHORT, account=charlie)
    add_number("500000001", NumberKind.ECO)
    add_number("4303", NumberKind.SHARED_SHORT)
    Number.objects.filter(digits="4303").update(state="in_stock")
    assert {number.digits for number in usable_numbers(alice)} == {"503340503", "664200300"}
    with pytest.raises(Number.DoesNotExist):
        get_number_for(alice, foreign.pk)


def test_a_number_without_digits_is_refused(db):
    with pytest.raises(NumberError):
        add_number("", NumberKind.SHARED_LONG)


def test_an_individual_number_without_an_owner_waits_in_stock_for_one(alice):
    number = add_number("4301", NumberKind.INDIVIDUAL_SHORT)
    assert number.state == "in_stock"
    assert not usable_numbers(alice)
    assign_number(number, account=alice)
    assert usable_numbers(alice).get() == number


def test_a_shared_number_belongs_to_nobody(alice):
    with pytest.raises(NumberError):
        add_number("4301", NumberKind.SHARED_SHORT, account=alice)


def test_the_same_number_twice_is_refused(db):
    add_number("4301", NumberKind.SHARED_SHORT)
    with pytest.raises(NumberError):
        add_number("4301", NumberKind.SHARED_SHORT)


def test_the_routing_version_only_grows(db):
    bump_routing()
    first = RoutingVersion.objects.get().version
    bump_routing()
    assert RoutingVersion.objects.get().version == first + 1


def test_keywords_are_counted_per_account(alice, charlie):
    number = add_number("4301", NumberKind.SHARED_SHORT)
    for account, word in ((alice, "A1"), (alice, "B1"), (charlie, "C1")):
        number.keywords.create(account=account, word=word, tokens=word.lower(), folded=word.lower())
    assert keyword_counts(alice) == {number.pk: 2}


def test_messages_are_counted_per_account_and_since(alice, charlie):
    number, now = add_number("4301", NumberKind.SHARED_SHORT), timezone.now()
    for node, (account, age) in enumerate(((alice, 0), (alice, 1), (alice, 30), (charlie, 0))):
        at = now - timedelta(hours=age)
        given = IdGenerator(node).next(int(at.timestamp() * 1000))
        Message.objects.create(id=given, account=account, number=number, sender="48600000001", recipient="4301", received_at=at)
    assert received_counts(alice, now - timedelta(hours=2)) == {number.pk: 2}
