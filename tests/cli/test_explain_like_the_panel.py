"""`recado explain` and the panel say the same of a text: message trace, tester and command take it from one trail."""

import json
from datetime import UTC, datetime, time
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

from panel.conversations import dialogue, number, received
from recado.apps.accounts.models import Role
from recado.apps.accounts.services import add_member, create_account, create_user
from recado.apps.contacts.models import Group
from recado.apps.keywords.dry_run import would_do
from recado.apps.keywords.models import RuleAction
from recado.apps.keywords.rules import RuleContent, save_default_rule
from recado.apps.keywords.services import reserve_keyword
from recado.core.condition import Days, Occasion
from recado.core.number import NumberKind
from recado.core.routes import MatchKind
from recado.panel.keywords.explained import UNSAID
from recado.panel.trail_words import sentence

PHONE = "48604218377"
SATURDAY = datetime(2026, 11, 21, 22, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
TEXTS = ["exact", "exact and more", "base", "base with 2 words", "say phrase, please", "leave", "leave now", "łaska", "laska", "other", ""]
TEXTS += ["weekday", "once", "prefix", "member", "STOP"]


@pytest.fixture
def alice(db):
    account = create_account("Alice", language="en")
    user = create_user("alice@example.com", "a long password", name="Alice")
    add_member(account, user, Role.OWNER)
    return account


@pytest.fixture
def client(alice):
    client = Client()
    client.force_login(alice.memberships.get().user)
    return client


@pytest.fixture
def own(alice):
    """A number with a keyword of each kind and a rule under each condition."""
    own = number(alice, "48664200300", NumberKind.INDIVIDUAL_LONG)
    news = Group.objects.create(account=alice, name="News")
    reserve_keyword(alice, own, "EXACT", RuleContent((news,), "Hello {keyword}"))
    reserve_keyword(alice, own, "BASE", RuleContent(reply="You said {argument}"), kind=MatchKind.BASE)
    reserve_keyword(alice, own, "PHRASE", RuleContent((news,)), kind=MatchKind.PHRASE)
    leave = reserve_keyword(alice, own, "LEAVE", RuleContent((news,)), kind=MatchKind.REMOVING)
    leave.rules.get().actions.update(kind=RuleAction.Kind.REMOVE_FROM_GROUP)
    for word in ("łaska", "laska"):
        reserve_keyword(alice, own, word)
    conditions = {
        "WEEKDAY": {"days": Days.WORKING, "from_time": time(8), "until_time": time(18), "weekdays": "12345"},
        "ONCE": {"occasion": Occasion.AGAIN},
        "PREFIX": {"sender_prefixes": "4879"},
        "MEMBER": {"in_group": news},
    }
    for word, fields in conditions.items():
        reserve_keyword(alice, own, word, RuleContent(reply=word)).rules.update(**fields)
    save_default_rule(alice, own, RuleContent(reply="We read it"))
    return own


def printed(recado, text: str, at: datetime) -> list[str]:
    lines = recado(f"explain --to 48664200300 --from {PHONE} --at {at:%Y-%m-%dT%H:%M}", "--", text).output.splitlines()
    assert lines[-1] == "Nothing was stored or sent."
    return [line[3:] for line in lines[:-1]]


@pytest.mark.parametrize("at", [SATURDAY, MONDAY], ids=["saturday", "monday"])
@pytest.mark.parametrize("text", TEXTS)
def test_command_trace_and_tester_say_the_same(recado, client, alice, own, text, at):
    lines = printed(recado, text, at)
    decision = would_do(alice, own, PHONE, text, at)
    said = [unescape(strip_tags(sentence(entry))) for entry in decision.trail]
    assert lines == said
    tester = client.get("/tester/answer/", {"number": own.pk, "text": text, "from": PHONE, "when": "moment", "moment": at.isoformat()})
    answer = unescape(strip_tags(tester.content.decode()))
    assert all(line in answer for entry, line in zip(decision.trail, lines, strict=True) if entry.step not in UNSAID)
    message = received(dialogue(alice, PHONE, number=own), text, trail=decision.trail)
    trace = unescape(strip_tags(client.get(f"/messages/{message.pk}/").content.decode()))
    assert all(line in trace for line in lines)


def test_the_json_is_that_of_its_documentation(recado, alice, own):
    RuleAction.objects.filter(rule__keyword__word="EXACT").update(until=MONDAY)
    found = json.loads(recado(f"explain --json --to 664200300 --from {PHONE} --at 2026-11-21T22:00 exact").stdout)
    assert [*found] == [
        "version", "text", "from", "to", "at", "account_id", "number_id", "keyword_id", "rule_id", "argument", "actions", "trail",
    ]  # fmt: skip
    assert (found["version"], found["text"], found["from"], found["to"]) == (1, "exact", PHONE, "48664200300")
    assert (found["at"], found["account_id"], found["number_id"]) == ("2026-11-21T22:00:00+00:00", alice.pk, own.pk)
    assert found["actions"][0]["until"] == MONDAY.isoformat()
    assert {"action": "send_reply", "text": "Hello EXACT", "is_ours": False, "autoresponder_id": None} in found["actions"]
    assert [step["step"] for step in found["trail"]][:3] == ["received", "tokens", "owned"]
