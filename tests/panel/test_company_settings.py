"""Pages of the company: its data and its hours, who changes them, what is refused, what the activity log keeps."""

from datetime import UTC, datetime, time

import pytest
from django.urls import reverse
from django.utils import timezone

from recado.apps.accounts.models import Account, Role, User
from recado.apps.accounts.services import add_member
from recado.apps.accounts.working_hours import WEEKDAYS
from recado.apps.audit.models import AuditEntry
from recado.apps.plans.price_lists import add_list, today
from recado.apps.plans.services import add_plan, set_plan
from recado.core.price import Service

COMPANY = {"name": "Róża", "language": "en", "time_zone": "Europe/Warsaw", "company": "Róża sp. z o.o.", "tax_id": "123-456-32-18"}
OPEN = {"mon_open": "on", "mon_from": "10:00", "mon_until": "18:30"}


def test_the_company_is_changed_and_the_change_is_logged(account, alice, alice_client):
    assert alice_client.post(reverse("settings-company"), COMPANY).status_code == 302
    account.refresh_from_db()
    assert (account.name, account.tax_id) == ("Róża", "1234563218")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.user, entry.before["name"], entry.after["name"]) == ("company.changed", alice, "Kwiaciarnia Róża", "Róża")
    assert "time_zone" not in entry.after


@pytest.mark.parametrize(("field", "value"), [("tax_id", "1234563217"), ("name", " "), ("time_zone", "Moon/Base"), ("language", "xx")])
def test_what_makes_no_sense_is_refused_and_nothing_saved(field, value, account, alice_client):
    response = alice_client.post(reverse("settings-company"), {**COMPANY, field: value})
    assert response.status_code == 422
    assert response.content.decode().count("aria-invalid") == 1
    assert Account.objects.get(pk=account.pk).company == ""


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AGENT, Role.VIEWER, Role.BILLING])
def test_others_see_the_company_and_may_not_change_it(role, account, bob: User, client):
    add_member(account, bob, role)
    client.force_login(bob)
    page = client.get(reverse("settings-company")).content.decode()
    assert "changing it takes another role" in page
    assert ">Save<" not in page
    assert client.post(reverse("settings-company"), COMPANY).status_code == 403


def test_hours_are_changed_and_shown(account, alice_client, monkeypatch):
    assert alice_client.post(reverse("settings-hours"), OPEN).status_code == 302
    account.refresh_from_db()
    assert account.working_hours == {"mon": ["10:00", "18:30"]}
    assert not account.keeps_public_holidays
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 16, 0, tzinfo=UTC))
    assert "Open now, until 18:30" in alice_client.get(reverse("settings-hours")).content.decode()
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 20, 0, tzinfo=UTC))
    assert "Closed until Monday 30.11, 10:00" in alice_client.get(reverse("settings-hours")).content.decode()
    entry = AuditEntry.objects.get()
    assert (entry.before["mon"], entry.after["mon"], entry.after.get("tue")) == ("09:00-17:00", "10:00-18:30", None)


WRONG = [
    ({**OPEN, "mon_until": "09:00"}, "Closing comes after opening"),
    ({**OPEN, "mon_from": ""}, "Say when, or mark the day as closed."),
    ({**OPEN, "mon_until": "x"}, "Enter a valid time."),
]


@pytest.mark.parametrize(("given", "sentence"), WRONG)
def test_hours_that_make_no_sense_are_refused(given, sentence, account, alice_client):
    response = alice_client.post(reverse("settings-hours"), given)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Account.objects.get(pk=account.pk).working_hours is None


def test_a_day_may_end_at_midnight_and_every_day_may_be_closed(account, alice_client):
    alice_client.post(reverse("settings-hours"), {**OPEN, "mon_until": "00:00"})
    assert Account.objects.get(pk=account.pk).working_hours == {"mon": ["10:00", "00:00"]}
    alice_client.post(reverse("settings-hours"), {f"{day}_from": "09:00" for day in WEEKDAYS})
    assert "Never open" in alice_client.get(reverse("settings-hours")).content.decode()


def test_a_day_off_comes_and_goes(account, alice_client):
    alice_client.post(reverse("settings-day-off-add"), {"day": "2027-05-04"})
    assert "Tuesday, 4 May 2027" in alice_client.get(reverse("settings-hours")).content.decode()
    removal = reverse("settings-day-off-remove", args=["2027-05-04"])
    alice_client.post(removal)
    assert Account.objects.get(pk=account.pk).extra_holidays == ""
    assert alice_client.post(removal).status_code == 404
    assert list(AuditEntry.objects.order_by("pk").values_list("action", "object_name")) == [
        ("day_off.added", "2027-05-04"),
        ("day_off.removed", "2027-05-04"),
    ]


@pytest.mark.parametrize("day", ["", "soon", "1970-01-01"])
def test_a_day_off_that_is_none_is_refused(day, account, alice_client):
    assert alice_client.post(reverse("settings-day-off-add"), {"day": day}).status_code == 422
    assert Account.objects.get(pk=account.pk).extra_holidays == ""


def test_who_only_looks_sees_the_hours_and_no_buttons(vera_client):
    page = vera_client.get(reverse("settings-hours")).content.decode()
    assert "changing it takes another role" in page
    assert ">Save<" not in page
    assert vera_client.post(reverse("settings-hours"), OPEN).status_code == 403


def test_quiet_hours_are_saved_noted_and_taken_away(account, alice_client):
    page = reverse("settings-quiet-hours")
    assert alice_client.post(page, {"quiet_from": "21:00", "quiet_until": "08:00"}).status_code == 302
    account.refresh_from_db()
    assert (account.quiet_from, account.quiet_until) == (time(21), time(8))
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.after) == ("quiet_hours.changed", {"quiet_from": "21:00", "quiet_until": "08:00"})
    assert 'value="21:00"' in alice_client.get(reverse("settings-hours")).content.decode()
    assert alice_client.post(page, {"quiet_from": "", "quiet_until": ""}).status_code == 302
    account.refresh_from_db()
    assert (account.quiet_from, account.quiet_until) == (None, None)


@pytest.mark.parametrize(("begins", "ends"), [("21:00", ""), ("", "08:00"), ("21:00", "21:00"), ("25:00", "08:00")])
def test_quiet_hours_with_one_end_or_all_day_are_refused(begins, ends, account, alice_client):
    response = alice_client.post(reverse("settings-quiet-hours"), {"quiet_from": begins, "quiet_until": ends})
    assert response.status_code == 422
    assert response.content.decode().count("aria-invalid") == 1
    account.refresh_from_db()
    assert account.quiet_from is None


def test_the_company_reads_what_sending_costs(account, alice_client):
    plan = add_plan("Small")
    add_list(plan, today(timezone.now()), {Service.FULL: 12}, (), timezone.now())
    set_plan(account, plan)
    page = alice_client.get(reverse("settings-company")).content.decode()
    assert "Your plan is Small." in page
    assert "0,12\N{NO-BREAK SPACE}zł" in page
    assert "0,07\N{NO-BREAK SPACE}zł" in page
