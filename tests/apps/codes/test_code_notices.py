"""Who is told that a code pool runs low or is empty, and how often."""

from datetime import UTC, datetime

import pytest

from recado.apps.accounts.models import Account, Role
from recado.apps.accounts.services import add_member, create_user
from recado.apps.codes.models import Code, CodePool
from recado.apps.codes.notices import tell_all
from recado.apps.contacts.knowing import known_about
from recado.apps.contacts.services import add_contact
from recado.apps.notifications.models import Notification
from recado.panel.notification_words import sentence

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def pool(db):
    account = Account.objects.create(name="Shop")
    for name, role in (("olga", Role.OWNER), ("anna", Role.AGENT)):
        add_member(account, create_user(f"{name}@example.com", "a long password", name=name), role)
    made = CodePool.objects.create(account=account, name="Ten percent", low_at=2)
    Code.objects.bulk_create(Code(pool=made, value=f"C{place}") for place in range(4))
    return made


def hand_out(pool, count):
    for code in Code.objects.filter(pool=pool, msisdn=None)[:count]:
        Code.objects.filter(pk=code.pk).update(msisdn=f"4850{code.pk}", handed_at=NOW)


def told():
    return [sentence(one) for one in Notification.objects.order_by("id")]


def test_owners_are_told_once_that_it_runs_low_and_once_that_it_is_empty_until_it_is_filled(pool):
    hand_out(pool, 1)
    tell_all(NOW)
    assert told() == []
    hand_out(pool, 1)
    tell_all(NOW)
    tell_all(NOW)
    low = "Few codes are left in Ten percent: 2. Add more before people get none."
    empty = "No code is left in Ten percent: people are told that all are gone. Add more."
    assert told() == [low]
    hand_out(pool, 2)
    tell_all(NOW)
    tell_all(NOW)
    assert told() == [low, empty]
    Code.objects.bulk_create(Code(pool=pool, value=f"D{place}") for place in range(3))
    tell_all(NOW)
    hand_out(pool, 3)
    tell_all(NOW)  # at once from enough to none: that it runs low is no news
    assert told() == [low, empty, empty]


def test_a_pool_nobody_got_a_code_from_is_no_news(pool):
    Code.objects.filter(pool=pool).delete()
    tell_all(NOW)
    assert told() == []


def test_people_of_a_suspended_account_are_told_nothing(pool):
    hand_out(pool, 4)
    Account.objects.update(is_suspended=True)
    tell_all(NOW)
    assert told() == []


def test_a_person_is_told_which_codes_they_have(pool):
    contact = add_contact(pool.account, "48501222333", {})
    Code.objects.filter(value="C2").update(msisdn=contact.msisdn, handed_at=NOW)
    assert known_about(pool.account, contact, str)["codes"] == [{"pool": "Ten percent", "code": "C2", "at": NOW.isoformat()}]
