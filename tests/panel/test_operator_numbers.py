"""The operator's numbers: finding, adding, giving away, suspending, releasing; every change is in the audit log."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from panel.conversations import number
from recado.apps.accounts.models import Account, OperatorRole, User
from recado.apps.audit.models import AuditEntry
from recado.apps.connections.models import Connection
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.numbers.importing import LineProblem
from recado.apps.numbers.lifecycle import set_expiry
from recado.apps.numbers.models import Number
from recado.panel.forms.operator_number import PROBLEMS

PAGE = "/operator/numbers/"


@pytest.fixture
def olga(settings, db) -> Client:
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    client = Client()
    client.force_login(User.objects.create_user("olga@example.com", "a long password", name="Olga", operator_role=OperatorRole.SUPPORT))
    return client


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=in_stock", "4302"),
        ("kind=individual_short", "4302"),
        ("q=lote", "4302"),
        ("q=664+200", "664 200 300"),
        ("q=Kwiac", "664 200 300"),
        ("ending=yes", "664 200 300"),
    ],
)
def test_numbers_are_found_by_state_kind_number_label_and_customer(olga, account, query, found):
    own = number(account)
    set_expiry(own, timezone.now() + timedelta(days=3))
    Number.objects.create(digits="4302", kind="individual_short", state="in_stock", label="Loteria")
    page = olga.get(f"{PAGE}?{query}").content.decode()
    assert f">{found}<" in page
    assert page.count("c-table__main") == 1


def test_the_numbers_of_one_customer_are_shown_alone(olga, account):
    own = number(account)
    number(Account.objects.create(name="Other"), "48664200301")
    page = olga.get(f"{PAGE}?account={account.pk}").content.decode()
    assert own.digits[2:5] in page
    assert page.count("c-table__main") == 1
    assert olga.get(f"{PAGE}?account=99999999999999999999").status_code == 200


def test_the_end_of_a_number_is_set_and_taken_away(olga, account):
    own = number(account)
    page = olga.post(f"{PAGE}{own.pk}/expiry/", {"last_day": "2099-01-31"}, follow=True).content.decode()
    assert "31.01.2099" in page
    assert 'value="2099-01-31"' in page
    olga.post(f"{PAGE}{own.pk}/expiry/", {"last_day": ""})
    own.refresh_from_db()
    assert own.expires_at is None
    assert "c-notice--error" in olga.post(f"{PAGE}{own.pk}/expiry/", {"last_day": "soon"}, follow=True).content.decode()


def test_traffic_on_numbers_that_are_nobodys_is_counted(olga, account):
    resting, busy = number(None, "48664200301"), number(account)
    Number.objects.filter(pk=resting.pk).update(state="quarantined")
    for digits, one in (("48664200301", resting), ("48664200301", resting), ("48111222333", None), (busy.digits, busy)):
        Message.objects.create(id=next_id(), number=one, sender="48604218377", recipient=digits, text="Hi", received_at=timezone.now())
    page = olga.get(PAGE).content.decode()
    orphans = page[page.index("nobody&#x27;s") :] if "nobody&#x27;s" in page else page[page.index("Traffic on numbers") :]
    assert "Unknown here" in orphans
    assert "664 200 301" in orphans
    assert "664 200 300" not in orphans
    unmatched = olga.get("/operator/unmatched/").content.decode()
    assert "Quarantine" in unmatched
    assert "Unknown here" in unmatched


def test_a_filter_that_finds_nothing_offers_to_show_all(olga):
    assert "Show all numbers" in olga.get(f"{PAGE}?q=999").content.decode()


def test_a_new_number_without_a_customer_goes_into_stock(olga):
    page = olga.post(f"{PAGE}new/", {"digits": "4302", "kind": "individual_short"}, follow=True).content.decode()
    assert "In stock" in page
    assert AuditEntry.objects.get(action="number.added").is_operator


@pytest.mark.parametrize("fields", [{"digits": "abc", "kind": "individual_long"}, {"digits": "4302", "kind": "pigeon"}, {}])
def test_what_is_no_number_is_refused_beside_its_field(olga, fields):
    response = olga.post(f"{PAGE}new/", fields)
    assert response.status_code == 422
    assert not Number.objects.exists()


def test_a_number_is_given_to_a_customer(olga, account):
    stock = Number.objects.create(digits="4302", kind="individual_short", state="in_stock")
    olga.post(f"{PAGE}{stock.pk}/", {"account": account.pk, "can_send": "on"})
    stock.refresh_from_db()
    assert (stock.account, stock.state) == (account, "assigned")
    entry = AuditEntry.objects.get(action="number.assigned")
    assert (entry.account, entry.before, entry.after) == (account, {"account": ""}, {"account": "Kwiaciarnia Róża"})


def test_suspending_asks_why_and_resuming_is_one_press(olga, account):
    own = number(account)
    assert olga.post(f"{PAGE}{own.pk}/suspend/", {"reason": " "}).status_code == 422
    page = olga.post(f"{PAGE}{own.pk}/suspend/", {"reason": "Unpaid"}, follow=True).content.decode()
    assert "suspended now" in page
    assert "Reason: Unpaid" in page
    assert AuditEntry.objects.get(action="number.state_changed").after == {"state": "suspended", "reason": "Unpaid"}
    assert "active now" in olga.post(f"{PAGE}{own.pk}/change/", {"change": "resume"}, follow=True).content.decode()


def test_releasing_asks_first_and_says_what_goes(olga, account):
    own = number(account)
    question = olga.get(f"{PAGE}{own.pk}/release/").content.decode()
    assert "taken from Kwiaciarnia Róża with its keywords and rules" in question
    page = olga.post(f"{PAGE}{own.pk}/change/", {"change": "release"}, follow=True).content.decode()
    assert "It rests until" in page
    assert "Put back into stock" not in page


@pytest.mark.parametrize("change", ["resume", "end-rest", "burn", ""])
def test_a_change_that_does_not_fit_is_refused_in_words(olga, account, change):
    own = number(account)
    assert "c-notice--error" in olga.post(f"{PAGE}{own.pk}/change/", {"change": change}, follow=True).content.decode()
    own.refresh_from_db()
    assert own.state == "assigned"


def test_an_auditor_looks_and_changes_nothing(settings, account):
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    client = Client()
    client.force_login(User.objects.create_user("adam@example.com", "a long password", operator_role=OperatorRole.AUDITOR))
    own, other = number(account), Account.objects.create(name="Other")
    assert "Suspend" not in client.get(f"{PAGE}{own.pk}/").content.decode()
    assert client.post(f"{PAGE}{own.pk}/", {"account": other.pk}).status_code == 403
    own.refresh_from_db()
    assert own.account == account


def test_a_list_is_checked_before_it_is_added(olga, account):
    lines = f"664200301;NDI;{account.name}\n664200301;NDI\n"
    checked = olga.post(f"{PAGE}import/", {"lines": lines}).content.decode()
    assert "Add 1 number" in checked
    assert "the number stands in an earlier line" in checked
    assert not Number.objects.exists()
    assert "1 number is added" in olga.post(f"{PAGE}import/", {"lines": lines, "add": "yes"}, follow=True).content.decode()
    assert Number.objects.get().account == account


def test_what_is_wrong_with_a_list_is_said(olga, account):
    Account.objects.create(name=account.name)
    assert "several customers have this name" in olga.post(f"{PAGE}import/", {"lines": f"664200301;NDI;{account.name}"}).content.decode()
    too_long = olga.post(f"{PAGE}import/", {"lines": "664200301;NDI\n" * 2001, "add": "yes"})
    assert too_long.status_code == 422
    assert "Take at most 2000 lines at a time." in too_long.content.decode()
    assert not Number.objects.exists()


def test_every_problem_of_a_line_has_its_words():
    assert set(PROBLEMS) == set(LineProblem)


def test_the_operator_says_whether_the_carrier_takes_a_number_as_a_sender(olga):
    shared = Number.objects.create(digits="4301", kind="shared_short")
    assert 'name="can_send" id="id_can_send" checked' in olga.get(f"{PAGE}{shared.pk}/").content.decode().replace(
        'aria-describedby="id_can_send_helptext" ', ""
    )
    olga.post(f"{PAGE}{shared.pk}/", {})
    shared.refresh_from_db()
    assert shared.can_send is False
    assert AuditEntry.objects.get(action="number.assigned").after == {"can_send": False}


def test_a_number_with_mms_gets_a_link_of_its_own_for_them(olga, account):
    text_link = Connection.objects.create(name="SMSC", kind="smpp")
    mms_link = Connection.objects.create(name="MMSC", kind="mm7")
    own = Number.objects.create(digits="48664200301", kind="individual_long_mms", account=account, connection=text_link)
    page = olga.get(f"{PAGE}{own.pk}/").content.decode()
    offered = page.partition('name="mms_connection"')[2].partition("</select>")[0]
    assert "MMSC" in offered
    assert "SMSC" not in offered
    given = {"account": account.pk, "connection": text_link.pk, "can_send": "on"}
    for chosen, expected in ((mms_link.pk, mms_link), ("", None)):
        assert olga.post(f"{PAGE}{own.pk}/", {**given, "mms_connection": chosen}).status_code == 302
        own.refresh_from_db()
        assert (own.mms_connection, own.connection) == (expected, text_link)
    plain = Number.objects.create(digits="48664200302", kind="individual_long", account=account)
    assert 'name="mms_connection"' not in olga.get(f"{PAGE}{plain.pk}/").content.decode()
