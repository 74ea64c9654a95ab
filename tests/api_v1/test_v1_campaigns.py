"""`/campaigns` and `/statistics/sendings`."""

from datetime import timedelta

import pytest
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from panel.campaigns import draft, people, scheduled, written
from panel.conversations import number
from recado.apps.accounts.models import ApiUser
from recado.apps.accounts.services import issue_token
from recado.apps.audit.models import AuditEntry
from recado.apps.campaigns.models import Campaign
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.outbox.models import Origin, OutboundMessage
from recado.apps.outbox.services import queue_text

LATER = (timezone.now() + timedelta(days=1)).replace(microsecond=0)


def refusal(response):
    return response.status_code, response.json()["code"]


def test_a_group_send_is_written_estimated_and_sent(api, account):
    own, group = number(account), people(account)
    made = api("post", "/campaigns", {"text": "Hello {first_name}", "sender": f"+{own.digits}", "group_ids": [group]}).json()
    assert (made["state"], made["sender"], made["group_ids"], made["author"]) == ("draft", f"+{own.digits}", [group], None)
    path = f"/campaigns/{made['id']}"
    rows = [{"phone": "604218377", "text": "Code {code}", "values": {"Code": "A1"}}]
    added = api("post", f"{path}/people", {"phones": ["nobody"], "rows": rows * 2, "contact_ids": [7]}).json()
    assert added == {"added": 2, "bad_count": 1, "bad": ["nobody"], "unknown_contact_count": 1}
    assert [one["phone"] for one in api("get", f"{path}/people").json()["items"]] == ["+48604218377"] * 2
    found = api("get", f"{path}/estimate").json()
    assert (found["recipient_count"], found["cost"], found["left_out"]["duplicate"], found["problems"]) == (4, 36, 1, [])
    assert "Code A1" in [api("get", f"{path}/preview?position={place}").json()["text"] for place in (1, 2, 3, 4)]
    assert refusal(api("post", f"{path}/send", {"recipient_count": 4, "cost": 35})) == (409, "count-changed")
    sent = api("post", f"{path}/send", {"recipient_count": 4, "cost": 36}).json()
    assert (sent["state"], sent["name"]) == ("scheduled", "Hello {first_name}")
    assert refusal(api("post", f"{path}/send", {"recipient_count": 4, "cost": 36})) == (409, "not-a-draft")
    assert [(one.action, one.after) for one in AuditEntry.objects.all()] == [("send.sent", {"recipients": 4, "cost": 36})]


def test_the_estimate_says_what_accents_cost(api, account):
    own, group = number(account), people(account)
    draft = {"sender": f"+{own.digits}", "group_ids": [group]}
    dear = api("post", "/campaigns", {**draft, "text": "Zażółć gęślą jaźń " * 5}).json()
    plain = api("post", "/campaigns", {**draft, "text": "Zazolc gesla jazn " * 5}).json()
    with_accents, without = (api("get", f"/campaigns/{one['id']}/estimate").json() for one in (dear, plain))
    assert with_accents["cost"] > with_accents["cost_without_accents"] == without["cost"]
    assert without["cost_without_accents"] is None


def test_what_keeps_a_draft_from_being_sent_is_named(api):
    path = f"/campaigns/{api('post', '/campaigns', {}).json()['id']}"
    assert api("get", f"{path}/estimate").json()["problems"] == ["no-recipients", "no-pool"]
    assert refusal(api("post", f"{path}/send", {"recipient_count": 0, "cost": 0})) == (409, "no-pool")
    assert refusal(api("post", f"{path}/try", {"phone": "604218377"})) == (409, "no-pool")
    assert api("get", f"{path}/preview").status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"sender": "Nobody"}, "body.sender"),
        ({"sender": "48500600700"}, "body.sender"),
        ({"group_ids": [99]}, "body.group_ids"),
        ({"excluded_group_ids": [99]}, "body.excluded_group_ids"),
        ({"scheduled_at": "2020-01-01T00:00:00Z"}, "body.scheduled_at"),
        ({"scheduled_at": "2099-01-01T00:00:00Z"}, "body.scheduled_at"),
        ({"text": "x" * 1531}, "body.text"),
        ({"per_minute": 0}, "body.per_minute"),
        ({"name": None}, "body.name"),
        ({"is_test": "yes"}, "body.is_test"),
        ({"per_minute": True}, "body.per_minute"),
        ({"group_ids": ["7"]}, "body.group_ids.0"),
        ({"scheduled_at": 1795000000}, "body.scheduled_at"),
    ],
)
def test_a_draft_that_cannot_be_is_refused_with_the_field(api, body, field):
    response = api("post", "/campaigns", body)
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, field)
    assert not Campaign.objects.exists()


