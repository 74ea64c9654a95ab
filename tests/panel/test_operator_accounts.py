"""Customers as operators see them: found, opened, suspended with a reason, noted about; and what the customer notices."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from panel.conversations import dialogue, number
from recado.apps.accounts.models import Account, Invitation, OperatorRole, Role, User
from recado.apps.accounts.services import create_account
from recado.apps.audit.models import AuditEntry
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.apps.installation.customers import received_by_day, rows_of
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword

PAGE = "/operator/accounts/"


@pytest.fixture
def olga(settings, db) -> Client:
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    client = Client()
    client.force_login(User.objects.create_user("olga@example.com", "a long password", name="Olga", operator_role=OperatorRole.SUPPORT))
    return client


def message(account: Account, *, days_ago: int, position: int = 0) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    Message.objects.create(id=first_id_at(at) + position, account=account, sender="48601000001", recipient="4301", text="a", received_at=at)


@pytest.mark.parametrize("search", ["róża", "Róża", "525", "ali"])
def test_an_account_is_found_by_name_tax_number_and_person(search, olga, account, alice, charlie):
    Account.objects.filter(pk=account.pk).update(tax_id="5252344078")
    page = olga.get(PAGE, {"q": search}).content.decode()
    assert "Kwiaciarnia Róża" in page
    assert "Klinika Zdrowie" not in page


def test_a_search_that_finds_nothing_offers_the_way_back(olga, account):
    assert "No account found" in olga.get(PAGE, {"q": "zzz"}).content.decode()


def test_a_row_counts_what_the_account_has(account, alice, bob):
    reserve_keyword(account, number(account), "Ogrodnik", RuleContent((), "", ()))
    for position, days in enumerate((0, 3, 29, 40)):
        message(account, days_ago=days, position=position)
    (row,) = rows_of([account], timezone.now())
    assert (row.people, row.numbers, row.keywords, row.messages) == (2, 1, 1, 3)


def test_usage_is_counted_by_day_of_the_accounts_calendar(account):
    message(account, days_ago=0)
    message(account, days_ago=2, position=1)
    message(account, days_ago=2, position=2)
    counts = [count for _day, count in received_by_day(account, timezone.now())]
    assert (len(counts), counts[-1], counts[-3], sum(counts)) == (30, 1, 2, 3)


def test_an_account_is_opened_with_an_invited_owner(olga):
    page = olga.post(f"{PAGE}new/", {"name": "Piekarnia", "email": "anna@example.com", "language": "pl"}, follow=True).content.decode()
    opened = Account.objects.get(name="Piekarnia")
    assert Invitation.objects.get(account=opened).role == Role.OWNER
    assert mail.outbox[0].to == ["anna@example.com"]
    assert "anna@example.com" in page
    assert set(AuditEntry.objects.filter(account=opened).values_list("action", flat=True)) == {"account.created", "invitation.sent"}


def test_suspending_needs_a_reason_which_the_customer_reads(olga, account, alice_client):
    assert olga.post(f"{PAGE}{account.pk}/suspend/", {"reason": ""}).status_code == 422
    olga.post(f"{PAGE}{account.pk}/suspend/", {"reason": "The invoice of May is open"})
    response = alice_client.get("/inbox/")
    assert response.status_code == 403
    assert "The invoice of May is open" in response.content.decode()
    assert AuditEntry.objects.get(action="account.suspended").after == {"reason": "The invoice of May is open"}


def test_resuming_lets_everybody_in_again(olga, account, alice_client):
    olga.post(f"{PAGE}{account.pk}/suspend/", {"reason": "A"})
    olga.post(f"{PAGE}{account.pk}/resume/")
    assert alice_client.get("/inbox/").status_code == 200
    assert Account.objects.get(pk=account.pk).suspended_reason == ""


def test_suspending_twice_is_logged_once(olga, account):
    for reason in ("A", "B"):
        olga.post(f"{PAGE}{account.pk}/suspend/", {"reason": reason})
    assert AuditEntry.objects.filter(action="account.suspended").count() == 1
    assert Account.objects.get(pk=account.pk).suspended_reason == "A"


def test_the_note_is_for_operators_alone(olga, account, alice_client):
    olga.post(f"{PAGE}{account.pk}/note/", {"note": "Calls on Mondays"})
    assert "Calls on Mondays" in olga.get(f"{PAGE}{account.pk}/").content.decode()
    assert not AuditEntry.objects.filter(account=account).exists()
    assert "Calls on Mondays" not in alice_client.get("/settings/activity/").content.decode()


def test_the_page_shows_people_numbers_keywords_and_activity(olga, account, alice):
    reserve_keyword(account, number(account), "Ogrodnik", RuleContent((), "", ()))
    dialogue(account)
    page = olga.get(f"{PAGE}{account.pk}/").content.decode()
    assert all(words in page for words in ("alice@example.com", "Owner", "664 200 300", "Ogrodnik", "Show as table"))


def test_an_auditor_sees_and_changes_nothing(olga, account):
    User.objects.update(operator_role=OperatorRole.AUDITOR)
    page = olga.get(f"{PAGE}{account.pk}/").content.decode()
    assert "Suspend" not in page
    assert "fieldset" in page
    assert "disabled" in page


def test_fifty_accounts_cost_few_queries_each(olga, django_assert_max_num_queries):
    for index in range(50):
        create_account(f"Sklep {index}")
    with django_assert_max_num_queries(65):
        olga.get(PAGE)
