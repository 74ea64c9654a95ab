"""`/keywords` and what is below it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api_v1.numbers_there import keyword, own_number, shared_number
from recado.api.v1 import keyword_problems, number_packages, number_shapes
from recado.apps.audit.models import AuditEntry
from recado.apps.billing.subscriptions import SubscriptionRefusal
from recado.apps.contacts.services import add_group
from recado.apps.keywords.errors import Refusal, RuleRefusal
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.services import reserve_keyword
from recado.apps.orders.errors import OrderRefusal


def test_a_keyword_is_reserved_with_its_rule_changed_paused_and_given_up(api, account):
    number, group = shared_number(), add_group(account, "Gardeners")
    ends_at = timezone.now() + timedelta(days=30)
    body = {"word": " Ogrodnik ", "asks_back": True, "ends_at": ends_at.isoformat()}
    rule = {"join_group_ids": [group.pk], "reply": "Hello", "weekdays": [1, 2]}
    made = api("post", f"/numbers/{number.pk}/keywords", {**body, "rule": rule}).json()
    assert (made["word"], made["number"], made["kind"], made["standing"]) == ("Ogrodnik", "+48503340503", "exact", "active")
    shown = api("get", f"/keywords/{made['id']}/rules").json()["items"]
    assert [(one["join_group_ids"], one["reply"], one["weekdays"]) for one in shown] == [([group.pk], "Hello", [1, 2])]
    changed = api("patch", f"/keywords/{made['id']}", {"word": "OGRODNIK", "ends_at": None}).json()
    assert (changed["word"], changed["asks_back"], changed["ends_at"]) == ("OGRODNIK", True, None)
    assert api("post", f"/keywords/{made['id']}/pause").json()["standing"] == "paused"
    assert api("post", f"/keywords/{made['id']}/resume").json()["standing"] == "active"
    assert api("delete", f"/keywords/{made['id']}").status_code == 204
    assert Keyword.objects.get().state == Keyword.State.QUARANTINE
    entries = AuditEntry.objects.order_by("id")
    assert [one.action for one in entries] == [f"keyword.{what}" for what in ("reserve", "change", "pause", "resume", "end")]
    assert (entries[0].actor, entries[0].after["groups"], entries[1].after["word"]) == ("API: shop", "Gardeners", "OGRODNIK")


def test_a_word_that_is_taken_is_refused_with_words_that_are_free(api, stranger):
    number = shared_number()
    reserve_keyword(stranger, number, "OGRODNIK")
    refused = api("post", f"/numbers/{number.pk}/keywords", {"word": "ogrodnik"})
    asked = api("get", f"/numbers/{number.pk}/availability?word=ogrodnik").json()
    assert (refused.status_code, refused.json()["code"]) == (409, "keyword-taken")
    assert (asked["is_free"], asked["code"], asked["detail"]) == (False, "keyword-taken", refused.json()["detail"])
    assert asked["suggestions"][0] in refused.json()["detail"]
    assert api("get", f"/numbers/{number.pk}/availability?word={asked['suggestions'][0]}").json()["is_free"]


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"word": "stop"}, 409, "word-reserved", None),
        ({"word": "price", "kind": "phrase"}, 409, "kind-not-allowed", None),
        ({"word": "\u200b"}, 422, "invalid", "body.word"),
        ({"word": "ﷺ" * 20}, 422, "invalid", "body.word"),
        ({"word": "price", "ends_at": "2001-01-01T00:00:00Z"}, 422, "invalid", "body.ends_at"),
        ({"word": "price", "kind": "removing"}, 422, "invalid", "body.rule.leave_group_ids"),
        ({"word": "price", "rule": {"reply": "Hello {nobody}"}}, 422, "invalid", "body.rule.reply"),
        ({"word": "price", "rule": {"join_group_ids": [77]}}, 422, "invalid", "body.rule.join_group_ids"),
        ({"word": "price", "typo": 1}, 422, "invalid", "body.typo"),
    ],
)
def test_what_cannot_be_reserved_says_why(api, body, status, code, field):
    response = api("post", f"/numbers/{shared_number().pk}/keywords", body)
    errors = response.json()["errors"]
    assert (response.status_code, response.json()["code"], errors[0]["field"] if errors else None) == (status, code, field)
    assert not Keyword.objects.exists()


def test_the_list_is_narrowed_and_costs_the_same_however_long(api, account):
    number = own_number(account)
    reserve_keyword(account, number, "ROSE")

    def asked():
        with CaptureQueriesContext(connection) as queries:
            found = api("get", "/keywords").json()["items"]
        return len(found), len(queries)

    asked()  # notes when the key was last used
    first = asked()
    for word in ("TULIP", "LILY", "DAISY"):
        reserve_keyword(account, number, word)
    assert asked() == (4, first[1])
    assert [one["word"] for one in api("get", "/keywords?search=tul").json()["items"]] == ["TULIP"]
    assert api("get", f"/keywords?number_id={number.pk}&standing=paused").json()["items"] == []


def test_spellings_are_added_and_given_up_and_near_misses_become_some(api, account):
    there = keyword(account)
    added = api("post", f"/keywords/{there.pk}/synonyms", {"word": "Gardener"}).json()
    near = api("post", f"/keywords/{there.pk}/near-misses/add", {"spelling": "ogrodnk"}).json()
    shown = [one["word"] for one in api("get", f"/keywords/{there.pk}").json()["synonyms"]]
    assert shown == ["Gardener", "OGRODNK"] == [added["word"], near["word"]]
    assert api("get", f"/keywords/{there.pk}/synonyms/availability?word=Gardener").json()["code"] == "keyword-taken"
    assert api("delete", f"/keywords/{there.pk}/synonyms/{added['id']}").status_code == 204
    refused = api("post", f"/keywords/{there.pk}/near-misses/ignore", {"spelling": "tulip"})
    assert (refused.status_code, refused.json()["code"]) == (409, "no-near-miss")


def test_a_synonym_of_another_keyword_is_not_found(api, account):
    there = keyword(account)
    other = reserve_keyword(account, there.number, "ROSE")
    synonym = api("post", f"/keywords/{there.pk}/synonyms", {"word": "Gardener"}).json()
    assert api("delete", f"/keywords/{other.pk}/synonyms/{synonym['id']}").status_code == 404


def test_posters_and_codes_are_files(api, account):
    there = keyword(account)
    poster = api("get", f"/keywords/{there.pk}/poster?kind=pdf&size=a5&language=en&headline=Roses")
    assert (poster["Content-Type"], poster.content[:5]) == ("application/pdf", b"%PDF-")
    assert "OGRODNIK-664200300-a5.pdf" in poster["Content-Disposition"]
    assert api("get", f"/keywords/{there.pk}/qr?kind=png").content[1:4] == b"PNG"
    assert api("get", f"/keywords/{there.pk}/qr?kind=gif").status_code == 422


def test_statistics_and_rivals_of_a_base_keyword(api, account):
    number = own_number(account)
    vote = api("post", f"/numbers/{number.pk}/keywords", {"word": "VOTE", "kind": "base"}).json()
    api("post", f"/numbers/{number.pk}/keywords", {"word": "VOTE 1"})
    counted = api("get", f"/keywords/{vote['id']}/statistics").json()
    assert (len(counted["days"]), counted["arguments"], counted["last_message_ids"]) == (30, [], [])
    near = api("get", f"/keywords/{vote['id']}/rivals").json()["near"]
    assert [(one["word"], one["examples"][0]["winner"]) for one in near] == [("VOTE 1", "VOTE 1")]


def test_every_reason_has_a_code():
    assert keyword_problems.FIELDS.keys() | keyword_problems.CONFLICTS.keys() == set(Refusal)
    assert keyword_problems.RULE_FIELDS.keys() | {RuleRefusal.LAST} == set(RuleRefusal)
    assert number_shapes.ORDER_REFUSALS.keys() == set(OrderRefusal)
    assert number_packages.REFUSALS.keys() == set(SubscriptionRefusal)