@pytest.mark.parametrize("body", ["true", "[]", '"x"', "7"])
def test_a_body_that_is_no_object_is_refused(program, body):
    headers = {"Authorization": f"Bearer {issue_token(program)}"}
    response = Client(headers=headers).post("/api/v1/campaigns", body, content_type="application/json")
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "body")


def test_groups_of_others_are_not_taken(api, stranger):
    assert api("post", "/campaigns", {"group_ids": [add_group(stranger, "Theirs").pk]}).status_code == 422


def test_what_is_left_out_of_a_change_stays(api, account):
    made = draft(account)
    excluded = add_group(account, "Not them").pk
    changed = api("patch", f"/campaigns/{made.pk}", {"excluded_group_ids": [excluded], "scheduled_at": LATER.isoformat()}).json()
    assert (changed["text"], changed["excluded_group_ids"], len(changed["group_ids"])) == (made.text, [excluded], 1)
    assert changed["scheduled_at"] == LATER.isoformat().replace("+00:00", "Z")
    assert api("patch", f"/campaigns/{made.pk}", {"sender": None}).json()["sender"] is None
    assert api("patch", f"/campaigns/{made.pk}", {"group_ids": []}).json()["group_ids"] == []
    assert api("patch", f"/campaigns/{made.pk}", {}).json()["excluded_group_ids"] == [excluded]


def test_what_is_under_way_is_no_draft(api, account):
    path = f"/campaigns/{written(account).pk}"
    for change in ({"text": "Other"}, {"group_ids": []}, {}):
        assert refusal(api("patch", path, change)) == (409, "not-a-draft")
    assert refusal(api("delete", path)) == (409, "not-a-draft")
    assert refusal(api("post", f"{path}/people", {"phones": ["604218377"]})) == (409, "not-a-draft")
    assert refusal(api("delete", f"{path}/people")) == (409, "not-a-draft")
    assert refusal(api("get", f"{path}/estimate")) == (409, "not-a-draft")
    assert refusal(api("post", f"{path}/cancel")) == (409, "not-scheduled")
    assert api("post", f"{path}/stop").json()["state"] == "stopped"
    assert refusal(api("post", f"{path}/stop")) == (409, "not-under-way")
    assert [one.action for one in AuditEntry.objects.all()] == ["send.stopped"]


def test_a_scheduled_one_becomes_a_draft_again(api, account):
    path = f"/campaigns/{scheduled(account).pk}"
    assert api("post", f"{path}/cancel").json()["state"] == "draft"
    assert api("post", f"{path}/copy").status_code == 201
    assert api("delete", path).status_code == 204


def test_people_are_taken_off_one_by_one_or_all(api, account):
    made, other = draft(account), draft(account)
    contact = add_contact(account, "48604218377", {}, [])
    for campaign in (made, other):
        api("post", f"/campaigns/{campaign.pk}/people", {"contact_ids": [contact.pk], "phones": ["604218378"]})
    strange = other.entries.first().pk
    assert api("delete", f"/campaigns/{made.pk}/people/{strange}").status_code == 404
    assert api("delete", f"/campaigns/{made.pk}/people/{made.entries.first().pk}").status_code == 204
    assert api("delete", f"/campaigns/{made.pk}/people").status_code == 204
    assert (made.entries.count(), other.entries.count()) == (0, 2)


