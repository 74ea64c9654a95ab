"""A function that the plan lacks is visible, disabled, with the reason and the way to the plan; what numbers and packages cost."""

import pytest

from panel.conversations import number
from recado.apps.billing.models import Subscription
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.apps.plans.models import Plan
from recado.apps.plans.services import add_plan, edit_plan, set_plan
from recado.core.number import NumberKind

LONG, MMS, SHARED = NumberKind.INDIVIDUAL_LONG, NumberKind.INDIVIDUAL_LONG_MMS, NumberKind.SHARED_LONG
ORDER, WAY = "/numbers/order/", "See your plan</a>"


@pytest.fixture
def shared(db) -> Number:
    return number(None, "48503340503", SHARED)


def on(account, overrides) -> None:
    plan = add_plan("Small")
    edit_plan(plan, "Small", overrides, {})
    set_plan(account, plan)


@pytest.mark.parametrize(
    ("kind", "column", "words"),
    [
        (LONG, "advanced_keywords", "Not in your plan: Base, phrase and removing keywords"),
        (LONG, "exact_keywords", "Not in your plan: Exact keywords"),
        (LONG, "surveys_contests_statistics", "Not in your plan: Surveys, contests and statistics"),
        (LONG, "all_messages", "your plan does not include answering or forwarding them"),
        (MMS, "mms", "Not in your plan: SMS and MMS"),
    ],
)
def test_a_number_shows_each_function_the_plan_lacks(alice_client, account, kind, column, words):
    own = number(account, kind=kind)
    on(account, {(kind, column): False})
    page = alice_client.get(f"/numbers/{own.pk}/").content.decode()
    assert words in page
    assert WAY in page.split(words)[1][:400]


def test_a_way_to_match_that_the_plan_lacks_is_shown_disabled(alice_client, account):
    own = number(account)
    on(account, {(LONG, "advanced_keywords"): False})
    page = alice_client.get(f"/keywords/new/?number={own.pk}").content.decode()
    assert page.count("disabled aria-describedby") == 3
    assert "Your plan does not include this kind of keyword on this number." in page
    assert WAY in page


def test_who_pays_in_advance_sees_why_there_are_no_words_and_numbers(alice_client, account, shared):
    set_plan(account, Plan.objects.get(name="Pre-paid"))
    page = alice_client.get(f"/numbers/{shared.pk}/").content.decode()
    assert "Your plan cannot pay for keywords on this kind of number." in page
    assert 'disabled aria-describedby="not-payable"' in page
    page = alice_client.get(f"/keywords/new/?number={shared.pk}").content.decode()
    assert page.count("disabled aria-describedby") == 4
    assert "Your plan cannot pay for keywords" in page
    answer = alice_client.post("/keywords/new/", {"number": shared.pk, "word": "RABAT"})
    assert answer.status_code == 422
    assert not Keyword.objects.exists()
    page = alice_client.get(ORDER).content.decode()
    assert page.count("This kind cannot be paid in advance") == 5
    assert page.count(" disabled aria-describedby") == 5
    assert WAY in page


def test_an_agent_is_told_who_can_change_the_plan(client, account, alice_client, alice):
    own = number(account)
    on(account, {(LONG, "mms"): False, (LONG, "all_messages"): False})
    account.memberships.update(role="editor")
    assert "Owners and managers of the account change the plan." in alice_client.get(f"/numbers/{own.pk}/").content.decode()


def test_numbers_show_what_they_cost_before_they_are_ordered(alice_client, account):
    add_number("48664200300", LONG)
    page = alice_client.get(ORDER).content.decode()
    assert "200,00\N{NO-BREAK SPACE}zł once, 99,00\N{NO-BREAK SPACE}zł a month" in page
    assert "20: 50,00\N{NO-BREAK SPACE}zł once, 49,00\N{NO-BREAK SPACE}zł a month" in page
    assert "No fee" in page
    page = alice_client.get(f"{ORDER}?kind={LONG.value}").content.decode()
    assert "200,00\N{NO-BREAK SPACE}zł once, 99,00\N{NO-BREAK SPACE}zł a month" in page


def test_a_kind_without_fees_on_the_plan_costs_nothing(alice_client, account):
    plan = Plan.objects.get(name="Standard")
    edit_plan(plan, "Standard", {(LONG, "installation_fee"): False, (LONG, "subscription"): False}, {})
    page = alice_client.get(f"{ORDER}?kind={LONG.value}").content.decode()
    assert "0,00\N{NO-BREAK SPACE}zł once, 0,00\N{NO-BREAK SPACE}zł a month" in page


def test_a_package_is_taken_changed_given_up_and_kept(alice_client, account, shared):
    address = "/numbers/packages/?kind=shared_long"
    assert "out of 5" in alice_client.get(address).content.decode()
    page = alice_client.post(address, {"package": "20"}, follow=True).content.decode()
    assert "You have the package 20 from today." in page
    assert "out of 20" in page
    assert "of 20 keywords of your plan" in alice_client.get(f"/numbers/{shared.pk}/").content.decode()
    assert "as many as you like" in alice_client.post(address, {"package": "MAX"}, follow=True).content.decode()
    assert Subscription.objects.get().package == "MAX"
    page = alice_client.post(address, {"end": "1"}, follow=True).content.decode()
    assert "Keep it" in page
    assert Subscription.objects.get().ends_on.day == 1
    assert "You keep the package MAX." in alice_client.post(address, {"keep": "1"}, follow=True).content.decode()
    assert "not offered any more" in alice_client.post(address, {"package": "Gold"}, follow=True).content.decode()


@pytest.mark.parametrize("kind", ["eco", "individual_long", "pager"])
def test_only_shared_kinds_have_packages(alice_client, account, kind):
    assert alice_client.get(f"/numbers/packages/?kind={kind}").status_code == 404


def test_who_may_not_order_takes_no_package(alice_client, account):
    account.memberships.update(role="editor")
    assert alice_client.post("/numbers/packages/?kind=shared_long", {"package": "20"}).status_code == 403
    assert "disabled" in alice_client.get("/numbers/packages/?kind=shared_long").content.decode()
