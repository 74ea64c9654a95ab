"""How many a login may send: no more than its limit, one by one, at once, and on both databases."""

import pytest
from django.utils import timezone

from recado.apps.accounts.models import SendLimit
from recado.apps.accounts.send_limits import give_back, remaining, set_limit, take
from recado.apps.accounts.services import create_account, create_api_user
from recado.apps.billing.models import Wallet
from recado.apps.connections.models import Connection
from recado.apps.contacts.opt_outs import Scope, opt_out
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import OutboundMessage

SMS = "messages/send_sms"
ECO = SendLimit.Kind.ECO
PHONES = [f"+4860421837{last}" for last in range(5)]


@pytest.fixture
def pool(db) -> Number:
    carrier = Connection.objects.create(name="Carrier", kind="smpp")
    return Number.objects.create(digits="48660000001", kind="eco", connection=carrier)


def left(api_user):
    return remaining(api_user, "eco")


def test_phones_beyond_the_limit_get_nothing(call, api_user, pool):
    set_limit(api_user, ECO, 2)
    answer = call(SMS, phone=PHONES[:3], text="Hi", details=True)
    assert [item.get("error_code") for item in answer["items"]] == [None, None, 3000]
    assert (answer["queued"], answer["unsent"], left(api_user)) == (2, 1, 0)
    assert call(SMS, phone=PHONES[3], text="Hi")["error"]["code"] == 3000
    assert OutboundMessage.objects.count() == 2


def test_each_kind_has_its_own_limit(call, api_user, pool, individual):
    individual.connection = pool.connection
    individual.save()
    set_limit(api_user, SendLimit.Kind.FULL, 1)
    assert call(SMS, phone=PHONES[:2], text="Hi", sender=individual.digits)["queued"] == 1
    assert call(SMS, phone=PHONES[2], text="Hi", sender=individual.digits)["error"]["code"] == 3002
    assert call(SMS, phone=PHONES[2], text="Hi")["queued"] == 1


def test_who_gets_nothing_leaves_the_place_to_others(call, account, api_user, pool):
    opt_out(account, PHONES[0].removeprefix("+"), Scope.ACCOUNT, now=timezone.now())
    set_limit(api_user, ECO, 2)
    answer = call(SMS, phone=["12", *PHONES[:4]], text="Hi", details=True)
    assert [item.get("error_code") for item in answer["items"]] == [3103, 3100, None, None, 3000]
    assert left(api_user) == 0


def test_a_test_says_the_same_and_takes_nothing(call, account, api_user, pool):
    opt_out(account, PHONES[0].removeprefix("+"), Scope.ACCOUNT, now=timezone.now())
    set_limit(api_user, ECO, 2)
    answer = call(SMS, phone=PHONES[:4], text="Hi", details=True, test=True)
    assert [item.get("error_code") for item in answer["items"]] == [3100, None, None, 3000]
    assert left(api_user) == 2


@pytest.mark.parametrize(("limit", "credit", "shown"), [(None, None, "no_limit"), (5, None, "5"), (5, 21, "3"), (2, 21, "2"), (0, 21, "0")])
def test_limits_show_what_is_less(call, account, api_user, pool, limit, credit, shown):
    if limit is not None:
        set_limit(api_user, ECO, limit)
    if credit is not None:
        Wallet.objects.update_or_create(account=account, defaults={"balance": credit, "floor": 0})
    assert call("account/limits")["items"][0]["value"] == shown


def test_without_a_limit_any_number_may_be_sent(account, api_user):
    assert take(api_user, "eco", 100_000) == 100_000
    give_back(api_user, "eco", 7)
    assert left(api_user) is None


def test_twenty_at_once_never_take_more_than_there_is(orm, in_threads):
    api_user = create_api_user(create_account("Kwiaciarnia Róża"), "branch", "secret")
    set_limit(api_user, ECO, 50)

    def taking():
        taken = [take(api_user, "eco", 3) for _ in range(2)]
        give_back(api_user, "eco", 1 if taken[0] == 3 else 0)
        return sum(taken) - (1 if taken[0] == 3 else 0)

    kept = sum(in_threads(*[taking] * 20))
    assert kept + left(api_user) == 50
    assert left(api_user) >= 0