@pytest.mark.parametrize("name", ["phone", "Number", "!!", "", "x" * 41])
def test_values_need_names_of_their_own(api, account, name):
    body = {"rows": [{"phone": "604218377", "values": {name: "x"}}]}
    assert api("post", f"/campaigns/{draft(account).pk}/people", body).status_code == 422


def test_a_key_for_tests_sends_tests_alone(api, account, program):
    real = draft(account)
    ApiUser.objects.filter(pk=program.pk).update(is_test=True)
    assert api("post", "/campaigns", {"is_test": False}).json()["is_test"]
    assert api("post", f"/campaigns/{real.pk}/copy").json()["is_test"]
    assert refusal(api("post", f"/campaigns/{real.pk}/send", {"recipient_count": 3, "cost": 27})) == (409, "not-a-test")
    assert refusal(api("post", f"/campaigns/{real.pk}/try", {"phone": "604218377"})) == (409, "not-a-test")
    assert refusal(api("patch", f"/campaigns/{real.pk}", {"is_test": False})) == (409, "not-a-test")
    assert api("patch", f"/campaigns/{real.pk}", {"is_test": True}).json()["is_test"]
    assert api("post", f"/campaigns/{real.pk}/try", {"phone": "604218377"}).json()["cost"] == 0


def test_the_report_counts_lists_and_leaves_as_a_file(api, account):
    path = f"/campaigns/{written(account).pk}"
    found = api("get", f"{path}/progress").json()
    assert (found["recipient_count"], found["waiting"], found["by_state"]["delivered"]) == (3, 1, 2)
    first = api("get", f"{path}/messages?limit=2").json()
    rest = api("get", f"{path}/messages?limit=2&cursor={first['next']}").json()
    assert ([len(page["items"]) for page in (first, rest)], rest["next"]) == ([2, 1], None)
    assert [one["state"] for one in api("get", f"{path}/messages?state=queued&phone=4860").json()["items"]] == ["queued"]
    file = api("get", f"{path}/export")
    lines = b"".join(file.streaming_content).decode().splitlines()
    assert (file["Content-Type"], len(lines)) == ("text/csv; charset=utf-8", 4)
    assert lines[1].startswith("+48601000000,Osoba0,")


def test_a_list_asks_as_much_for_many_as_for_two(api, account):
    def asked():
        with CaptureQueriesContext(database) as queries:
            assert api("get", "/campaigns").status_code == 200
        return len(queries)

    for _ in range(2):
        written(account)
    asked()  # notes that the key was used
    few = asked()
    for _ in range(5):
        written(account)
    assert asked() == few


def test_pages_of_sendings_lose_nothing_where_several_begin_at_once(api, account):
    now = timezone.now()
    began = [now - timedelta(minutes=minutes) for minutes in (3, 2, 2, 2, 1)]
    for at in began:
        Campaign.objects.filter(pk=written(account).pk).update(started_at=at)
    for _ in range(3):
        queue_text(account, number(account), "48604218377", "Hello", now=now, origin=Origin.API)
    OutboundMessage.objects.filter(campaign_id=None).update(created_at=now - timedelta(minutes=2))
    seen, cursor, kinds = [], "", []
    while cursor is not None:
        page = api("get", f"/statistics/sendings?limit=2{cursor and f'&cursor={cursor}'}").json()
        seen += [(one["campaign_id"], one["message_id"]) for one in page["items"]]
        kinds += [one["began_at"] for one in page["items"] if one["campaign_id"]]
        cursor = page["next"]
    assert len(seen) == len(set(seen)) == 8
    assert kinds == sorted(kinds, reverse=True)


@pytest.mark.parametrize("query", ["cursor=x", "cursor=9999999999999999999.1.1", "since=2020-01-01T00:00:00Z", "until=2020-01-01T00:00:00"])
def test_a_span_or_cursor_that_cannot_be_is_refused(api, query):
    assert api("get", f"/statistics/sendings?{query}").status_code == 422
