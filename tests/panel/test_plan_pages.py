"""The operator's plans: the matrix as switches, quotas, who is on a plan, and what customers see of it."""

import pytest
from django.test import Client

from panel.conversations import number
from recado.apps.accounts.models import OperatorRole, User
from recado.apps.audit.models import AuditEntry
from recado.apps.billing.models import Wallet
from recado.apps.billing.terms import apply_terms
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number
from recado.apps.plans.errors import PlanRefusal
from recado.apps.plans.models import Plan
from recado.apps.plans.queries import plan_of
from recado.apps.plans.services import add_plan, edit_plan, set_plan
from recado.core.number import NumberKind
from recado.core.plan import SWITCHES
from recado.core.price import Service
from recado.panel.forms.money import MoneyField
from recado.panel.forms.operator_plan import REFUSALS, PlanForm
from recado.panel.number_words import CAPABILITY_NAMES
from recado.panel.price_words import OWN_SERVICES, SERVICES

PAGE = "/operator/plans/"
LONG, SHARED = NumberKind.INDIVIDUAL_LONG, NumberKind.SHARED_LONG


@pytest.fixture
def small(db) -> Plan:
    return add_plan("Small")


def operator(settings, role: OperatorRole) -> Client:
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    client = Client()
    client.force_login(User.objects.create_user("olga@example.com", "a long password", name="Olga", operator_role=role))
    return client


@pytest.fixture
def olga(settings, db) -> Client:
    return operator(settings, OperatorRole.ADMIN)


def posted(plan: Plan, **changes: object) -> dict[str, object]:
    """Return what the browser would send, with some fields changed; None leaves one out."""
    form = PlanForm(plan)
    sent = {name: form[name].value() for name in form.fields} | changes
    return {name: value for name, value in sent.items() if value not in {None, False}}


def test_every_switch_and_refusal_has_its_words():
    assert set(CAPABILITY_NAMES) == set(SWITCHES)
    assert set(REFUSALS) == set(PlanRefusal)


def test_the_list_says_who_is_on_which_plan(olga, account, small):
    page = olga.get(PAGE).content.decode()
    assert "Standard" in page
    assert "Everybody&#x27;s who has no other" in page or "Everybody's who has no other" in page


def test_saving_without_a_change_changes_nothing(olga, small):
    assert "Saved." in olga.post(f"{PAGE}{small.pk}/", posted(small), follow=True).content.decode()
    small.refresh_from_db()
    assert (small.overrides, small.keyword_quotas) == ({}, {"shared_long": 5, "shared_short": 5})


def test_every_service_has_its_words():
    assert set(SERVICES) == set(OWN_SERVICES) == set(Service)


@pytest.mark.parametrize(("written", "read"), [("0,09", 9), ("0.09", 9), ("1", 100), ("1,5 zł", 150), ("0", 0), (" 12,34 ", 1234)])
def test_amounts_are_read_as_people_write_them(written, read):
    assert MoneyField().clean(written) == read


def test_a_switch_changes_one_cell_and_is_marked(olga, small):
    fields = posted(small, **{"individual_long.mms": "on", "individual_long.all_messages": None, "quota.shared_long": "20"})
    page = olga.post(f"{PAGE}{small.pk}/", fields, follow=True).content.decode()
    small.refresh_from_db()
    assert small.overrides == {"individual_long": {"mms": True, "all_messages": False}}
    assert small.keyword_quotas["shared_long"] == 20
    assert (page.count("shipped: no"), page.count("shipped: yes")) == (1, 1)
    after = AuditEntry.objects.get(action="plan.changed").after
    assert (after["individual_long.mms"], after["quota.shared_long"]) == (True, 20)


def test_an_empty_quota_is_no_limit(olga, small):
    olga.post(f"{PAGE}{small.pk}/", posted(small, **{"quota.shared_long": ""}))
    small.refresh_from_db()
    assert small.keyword_quotas["shared_long"] is None


@pytest.mark.parametrize("changes", [{"name": ""}, {"name": "Standard"}, {"quota.shared_long": "-1"}, {"quota.shared_short": "many"}])
def test_what_is_no_plan_is_refused_beside_its_field(olga, small, changes):
    response = olga.post(f"{PAGE}{small.pk}/", posted(small, **changes))
    assert response.status_code == 422
    assert "c-field__error" in response.content.decode()


