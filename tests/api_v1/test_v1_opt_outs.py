"""`/opt-outs` and `/blocked-senders`."""

import pytest

from recado.apps.audit.models import AuditEntry
from recado.apps.contacts.models import BlockedSender, ConsentRecord, GroupMembership, OptOut
from recado.apps.contacts.services import add_contact, add_group

EWA = "48604218377"


def test_an_opt_out_is_noted_once_listed_and_lifted_once(api):
    first = api("post", "/opt-outs", {"phone": "604218377", "text": "Called on Monday"})
    again = api("post", "/opt-outs", {"phone": f"+{EWA}"})
    assert [(one.status_code, one.json()["is_new"]) for one in (first, again)] == [(201, True), (200, False)]
    noted = again.json()
    assert (noted["scope"], noted["target_id"], noted["text"]) == ("account", None, "Called on Monday")
    assert [one["id"] for one in api("get", "/opt-outs?digits=604218").json()["items"]] == [noted["id"]]
    place = f"/opt-outs/{noted['id']}/lift"
    assert api("post", place, {"reason": "  "}).status_code == 422
    assert api("post", place, {"reason": "Asked again"}).json()["lift_reason"] == "Asked again"
    assert api("post", place, {"reason": "Asked again"}).json()["code"] == "already-lifted"
    assert api("get", "/opt-outs").json()["items"] == []
    assert [one["id"] for one in api("get", "/opt-outs?lifted=true").json()["items"]] == [noted["id"]]
    assert list(ConsentRecord.objects.order_by("id").values_list("kind", "source")) == [("opted_out", "api"), ("opted_in", "api")]
    assert [one.action for one in AuditEntry.objects.order_by("id")] == ["opt_out.noted", "opt_out.lifted"]


def test_an_opt_out_of_a_group_leaves_it(api, account):
    group = add_group(account, "Gardeners")
    add_contact(account, EWA, {}, [group.pk])
    api("post", "/opt-outs", {"phone": EWA, "scope": "group", "target_id": group.pk})
    assert not GroupMembership.objects.exists()
    assert AuditEntry.objects.get().after == {"scope": "group", "name": "Gardeners"}


@pytest.mark.parametrize("scope", ["group", "number", "keyword"])
@pytest.mark.parametrize("target", [None, 77])
def test_an_opt_out_of_what_the_account_does_not_have_is_refused(api, stranger, scope, target):
    add_group(stranger, "Theirs")
    response = api("post", "/opt-outs", {"phone": EWA, "scope": scope, "target_id": target})
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "body.target_id")
    assert not OptOut.objects.exists()


def test_an_opt_out_of_everything_names_nothing(api):
    assert api("post", "/opt-outs", {"phone": EWA, "target_id": 1}).status_code == 422


@pytest.mark.parametrize(("given", "shown"), [("604218377", f"+{EWA}"), ("4301", "4301"), ("MyBank", "MyBank")])
def test_phones_names_and_short_codes_are_blocked_once_and_heard_again(api, given, shown):
    first, again = (api("post", "/blocked-senders", {"sender": given, "reason": "Advertising"}) for _turn in range(2))
    assert [(one.status_code, one.json()["is_new"]) for one in (first, again)] == [(201, True), (200, False)]
    assert [one["sender"] for one in api("get", "/blocked-senders").json()["items"]] == [shown]
    assert api("delete", f"/blocked-senders/{first.json()['id']}").status_code == 204
    assert not BlockedSender.objects.exists()
    assert [one.action for one in AuditEntry.objects.order_by("id")] == ["sender.blocked", "sender.unblocked"]


@pytest.mark.parametrize("sender", ["", "x", "żółw", "a" * 41, None])
def test_what_cannot_write_cannot_be_blocked(api, sender):
    assert api("post", "/blocked-senders", {"sender": sender}).json()["errors"][0]["field"] == "body.sender"
