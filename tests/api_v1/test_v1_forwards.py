"""`/forwards`: what is particular about them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api_v1.doors_forwards import a_phone_that_can_be_asked
from panel.conversations import number
from panel.forwarding import place
from recado.apps.accounts.models import ApiUser
from recado.apps.audit.models import AuditEntry
from recado.apps.contacts.services import add_group
from recado.apps.keywords.rules import RuleContent, save_rule
from recado.apps.keywords.services import reserve_keyword
from recado.apps.outbox.models import Destination, Job, OutboundMessage, PhoneCode, SigningSecret

KINDS = [
    {"kind": "url", "url": "https://shop.example/?f=#NUMER#", "method": "POST", "phone_form": "plus", "takes_replies": True},
    {"kind": "webhook", "url": "https://shop.example/hook", "format": "xml", "signature": "ed25519", "batch_limit": 20},
    {"kind": "email", "email": "office@shop.example", "subject": "{sender}", "has_attachments": False},
    {"kind": "phone", "phone": "+48604218377", "daily_limit": 5},
]


def keyword(account):

    return reserve_keyword(account, number(account), "Ogrodnik")


@pytest.mark.parametrize("given", KINDS, ids=lambda one: one["kind"])
def test_each_kind_is_made_shown_as_it_was_given_and_noted(given, api):
    made = api("post", "/forwards", {"name": "Shop", **given})
    assert made.status_code == 201, made.content
    assert made["Cache-Control"] == "no-store"
    shown = api("get", f"/forwards/{made.json()['id']}").json()
    assert {name: shown[name] for name in given} == given
    assert shown["name"] == "Shop"
    assert shown["standing"] == ("unconfirmed" if given["kind"] == "phone" else "untried")
    assert shown["cost"] is None or given["kind"] == "phone"
    others = {field for other in KINDS for field in other} - set(given) - {"takes_replies", "url", "method"}
    assert all(shown[name] is None for name in others)
    assert [entry.action for entry in AuditEntry.objects.all()] == ["forward.added"]


def test_a_webhooks_secret_is_shown_when_it_is_made_and_never_again(api):
    made = api("post", "/forwards", {"kind": "webhook", "url": "https://shop.example/"}).json()
    assert made["secret"].startswith("whsec_")
    path = f"/forwards/{made['id']}"
    assert made["secret"] not in api("get", path).text + api("get", f"{path}/secrets").text
    assert api("patch", path, {"batch_limit": 3}).json()["secret"] is None
    changed = api("patch", path, {"signature": "ed25519"}).json()
    assert changed["secret"].startswith("whsk_")
    assert changed["public_key"].startswith("whpk_")
    new = api("post", f"{path}/secrets", {"overlap_hours": 1})
    assert (new.status_code, new["Cache-Control"]) == (201, "no-store")
    in_force = api("get", f"{path}/secrets").json()
    assert [one["id"] for one in in_force][:1] == [new.json()["id"]]
    assert [bool(one["expires_at"]) for one in in_force] == [False, True]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "url", "url": "ftp://shop.example"}, "body.url"),
        ({"kind": "webhook", "url": "https://shop.example", "headers": {"Host": "x"}}, "body.headers"),
        ({"kind": "email", "email": "office"}, "body.email"),
        ({"kind": "email", "email": "a@shop.example", "subject": "{nobody}"}, "body.subject"),
        ({"kind": "phone", "phone": "+48664200300"}, "body.phone"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field(body, field, api, account):
    keyword(account)  # its number is one that messages come to
    response = api("post", "/forwards", body)
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == field
    assert not Destination.objects.exists()


def test_a_change_takes_only_fields_of_the_kind_and_leaves_the_others(api, account):
    found = place(account, "email", subject="{phone}")
    assert api("patch", f"/forwards/{found.pk}", {"url": "https://a.example"}).json()["errors"][0]["field"] == "body.url"
    assert api("patch", f"/forwards/{found.pk}", {"email": "b@shop.example"}).json()["subject"] == "{phone}"
    assert api("patch", f"/forwards/{found.pk}", {}).status_code == 200
    assert [entry.action for entry in AuditEntry.objects.all()] == ["forward.changed"]


def test_a_short_foreign_phone_is_not_read_as_one_of_ours(api):
    made = api("post", "/forwards", {"kind": "phone", "phone": "+298123456"})
    assert (made.status_code, made.json()["phone"]) == (201, "+298123456")


def test_a_forward_that_a_rule_uses_is_named_there_and_not_removed(api, account):
    found = place(account)
    rule = save_rule(keyword(account), RuleContent(destinations=(found,), groups=(add_group(account, "A"),)))
    assert api("get", f"/forwards/{found.pk}").json()["uses"][0]["rule_id"] == rule.pk
    refused = api("delete", f"/forwards/{found.pk}")
    assert (refused.status_code, refused.json()["code"]) == (409, "in-use")
    assert not AuditEntry.objects.exists()
    rule.delete()
    assert api("delete", f"/forwards/{found.pk}").status_code == 204
    assert api("get", f"/forwards/{found.pk}").status_code == 404


def test_who_may_only_read_sees_no_address_with_its_passwords(api_with, account):
    found = place(account, headers={"Authorization": "Bearer 7"})
    shown = api_with("forwards:read")("get", f"/forwards/{found.pk}")
    assert (shown.json()["url"], shown.json()["address"], shown.json()["header_names"]) == (None, "shop.example", ["Authorization"])
    assert "Bearer 7" not in shown.text


def test_pausing_switching_and_resuming_are_noted_once(api, account):
    path = f"/forwards/{place(account).pk}"
    assert [api("post", f"{path}/pause").json()["standing"] for _ in range(2)] == ["paused", "paused"]
    assert api("get", path).json()["pause_reason"] == "by_hand"
    assert [api("post", f"{path}/resume").json() for _ in range(2)] == [{"deliveries": 0}] * 2
    assert [api("post", f"{path}/switch-off").json()["standing"] for _ in range(2)] == ["off", "off"]
    assert api("post", f"{path}/switch-on").json()["standing"] == "untried"
    noted = [entry.action for entry in AuditEntry.objects.order_by("pk")]
    assert noted == ["forward.paused", "forward.resumed", "forward.switched", "forward.switched"]


def test_a_phone_agrees_by_the_code_that_was_sent_and_wrong_ones_are_counted(api, account):
    path = f"/forwards/{a_phone_that_can_be_asked(account)['forward_id']}"
    assert api("post", f"{path}/confirm", {"code": "1"}).json()["code"] == "no-code-sent"
    code = api("post", f"{path}/code").json()["simulated_code"]
    assert code in OutboundMessage.objects.get().text
    assert api("post", f"{path}/code").json()["code"] == "code-just-sent"
    assert api("post", f"{path}/confirm", {"code": "1"}).json()["code"] == "wrong-code"
    assert PhoneCode.objects.get().wrong_tries == 1
    assert api("post", f"{path}/confirm", {"code": code}).json()["confirmed_at"]
    assert api("post", f"{path}/code").json()["code"] == "confirmed"
    assert AuditEntry.objects.get().action == "forward.confirmed"


def test_a_test_key_sends_no_texts(api, account, program):
    ApiUser.objects.filter(pk=program.pk).update(is_test=True)
    path = f"/forwards/{a_phone_that_can_be_asked(account)['forward_id']}"
    assert [api("post", f"{path}/{what}", {}).json()["code"] for what in ("code", "test")] == ["test-key"] * 2
    assert not Job.objects.exists()
    assert api("post", f"/forwards/{place(account).pk}/test", {}).status_code == 202


def test_the_preview_is_filled_in_and_names_what_is_not(api, account):
    call = api("post", "/forwards/preview", {"kind": "url", "url": "https://a.example/?f=#NUMER#&x=#NIC#", "phone_form": "plus"}).json()
    assert (call["url"], call["unknown"]) == ("https://a.example/?f=%2B48600100200&x=", ["NIC"])
    mail = api("post", "/forwards/preview", {"kind": "email", "subject": "{first_name}: {nobody}"}).json()
    assert (mail["subject"], mail["unknown"]) == ("Anna: {nobody}", ["{nobody}"])
    phone = api("post", "/forwards/preview", {"kind": "phone"}).json()
    assert (phone["per_segment"] > 0, phone["would_have_cost"]) == (True, 0)


def test_a_list_asks_as_often_for_many_as_for_two(api, account):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert api("get", "/forwards").status_code == 200
        return len(caught)

    rule = keyword(account)
    save_rule(rule, RuleContent(destinations=tuple(place(account, name=f"{index}") for index in range(2))))
    queries()  # notes that the key was used
    few = queries()
    save_rule(rule, RuleContent(destinations=tuple(place(account, name=f"{index}") for index in range(6))))
    assert queries() == few
    assert SigningSecret.objects.count() == 8
    assert len(api("get", "/forwards?search=5").json()["items"]) == 1