def test_what_no_plan_can_change_has_no_switch(olga, small):
    page = olga.get(f"{PAGE}{small.pk}/").content.decode()
    assert 'name="shared_long.all_messages"' not in page
    assert 'name="eco.exact_keywords"' not in page
    assert 'name="individual_short.all_messages"' in page


def test_support_looks_at_plans_and_puts_customers_on_them(settings, account, small):
    client = operator(settings, OperatorRole.SUPPORT)
    page = client.get(f"{PAGE}{small.pk}/").content.decode()
    assert "Save changes" not in page
    assert client.post(f"{PAGE}{small.pk}/", posted(small)).status_code == 403
    page = client.post(f"/operator/accounts/{account.pk}/plan/", {"plan": small.pk}, follow=True).content.decode()
    assert "Kwiaciarnia Róża is on the plan Small." in page
    account.refresh_from_db()
    assert plan_of(account) == small
    entry = AuditEntry.objects.get(action="account.plan_changed")
    assert (entry.account, entry.before, entry.after) == (account, {"plan": "Standard"}, {"plan": "Small"})


def test_a_plan_is_added_and_removed_again(olga, account):
    assert "New" in olga.post(f"{PAGE}new/", {"name": "New"}, follow=True).content.decode()
    made = Plan.objects.get(name="New")
    set_plan(account, made)
    assert "Customers are on this plan." in olga.post(f"{PAGE}{made.pk}/remove/", follow=True).content.decode()
    set_plan(account, None)
    assert "The plan New is removed." in olga.post(f"{PAGE}{made.pk}/remove/", follow=True).content.decode()
    assert olga.post(f"{PAGE}new/", {"name": "Standard"}).status_code == 422


@pytest.fixture
def own(account) -> Number:
    return number(account)


def test_a_number_says_what_the_plan_leaves_out(alice_client, account, own, small):
    edit_plan(small, "Small", {(LONG, "all_messages"): False, (LONG, "surveys_contests_statistics"): False}, {})
    set_plan(account, small)
    page = alice_client.get(f"/numbers/{own.pk}/").content.decode()
    assert "your plan does not include answering or forwarding them" in page
    assert "Not in your plan: Surveys, contests and statistics" in page
    assert 'name="reply"' not in page
    alice_client.post(f"/numbers/{own.pk}/", {"label": "Orders", "reply": "Hello"})
    own.refresh_from_db()
    assert own.label == "Orders"
    assert not own.rules.exists()


def test_a_shared_number_says_how_many_keywords_are_left(alice_client, account, small):
    shared = number(None, "48503340503", SHARED)
    edit_plan(small, "Small", {}, {SHARED: 1})
    set_plan(account, small)
    assert "0 of 1 keywords of your plan are used" in alice_client.get(f"/numbers/{shared.pk}/").content.decode()
    reserve_keyword(account, shared, "Rabat")
    assert "1 of 1 keywords of your plan is used" in alice_client.get(f"/numbers/{shared.pk}/").content.decode()
    checked = alice_client.get(f"/keywords/availability/?number={shared.pk}&word=Kwiaty").content.decode()
    assert "You have 1 keyword on numbers of this kind, and your plan includes 1." in checked


def test_paying_in_advance_is_refused_with_the_numbers_that_cannot_be_paid_so(olga, account, own, small):
    set_plan(account, small)
    answer = olga.post(f"{PAGE}{small.pk}/", posted(small, is_prepaid="on"))
    assert answer.status_code == 422
    assert "48664200300 (Kwiaciarnia Róża)" in answer.content.decode()
    small.refresh_from_db()
    assert not small.is_prepaid


def test_a_credit_limit_holds_for_everybody_on_the_plan_at_once(olga, account, small):
    set_plan(account, small)
    apply_terms(account)
    olga.post(f"{PAGE}{small.pk}/", posted(small, credit_limit="500"))
    small.refresh_from_db()
    assert small.credit_limit == 50000
    assert Wallet.objects.get(account=account).floor == -50000
    assert 'value="500,00"' in olga.get(f"{PAGE}{small.pk}/").content.decode()
