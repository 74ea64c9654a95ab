"""The page of the activity log: what it says, how it is narrowed, what it exports."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.audit.models import AuditEntry
from recado.apps.audit.services import record
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind

LOG = reverse("settings-activity")


@pytest.fixture
def log(account: Account, alice, bob):
    record(account, alice, "keyword.reserve", "OGRODNIK", after={"word": "OGRODNIK"})
    record(account, bob, "member.role_changed", "Vera", before={"role": "viewer"}, after={"role": "admin"})
    record(account, bob, "company.changed", is_operator=True, before={"city": "=1+1"}, after={"city": "<b hx-get>Kraków"})


def test_it_says_who_changed_what_before_and_after(alice_client, log):
    page = alice_client.get(LOG).content.decode()
    for words in ("Keyword reserved: OGRODNIK", "Role changed: Vera", ">Viewer</del>", ">Manager</ins>", "Staff of the installation"):
        assert words in page
    assert "&lt;b hx-get&gt;Kraków" in page


def test_it_is_empty_until_something_changes_and_says_so(alice_client):
    assert "Nothing was changed yet" in alice_client.get(LOG).content.decode()


NARROWED = [
    ({"kind": "keyword"}, ["OGRODNIK"]),
    ({"kind": "member"}, ["Vera"]),
    ({"person": "staff"}, [""]),
    ({"until": "2020-01-01"}, []),
    ({"since": "2020-01-01", "kind": "member"}, ["Vera"]),
    ({"kind": "nonsense", "since": "never", "person": "x"}, ["", "Vera", "OGRODNIK"]),
    ({"before": "x"}, ["", "Vera", "OGRODNIK"]),
]


@pytest.mark.parametrize(("filters", "names"), NARROWED)
def test_it_is_narrowed_by_the_address(filters, names, alice_client, log):
    assert [entry.object_name for entry, *_ in alice_client.get(LOG, filters).context["rows"]] == names


def test_it_is_narrowed_by_person(alice_client, bob, log):
    assert len(alice_client.get(LOG, {"person": bob.pk}).context["rows"]) == 2


def test_nothing_found_offers_everything(alice_client, log):
    page = alice_client.get(LOG, {"until": "2020-01-01"}).content.decode()
    assert "Nothing was changed that fits" in page


def test_long_logs_have_pages_and_cost_few_queries(account, alice, alice_client, django_assert_max_num_queries):
    for number in range(120):
        record(account, alice, "keyword.end", str(number))
    with django_assert_max_num_queries(10):
        first = alice_client.get(LOG)
    assert len(first.context["rows"]) == 50
    second = alice_client.get(LOG, {"before": first.context["older"]})
    assert next(entry.object_name for entry, *_ in second.context["rows"]) == "69"
    assert "Newest" in second.content.decode()


def test_the_export_is_what_the_page_shows_and_safe_for_spreadsheets(alice_client, log):
    response = alice_client.get(reverse("settings-activity-export"), {"kind": "company"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert rows[0][1] == "Person"
    assert [row[1:] for row in rows[1:]] == [["Bob", "Yes", "Company data changed", "City", "'=1+1", "<b hx-get>Kraków"]]


def test_days_are_those_of_the_reader(account, alice, alice_client):
    alice.time_zone = "Asia/Tokyo"
    alice.save()
    entry = record(account, alice, "keyword.end", "X")
    midnight = timezone.now().replace(hour=15, minute=0, second=0, microsecond=0)  # 00:00 in Tokyo
    AuditEntry.objects.filter(pk=entry.pk).update(at=midnight)
    day, before = (midnight + timedelta(days=1)).date(), midnight.date()
    assert len(alice_client.get(LOG, {"since": day}).context["rows"]) == 1
    assert len(alice_client.get(LOG, {"until": before}).context["rows"]) == 0


def test_deleting_contacts_and_groups_is_logged(account, alice_client):
    contact, group = add_contact(account, "48604218377"), add_group(account, "Ogród")
    alice_client.post(reverse("contact-delete", args=[contact.pk]))
    alice_client.post(reverse("group-delete", args=[group.pk]))
    assert list(AuditEntry.objects.order_by("pk").values_list("action", "before")) == [
        ("contact.deleted", {"msisdn": "48604218377"}),
        ("group.deleted", {"contacts": 0}),
    ]


def test_changing_a_number_is_logged(account, alice_client):
    number = add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account, label="Shop")
    alice_client.post(reverse("number", args=[number.pk]), {"label": "Market", "reply": "Thank you"})
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.before, entry.after) == (
        "number.changed",
        {"label": "Shop", "reply": ""},
        {"label": "Market", "reply": "Thank you"},
    )
