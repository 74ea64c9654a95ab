"""`/conversations`: lists, what stands in one, answers, and what is done to one."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api_v1.doors_conversations import LATER
from api_v1.rows import own_number
from panel.conversations import dialogue, received, sent
from recado.apps.accounts.models import ApiUser, Role, SendLimit
from recado.apps.accounts.send_limits import set_limit
from recado.apps.accounts.services import add_member, create_user
from recado.apps.audit.models import AuditEntry
from recado.apps.contacts.blocking import block
from recado.apps.contacts.models import Contact, GroupMembership, OptOut
from recado.apps.contacts.opt_outs import opt_out
from recado.apps.contacts.services import add_group
from recado.apps.dialogues.answering import Refusal, ReplyRefusedError, reply
from recado.apps.dialogues.claims import claim
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message
from recado.apps.notifications.models import Notification
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Job, OutboundMessage

HANNA = "48604218377"


def opt_out_of_everything(account, msisdn):
    return opt_out(account, msisdn, OptOut.Scope.ACCOUNT, now=timezone.now())


@pytest.fixture
def talk(account) -> Dialogue:
    """A conversation that can be answered."""
    return dialogue(account, HANNA, "Hanna Nowak", number=own_number(account))


@pytest.fixture
def bob(account):
    """Somebody who answers."""
    return add_member(account, create_user("bob@example.com", None, name="Bob"), Role.AGENT)


def path(talk, rest=""):
    return f"/conversations/{talk.pk}{rest}"


def listed(api, query=""):
    return [one["id"] for one in api("get", f"/conversations?{query}").json()["items"]]


def test_a_conversation_says_who_what_and_whether_it_can_be_answered(api, talk):
    received(talk, "Do you have roses?")
    found = api("get", path(talk)).json()
    assert (found["phone"], found["contact"]["name"], found["number"]["digits"]) == ("+48604218377", "Hanna Nowak", "+48664200300")
    assert (found["last_text"], found["unread_count"], found["may_want_out"]) == ("Do you have roses?", 1, False)
    assert found["answer"] == {"why_not": None, "sender": "+48664200300", "segment_price": 9, "quiet_until": None}
    assert api("get", path(talk)).json()["unread_count"] == 1  # looking is not reading


def test_tabs_and_filters_narrow_the_list(api, account, talk, bob):
    done, later, unread = (dialogue(account, f"4860000070{last}", minutes=last) for last in range(3))
    for one in (talk, done, later, unread):
        received(one, f"Hello from {one.msisdn}", unread=one is unread)
    api("post", path(done, "/done"))
    api("post", path(later, "/snooze"), {"until": LATER})
    api("post", path(talk, "/assign"), {"member_id": bob.pk})
    api("post", path(talk, "/labels"), {"name": "Urgent"})
    (label,) = api("get", "/labels").json()["items"]
    assert set(listed(api)) == {unread.pk, talk.pk}
    assert listed(api, "tab=unread") == [unread.pk]
    assert listed(api, "tab=unassigned") == [unread.pk]
    assert listed(api, "tab=snoozed") == [later.pk]
    assert set(listed(api, "tab=all")) == {talk.pk, done.pk, later.pk, unread.pk}
    assert listed(api, f"tab=all&label_id={label['id']}") == [talk.pk]
    assert listed(api, f"assignee_id={bob.pk}") == [talk.pk]
    assert listed(api, "tab=all&search=Nowak") == [talk.pk]
    assert listed(api, f"number_id={talk.number_id + 1000}") == []
    assert api("get", "/conversations?assignee_id=99999").json()["errors"][0]["field"] == "query.assignee_id"


def test_pages_go_on_where_they_were_also_when_a_conversation_moves(api, account):
    talks = [dialogue(account, f"4860000070{last}", minutes=last) for last in range(5)]
    first = api("get", "/conversations?limit=2").json()
    assert [one["id"] for one in first["items"]] == [talks[4].pk, talks[3].pk]
    received(talks[3], "Me again", minutes=60)
    second = api("get", f"/conversations?limit=2&cursor={first['next']}").json()
    assert [one["id"] for one in second["items"]] == [talks[2].pk, talks[1].pk]
    third = api("get", f"/conversations?limit=2&cursor={second['next']}").json()
    assert ([one["id"] for one in third["items"]], third["next"]) == ([talks[0].pk], None)


@pytest.mark.parametrize("cursor", ["x", "MQ", "MS0", "LTE", "MS14", "OTk5OTk5OTk5OTk5OTk5OTk5LTE", "A" * 150])
def test_a_cursor_that_is_none_is_refused(api, cursor):
    assert api("get", f"/conversations?cursor={cursor}").json()["code"] == "bad-cursor"


def test_a_list_costs_the_same_for_many(api, account, bob):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert api("get", "/conversations?tab=all").status_code == 200
        return len(asked)

    for place in range(2):
        received(dialogue(account, f"4860000070{place}", f"Person {place}", assignee=bob.user), "Hello")
    queries()
    few = queries()
    for place in range(10, 28):
        received(dialogue(account, f"486000007{place}", f"Person {place}", assignee=bob.user), "Hello")
    assert queries() == few


def test_what_stands_in_a_conversation_comes_newest_first(api, program, account, talk, bob):
    ApiUser.objects.filter(pk=program.pk).update(owner=bob.user)
    received(talk, "Do you have roses?")
    sent(talk, "We do.", author=bob.user)
    api("post", path(talk, "/notes"), {"text": " Comes on Fridays "})
    note, answer, question = api("get", path(talk, "/messages")).json()["items"]
    assert (note["type"], note["text"], note["author"]) == ("note", "Comes on Fridays", "Bob")
    assert (answer["type"], answer["author"], answer["state"], answer["origin"]) == ("sent", "Bob", "queued", "agent")
    assert (question["type"], question["text"], question["sender"]) == ("received", "Do you have roses?", "+48604218377")
    page = api("get", path(talk, "/messages?limit=2")).json()
    assert [one["type"] for one in api("get", path(talk, f"/messages?cursor={page['next']}")).json()["items"]] == ["received"]


def test_an_answer_leaves_at_once_as_the_programs(api, talk):
    received(talk, "Do you have roses?")
    answer = api("post", path(talk, "/messages"), {"text": "We do."})
    assert answer.status_code == 201
    message = OutboundMessage.objects.get()
    assert answer.json() | {"id": message.pk, "origin": "api", "author": "", "state": "queued", "cost": 9} == answer.json()
    assert (message.text, message.dialogue_id, message.author) == ("We do.", talk.pk, None)
    assert api("get", path(talk)).json()["unread_count"] == 0


def test_an_answer_waits_for_its_time_and_is_taken_back_or_sent_at_once(api, talk):
    at = (timezone.now() + timedelta(hours=3)).replace(microsecond=0)
    first, second = (api("post", path(talk, "/messages"), {"text": "Ready!", "at": at.isoformat()}).json()["id"] for _ in range(2))
    assert Job.objects.get(outbound_message=first).next_attempt_at == at
    assert api("post", f"/messages/sent/{first}/cancel").json()["state"] == "unsent"
    assert api("post", f"/messages/sent/{second}/send-now").json()["state"] == "queued"
    assert Job.objects.get(outbound_message=second).next_attempt_at < timezone.now()
    assert [api("post", f"/messages/sent/{one}/{verb}").json()["code"] for one, verb in ((first, "cancel"), (second, "send-now"))] == [
        "not-waiting",
        "not-waiting",
    ]


def test_quiet_hours_keep_an_answer_unless_it_says_otherwise(api, account, talk):
    account.quiet_from, account.quiet_until = time(0, 1), time(0, 0)  # all day
    account.save()
    asked = api("get", path(talk)).json()["answer"]["quiet_until"]
    kept = api("post", path(talk, "/messages"), {"text": "Tulips at 3 today"}).json()
    assert (kept["scheduled_at"] is not None, asked is not None) == (True, True)
    assert api("post", path(talk, "/messages"), {"text": "Your parcel is here", "even_if_quiet": True}).json()["scheduled_at"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "  "}, "body.text"),
        ({"text": "x" * 1531}, "body.text"),
        ({"text": "Hi", "at": "2001-01-01T00:00:00Z"}, "body.at"),
        ({"text": "Hi", "at": "2099-01-01T00:00:00Z"}, "body.at"),
        ({"text": "Hi", "at": "tomorrow"}, "body.at"),
        ({"text": "Hi\ud800"}, "body.text"),
    ],
)
def test_an_answer_that_cannot_be_names_the_field(api, talk, body, field):
    response = api("post", path(talk, "/messages"), body)
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, field)


def test_who_wants_nothing_gets_nothing_but_what_is_owed_to_them(api, account, talk):
    opt_out_of_everything(account, HANNA)
    assert api("post", path(talk, "/messages"), {"text": "Tulips!"}).json()["code"] == "opted-out"
    assert api("post", path(talk, "/messages"), {"text": "Your order is ready", "is_service": True}).status_code == 201
    assert AuditEntry.objects.get().action == "message.service"
    block(account, HANNA)
    assert api("post", path(talk, "/messages"), {"text": "Tulips!", "is_service": True}).json()["code"] == "blocked"
    assert OutboundMessage.objects.count() == 1


def test_a_number_that_is_gone_cannot_be_answered_from(api, talk, stranger):
    Number.objects.update(account=stranger)
    assert api("get", path(talk)).json()["answer"] == {"why_not": "number_gone", "sender": "", "segment_price": 0, "quiet_until": None}
    assert api("post", path(talk, "/messages"), {"text": "We do."}).json()["code"] == "number-gone"


def test_whoever_says_what_they_saw_does_not_talk_into_somebodys_answer(api, talk, bob):
    seen = received(talk, "Do you have roses?").pk
    claim(talk, bob.user, timezone.now())
    busy = api("post", path(talk, "/messages"), {"text": "We do.", "seen_id": seen}).json()
    assert (busy["code"], busy["detail"].startswith("Bob is answering")) == ("being-answered", True)
    sent(talk, "Yes!", author=bob.user)
    assert api("post", path(talk, "/messages"), {"text": "We do.", "seen_id": seen}).json()["code"] == "answered"
    assert api("post", path(talk, "/messages"), {"text": "We do."}).status_code == 201


def test_a_person_does_not_talk_into_a_programs_answer(api, account, talk, bob):
    seen = received(talk, "Do you have roses?").pk
    api("post", path(talk, "/messages"), {"text": "We do."})
    with pytest.raises(ReplyRefusedError) as refused:
        reply(account, bob.user, talk, "Yes!", "key", seen=seen)
    assert refused.value.reason is Refusal.ANSWERED


def test_a_key_for_tests_sends_nothing(api, program, talk):
    waiting = api("post", path(talk, "/messages"), {"text": "Ready!", "at": (timezone.now() + timedelta(hours=3)).isoformat()}).json()["id"]
    ApiUser.objects.filter(pk=program.pk).update(is_test=True)
    answer = api("post", path(talk, "/messages"), {"text": "We do.", "is_service": True})
    assert (answer.status_code, answer.json()["id"], answer.json()["cost"]) == (201, None, 9)
    assert api("post", f"/messages/sent/{waiting}/send-now").status_code == 200
    assert (OutboundMessage.objects.get().pk, Job.objects.get().next_attempt_at > timezone.now()) == (waiting, True)
    assert not AuditEntry.objects.exists()


def test_a_limited_key_answers_and_sends_no_more_than_it_may(api, program, account, talk):
    set_limit(program, SendLimit.Kind.FULL, 1)
    assert api("post", path(talk, "/messages"), {"text": "We do."}).status_code == 201
    assert api("post", path(talk, "/messages"), {"text": "We do."}).json()["code"] == "limit-used"
    order = {"phones": ["600 000 702"], "text": "Tulips!", "sender": "664 200 300"}
    assert api("post", "/messages", order).json()["code"] == "limit-used"
    assert OutboundMessage.objects.count() == 1


def test_what_is_done_to_a_conversation_shows(api, talk, bob):
    received(talk, "Do you have roses?")
    assert api("post", path(talk, "/read")).json()["unread_count"] == 0
    assert api("post", path(talk, "/unread")).json()["unread_count"] == 1
    assert api("post", path(talk, "/done")).json()["state"] == "done"
    assert api("post", path(talk, "/snooze"), {"until": LATER}).json()["snoozed_until"] == LATER
    assert api("post", path(talk, "/snooze"), {"until": "2001-01-01T00:00:00Z"}).json()["errors"][0]["field"] == "body.until"
    reopened = api("post", path(talk, "/reopen")).json()
    assert (reopened["state"], reopened["snoozed_until"]) == ("open", None)
    assert api("post", path(talk, "/assign"), {"member_id": bob.pk}).json()["assignee"] == {"member_id": bob.pk, "name": "Bob"}
    assert Notification.objects.get().user == bob.user
    assert api("post", path(talk, "/assign"), {"member_id": None}).json()["assignee"] is None


def test_only_those_who_may_answer_are_given_conversations(api, account, stranger, talk):
    viewer = add_member(account, create_user("vera@example.com", None), Role.VIEWER)
    other = add_member(stranger, create_user("sam@example.com", None), Role.OWNER)
    assert api("post", path(talk, "/assign"), {"member_id": viewer.pk}).json()["code"] == "cannot-answer"
    assert api("post", path(talk, "/assign"), {"member_id": other.pk}).json()["errors"][0]["field"] == "body.member_id"


def test_labels_are_found_by_name_and_gone_with_their_last_conversation(api, account, talk):
    first = api("post", path(talk, "/labels"), {"name": " Pilne  dziś "}).json()
    assert api("post", path(dialogue(account, "48600000702"), "/labels"), {"name": "PILNE DZIŚ"}).json() == first
    assert api("delete", path(talk, f"/labels/{first['id']}")).status_code == 204
    assert api("delete", path(talk, f"/labels/{first['id']}")).status_code == 404  # it is on another one
    assert [one["name"] for one in api("get", "/labels").json()["items"]] == ["Pilne dziś"]


def test_the_person_goes_into_a_group_and_out_of_it_unless_they_opted_out(api, account, talk):
    group = add_group(account, "Gardeners")
    assert api("put", path(talk, f"/groups/{group.pk}")).json() == {"id": group.pk, "name": "Gardeners"}
    assert GroupMembership.objects.get().source == Contact.Source.API
    assert api("get", path(talk)).json()["groups"] == [{"id": group.pk, "name": "Gardeners"}]
    assert api("delete", path(talk, f"/groups/{group.pk}")).status_code == 204
    opt_out_of_everything(account, HANNA)
    assert api("put", path(talk, f"/groups/{group.pk}")).json()["code"] == "opted-out"
    assert not GroupMembership.objects.exists()


def test_a_flagged_message_is_taken_for_the_opt_out_it_is(api, account, talk):
    other = received(dialogue(account, "48600000702"), "Hello")
    assert api("post", path(talk, "/opt-out"), {}).json()["code"] == "nothing-flagged"
    message = received(talk, "Please stop sending me roses")
    Message.objects.filter(pk=message.pk).update(flag="opt_out")
    assert api("get", path(talk)).json()["may_be_opt_out_id"] == message.pk
    assert api("post", path(talk, "/opt-out"), {"message_id": other.pk}).json()["errors"][0]["field"] == "body.message_id"
    noted = api("post", path(talk, "/opt-out"), {"message_id": message.pk}).json()
    assert OptOut.objects.get(pk=noted["opt_out_id"]).message_id == message.pk
    assert (AuditEntry.objects.get().action, AuditEntry.objects.get().after) == ("opt_out.noted", {"scope": "Everything"})
    found = api("get", path(talk)).json()
    assert (found["is_opted_out"], found["may_be_opt_out_id"]) == (True, None)
