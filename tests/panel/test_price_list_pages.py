"""Price lists in the console: written with a look at what they mean, never changed once begun; plan and limit of a customer."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from panel.conversations import number
from recado.apps.accounts.models import OperatorRole, User
from recado.apps.audit.models import AuditEntry
from recado.apps.billing.models import Subscription, Wallet
from recado.apps.billing.subscriptions import SubscriptionRefusal, subscribe, today_of
from recado.apps.numbers.services import add_number
from recado.apps.plans.models import Plan, PriceList
from recado.apps.plans.price_lists import add_list, first_day, today
from recado.apps.plans.queries import default_plan, list_of, plan_of
from recado.apps.plans.services import add_plan
from recado.core.fees import FeeProblem, read_fees
from recado.core.number import NumberKind
from recado.core.price import STANDARD_PRICES
from recado.panel.forms.money import MoneyField
from recado.panel.forms.price_list import PROBLEMS, PriceListForm
from recado.panel.subscription_words import REFUSALS

LONG, SHARED = NumberKind.INDIVIDUAL_LONG, NumberKind.SHARED_LONG


@pytest.fixture
def olga(settings, db) -> Client:
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    client = Client()
    client.force_login(User.objects.create_user("olga@example.com", "a long password", name="Olga", operator_role=OperatorRole.ADMIN))
    return client


@pytest.fixture
def plan(account) -> Plan:
    """The plan of the account: the shipped one."""
    return default_plan()


@pytest.fixture
def tomorrow(db) -> date:
    return today(timezone.now()) + timedelta(days=1)


def posted(plan: Plan, day: date, **changes: object) -> dict[str, object]:
    """Return what the browser would send from a new list, with some fields changed."""
    its = list_of(plan)
    form = PriceListForm(day, STANDARD_PRICES, read_fees(its.fees) if its else (), earliest=day)
    sent = {name: form[name].field.prepare_value(form[name].value()) for name in form.fields} | changes
    return {name: "" if value is None else str(value) for name, value in sent.items()}


def new(plan: Plan) -> str:
    return f"/operator/plans/{plan.pk}/prices/new/"


def test_every_refusal_and_problem_has_its_words():
    assert set(REFUSALS) == set(SubscriptionRefusal)
    assert set(PROBLEMS) == set(FeeProblem)


def test_a_new_list_is_prefilled_looked_at_and_saved(olga, account, plan, tomorrow):
    page = olga.get(new(plan)).content.decode()
    assert 'value="99,00"' in page
    assert 'value="MAX"' in page
    own = number(account)
    subscribe(account, LONG, "", own, today_of(account))
    fields = posted(plan, tomorrow, **{"price.full": "0,12", "price.eco": "", "fee.individual_long.0.monthly": "109"})
    page = olga.post(new(plan), fields | {"look": "1"}).content.decode()
    assert "99,00\N{NO-BREAK SPACE}zł → 109,00\N{NO-BREAK SPACE}zł" in page
    assert "1 customer, together 10,00\N{NO-BREAK SPACE}zł a month." in page
    assert plan.price_lists.count() == 1
    page = olga.post(new(plan), fields | {"save": "1"}, follow=True).content.decode()
    assert "The price list holds from" in page
    made = plan.price_lists.latest("starts_at")
    assert (first_day(made), made.prices) == (tomorrow, {"full": 12, "eco": 7, "forward": 9, "mms": 25})
    assert {"kind": "individual_long", "package": "", "keyword_count": None, "installation": 20000, "monthly": 10900} in made.fees
    assert AuditEntry.objects.get(action="plan.prices_added").after["price.full"] == "0,12\N{NO-BREAK SPACE}zł"


def test_a_package_is_added_changed_and_left_out(olga, plan, tomorrow):
    spare = {"fee.shared_long.3.name": "500", "fee.shared_long.3.count": "500", "fee.shared_long.3.monthly": "300"}
    fields = posted(plan, tomorrow, **spare, **{f"fee.shared_long.0.{part}": "" for part in ("name", "count", "installation", "monthly")})
    assert olga.post(new(plan), fields | {"save": "1"}).status_code == 302
    made = read_fees(plan.price_lists.latest("starts_at").fees)
    assert [(each.name, each.keyword_count, each.monthly) for each in made if each.kind is SHARED] == [
        ("100", 100, 9900),
        ("MAX", None, 19900),
        ("500", 500, 30000),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"price.full": "9 gr"}, "Write an amount such as 0,09"),
        ({"first_day": ""}, "c-field__error"),
        ({"first_day": "2020-01-01"}, "tomorrow at the earliest"),
        ({"fee.shared_long.3.monthly": "10"}, "Name the package"),
        ({"fee.shared_long.3.name": "max"}, "have the same name"),
        ({"fee.shared_long.0.count": "0"}, "c-field__error"),
        ({"fee.shared_long.0.name": ""}, "Name the package"),
    ],
)
def test_what_is_no_list_is_refused_in_its_place(olga, plan, tomorrow, changes, words):
    answer = olga.post(new(plan), posted(plan, tomorrow, **changes) | {"save": "1"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert plan.price_lists.count() == 1


@pytest.mark.parametrize(("written", "read"), [("0,09", 9), ("0.09", 9), ("1", 100), ("1,5 zł", 150), ("0", 0), (" 12,34 ", 1234)])
def test_amounts_are_read_as_people_write_them(written, read):
    assert MoneyField().clean(written) == read


def test_a_list_that_has_begun_is_read_only(olga, plan, tomorrow):
    address = f"/operator/plans/{plan.pk}/prices/{list_of(plan).pk}/"
    page = olga.get(address).content.decode()
    assert "This list has begun and never changes" in page
    assert "<form method" not in page.split("<main")[1]
    assert olga.post(address, posted(plan, tomorrow) | {"save": "1"}).status_code == 403
    olga.post(f"{address}remove/")
    assert PriceList.objects.filter(plan=plan).count() == 1


def test_a_list_to_come_is_changed_and_removed(olga, plan, tomorrow):
    its = add_list(plan, tomorrow, STANDARD_PRICES, (), timezone.now())
    address = f"/operator/plans/{plan.pk}/prices/{its.pk}/"
    assert "to come" in olga.get(f"/operator/plans/{plan.pk}/").content.decode()
    assert olga.post(address, posted(plan, tomorrow, **{"price.full": "0,20"}) | {"save": "1"}).status_code == 302
    its.refresh_from_db()
    assert its.prices["full"] == 20
    assert "is removed" in olga.post(f"{address}remove/", follow=True).content.decode()
    assert plan.price_lists.count() == 1


def test_a_list_of_another_plan_is_not_found(olga, plan, tomorrow):
    other = add_plan("Other")
    assert olga.get(f"/operator/plans/{other.pk}/prices/{list_of(plan).pk}/").status_code == 404


def test_another_plan_is_looked_at_before_it_holds(olga, account, plan):
    account_page = f"/operator/accounts/{account.pk}/"
    other = Plan.objects.get(name="Pre-paid")
    subscribe(account, SHARED, "20", None, today_of(account))
    page = olga.get(f"{account_page}plan/?plan={other.pk}").content.decode()
    assert "From Standard to Pre-paid, at once." in page
    assert "nothing leaves once its credit is used up" in page
    assert "package 20: the other plan does not offer it" in page
    assert plan_of(account) == plan
    olga.post(f"{account_page}plan/", {"plan": other.pk})
    assert Wallet.objects.get(account=account).floor == 0


def test_a_plan_that_cannot_pay_for_a_number_says_for_which(olga, account, plan):
    number(account)
    other = Plan.objects.get(name="Pre-paid")
    page = olga.post(f"/operator/accounts/{account.pk}/plan/", {"plan": other.pk}, follow=True).content.decode()
    assert "These numbers cannot be paid in advance." in page
    assert "48664200300" in page


def test_a_customer_gets_a_limit_of_its_own(olga, account):
    page = olga.post(f"/operator/accounts/{account.pk}/limit/", {"own_limit": "150"}, follow=True).content.decode()
    assert 'value="150,00"' in page
    assert Wallet.objects.get(account=account).floor == -15000
    assert AuditEntry.objects.get(action="account.limit_changed").after == {"own_limit": "150,00\N{NO-BREAK SPACE}zł"}
    olga.post(f"/operator/accounts/{account.pk}/limit/", {"own_limit": ""})
    assert Wallet.objects.get(account=account).floor is None


def test_who_pays_in_advance_gets_no_limit_and_is_told_that_an_old_one_has_no_effect(olga, account):
    page_url = f"/operator/accounts/{account.pk}/"
    olga.post(f"{page_url}limit/", {"own_limit": "150"})
    olga.post(f"{page_url}plan/", {"plan": Plan.objects.get(name="Pre-paid").pk})
    page = olga.get(page_url).content.decode()
    assert "The own credit limit of 150,00\N{NO-BREAK SPACE}zł has no effect on it." in page
    refused = olga.post(f"{page_url}limit/", {"own_limit": "200"}, follow=True).content.decode()
    assert "pays in advance and cannot owe anything" in refused
    page = olga.post(f"{page_url}limit/", {"own_limit": ""}, follow=True).content.decode()
    assert "Save the limit" not in page
    assert Wallet.objects.get(account=account).floor == 0


def test_a_number_given_to_a_customer_is_subscribed_to_and_ends_when_it_is_released(olga, account):
    stock = add_number("48664200300", LONG)
    olga.post(f"/operator/numbers/{stock.pk}/", {"account": account.pk, "can_send": ""})
    assert Subscription.objects.get().account == account
    assert "The customer pays for it since" in olga.get(f"/operator/numbers/{stock.pk}/").content.decode()
    olga.post(f"/operator/numbers/{stock.pk}/change/", {"change": "release"})
    assert not Subscription.objects.exists()


def test_an_operator_adds_and_ends_the_subscription_of_an_older_number(olga, account):
    own = number(account)
    address = f"/operator/numbers/{own.pk}/"
    assert "the customer pays nothing for it" in olga.get(address).content.decode()
    olga.post(f"{address}subscription/")
    Subscription.objects.update(starts_on=today_of(account) - timedelta(days=3))
    assert Subscription.objects.get().ends_on is None
    olga.post(f"{address}subscription/")
    assert Subscription.objects.get().ends_on == today_of(account)
