"""`/settings`, `/team` and `/activity`."""

import pytest
from django.core import mail
from django.utils import timezone

from recado.apps.accounts.invitations import invite
from recado.apps.accounts.models import Account, Invitation, Membership, Role
from recado.apps.accounts.services import add_member, create_user
from recado.apps.audit.models import AuditEntry
from recado.apps.numbers.models import RoutingVersion


def refusal(response):
    return response.status_code, response.json()["code"]


def member(account, role, email="bob@example.com"):
    return add_member(account, create_user(email, "a long password", name="Bob"), role)


def test_the_companys_data_change_field_by_field(api, account):
    changed = api("patch", "/settings/company", {"tax_id": "525-224-84-81", "time_zone": "Europe/London"}).json()
    assert (changed["tax_id"], changed["time_zone"], changed["name"]) == ("5252248481", "Europe/London", account.name)
    assert RoutingVersion.objects.get().version > 0
    assert AuditEntry.objects.get().after == {"tax_id": "5252248481", "time_zone": "Europe/London"}


@pytest.mark.parametrize(
    "body",
    [
        {"name": " "},
        {"name": "\x1f"},
        {"tax_id": "1"},
        {"tax_id": " "},
        {"language": "xx"},
        {"time_zone": "Mars"},
        {"city": "x" * 81},
        {"city": None},
    ],
)
def test_company_data_that_cannot_be_are_refused_with_the_field(api, body):
    response = api("patch", "/settings/company", body)
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, f"body.{next(iter(body))}")


def test_retention_is_chosen_and_what_holds_is_told(api, account):
    found = api("put", "/settings/retention", {"messages_months": 12, "files_days": None}).json()
    assert found == {"messages_months": 12, "files_days": None, "in_force": {"messages_months": 12, "files_days": 0}}
    assert api("get", "/settings/retention").json() == found
    assert AuditEntry.objects.get().after == {"keeps_messages_months": "12"}
    assert api("put", "/settings/retention", {"messages_months": 121, "files_days": None}).status_code == 422


def test_the_week_is_replaced(api):
    days = {"sat": {"opens": "10:00", "closes": "00:00"}}
    found = api("put", "/settings/hours", {"days": days, "keeps_public_holidays": False}).json()
    assert (found["days"], found["keeps_public_holidays"]) == (days, False)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.after["sat"], entry.before["mon"]) == ("hours.changed", "10:00-00:00", "09:00-17:00")


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("hours", {"days": {"mon": {"opens": "17:00", "closes": "09:00"}}, "keeps_public_holidays": True}, "body.days.mon"),
        ("hours", {"days": {"mon": {"opens": "9", "closes": "17:00"}}, "keeps_public_holidays": True}, "body.days.mon.opens"),
        ("quiet-hours", {"quiet_from": "21:00", "quiet_until": None}, "body.quiet_until"),
        ("quiet-hours", {"quiet_from": "21:00", "quiet_until": "21:00"}, "body.quiet_until"),
        ("delivery-reports", {"url": "ftp://shop.example"}, "body.url"),
        ("delivery-reports", {"url": "http://[::1"}, "body.url"),
    ],
)
def test_hours_and_addresses_that_cannot_be_are_refused_with_the_field(api, path, body, field):
    response = api("put", f"/settings/{path}", body)
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, field)


def test_quiet_hours_begin_and_end(api, account):
    assert api("put", "/settings/quiet-hours", {"quiet_from": "21:00", "quiet_until": "08:00"}).json()["quiet_until"] == "08:00"
    api("put", "/settings/quiet-hours", {"quiet_from": None, "quiet_until": None})
    assert Account.objects.get(pk=account.pk).quiet_from is None


def test_days_off_come_and_go(api):
    for _ in range(2):
        assert api("post", "/settings/days-off", {"day": "2027-05-04"}).json()["own"] == ["2027-05-04"]
    assert api("delete", "/settings/days-off/2027-05-05").status_code == 404
    assert api("delete", "/settings/days-off/2027-05-04").status_code == 204
    found = api("get", "/settings/days-off").json()
    assert (found["own"], len(found["public"]) > 20) == ([], True)
    assert [one.action for one in AuditEntry.objects.order_by("pk")] == ["day_off.added", "day_off.removed"]


@pytest.mark.parametrize("day", ["1999-12-31", "9999-12-31", "0001-01-01", "x", 1_000_000_800])
def test_a_day_off_out_of_range_is_refused(api, day):
    assert api("post", "/settings/days-off", {"day": day}).status_code == 422
    assert api("delete", f"/settings/days-off/{day}").status_code == 422


def test_delivery_reports_go_where_they_are_sent(api):
    address = {"url": "https://shop.example/dlr?id=#SMSID#", "method": "POST"}
    assert api("put", "/settings/delivery-reports", address).json() == address
    assert api("get", "/settings/delivery-reports").json() == address
    assert api("put", "/settings/delivery-reports", {"url": ""}).json()["url"] == ""
    assert [one.after for one in AuditEntry.objects.order_by("pk")] == [{"forwards": "shop.example"}, {}]


@pytest.mark.parametrize("role", [Role.OWNER, "boss", "", None])
def test_a_key_never_makes_owners(api, account, role):
    assert api("patch", f"/team/members/{member(account, Role.AGENT).pk}", {"role": role}).status_code == 422
    assert api("post", "/team/invitations", {"email": "new@example.com", "role": role}).status_code == 422
    assert not Membership.objects.filter(role=Role.OWNER).exists()
    assert not Invitation.objects.exists()


def test_a_key_never_touches_owners(api, account):
    owner, offered = member(account, Role.OWNER), invite(account, "new@example.com", Role.OWNER, None, timezone.now())[0]
    member(account, Role.OWNER, "second@example.com")
    calls = [
        ("patch", f"/team/members/{owner.pk}", {"role": "admin"}),
        ("delete", f"/team/members/{owner.pk}"),
        ("post", f"/team/invitations/{offered.pk}/resend"),
        ("delete", f"/team/invitations/{offered.pk}"),
    ]
    assert {refusal(api(*call)) for call in calls} == {(409, "owners-only")}
    assert Membership.objects.filter(role=Role.OWNER).count() == 2
    assert not AuditEntry.objects.exists()


def test_members_get_roles_and_leave(api, account):
    found = member(account, Role.AGENT)
    assert api("patch", f"/team/members/{found.pk}", {"role": "editor"}).json()["role"] == "editor"
    assert [one["email"] for one in api("get", "/team/members").json()["items"]] == ["bob@example.com"]
    assert api("delete", f"/team/members/{found.pk}").status_code == 204
    assert [one.action for one in AuditEntry.objects.order_by("pk")] == ["member.role_changed", "member.removed"]


def test_an_invitation_is_mailed_sent_again_and_withdrawn(api, account):
    made = api("post", "/team/invitations", {"email": "New@Example.com", "role": "agent"}).json()
    assert (made["email"], made["link"]) == ("new@example.com", None)
    again = api("post", f"/team/invitations/{made['id']}/resend").json()
    assert [one["id"] for one in api("get", "/team/invitations").json()["items"]] == [again["id"]]
    assert [(message.to, "/invite/" in message.body) for message in mail.outbox] == [(["new@example.com"], True)] * 2
    assert api("delete", f"/team/invitations/{again['id']}").status_code == 204
    assert api("get", "/team/invitations").json()["items"] == []
    actions = ["invitation.sent", "invitation.sent_again", "invitation.revoked"]
    assert [one.action for one in AuditEntry.objects.order_by("pk")] == actions


def test_where_no_mail_goes_out_the_link_is_in_the_answer(api, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "/invite/" in api("post", "/team/invitations", {"email": "new@example.com", "role": "agent"}).json()["link"]


def test_who_is_there_is_not_invited(api, account):
    member(account, Role.AGENT)
    assert refusal(api("post", "/team/invitations", {"email": "BOB@example.com", "role": "agent"})) == (409, "already-there")


@pytest.mark.parametrize("email", ["", "x", "a@b", "ü@example.com", "a\n@example.com", "x" * 250 + "@example.com"])
def test_what_is_no_address_is_not_invited(api, email):
    assert api("post", "/team/invitations", {"email": email, "role": "agent"}).status_code == 422


def test_the_activity_is_listed_narrowed_and_taken_away(api, account):
    api("patch", "/settings/company", {"city": "Gdynia"})
    api("post", "/settings/days-off", {"day": "2027-05-04"})
    found = api("get", "/activity?kind=company").json()["items"]
    assert [(one["actor"], one["action"], one["after"]) for one in found] == [("API: shop", "company.changed", {"city": "Gdynia"})]
    assert api("get", f"/activity?member_id={member(account, Role.AGENT).pk}").json()["items"] == []
    assert api("get", "/activity?until=2020-01-01T00:00:00Z").json()["items"] == []
    assert [api("get", f"/activity?only_operators={value}").status_code for value in ("true", "false", "1")] == [200, 200, 422]
    lines = b"".join(api("get", "/activity/export").streaming_content).decode().splitlines()
    assert [line.split(",")[4] for line in lines] == ["action", "day_off.added", "company.changed"]
