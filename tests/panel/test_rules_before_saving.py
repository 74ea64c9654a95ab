"""Rules, spellings and kinds are checked against the examples before they are saved, on every page that changes them."""

import pytest
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.keywords.examples import broken_examples, expected_of, save_example
from recado.apps.keywords.models import Keyword, RuleExample
from recado.apps.keywords.queries import default_rules_of
from recado.apps.keywords.rules import RuleContent, RuleTerms, add_rule, content_of, in_order, save_default_rule
from recado.apps.keywords.services import reserve_keyword
from recado.apps.keywords.synonyms import add_synonym
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.core.condition import Condition, Occasion
from recado.core.number import NumberKind
from recado.core.routes import MatchKind

PHONE = "48604218377"


@pytest.fixture
def own(account: Account) -> Number:
    return add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account)


@pytest.fixture
def keyword(account: Account, own: Number) -> Keyword:
    return reserve_keyword(account, own, "ROSE", RuleContent(reply="Hi"))


@pytest.fixture
def kept(account, own):
    def keep(text: str) -> RuleExample:
        return save_example(account, own, text, PHONE, timezone.now())

    return keep


def warned(client, address, data):
    """Post what is objected to, and return the page that says so."""
    response = client.post(address, data)
    assert (response.status_code, "Your example" in response.content.decode()) == (422, True)
    return response


def save_anyway(client, address, data):
    """Post what is objected to, and press the button under the warning."""
    response = warned(client, address, data)
    return client.post(address, {**data, "anyway": response.context["objections"].mark})


def replies(example: RuleExample) -> list[str]:
    example.refresh_from_db()
    return [deed.text for deed in expected_of(example).deeds]


def test_a_new_rule_is_checked_and_its_warning_keeps_what_was_typed(alice_client, keyword, kept):
    example, rule = kept("rose"), {"reply": "First time", "occasion": "first", "is_enabled": "on"}
    page = warned(alice_client, f"/keywords/{keyword.pk}/rules/new/", rule)
    assert page.context["form"]["reply"].value() == "First time"
    assert keyword.rules.count() == 1
    save_anyway(alice_client, f"/keywords/{keyword.pk}/rules/new/", rule)
    assert replies(example) == ["First time"]


def test_a_new_rule_is_tried_on_last_weeks_messages(alice_client, keyword):
    page = alice_client.post(f"/keywords/{keyword.pk}/rules/new/", {"reply": "Again", "is_enabled": "on", "try_on_past": "1"})
    assert "No message arrived on this number" in page.content.decode()
    assert keyword.rules.count() == 1


def test_changing_a_rule_is_checked(alice_client, keyword, kept):
    example, rule = kept("rose"), keyword.rules.get()
    save_anyway(alice_client, f"/rules/{rule.pk}/", {"reply": "Bye", "is_enabled": "on"})
    assert replies(example) == ["Bye"]


def test_rules_of_a_default_are_checked(alice_client, account, own, kept):
    example = kept("hello")
    save_anyway(alice_client, f"/numbers/{own.pk}/rules/new/", {"reply": "We read it", "is_enabled": "on"})
    (rule,) = default_rules_of(account, own)
    assert replies(example) == ["We read it"]
    save_anyway(alice_client, f"/rules/{rule.pk}/delete/", {})
    assert (default_rules_of(account, own), replies(example)) == ([], [])


def test_deleting_a_rule_is_asked_about_and_undoing_it_mends_the_example(alice_client, account, keyword, kept):
    rule = add_rule(keyword, account, RuleContent(reply="First"), RuleTerms(condition=Condition(occasion=Occasion.FIRST)))
    example = kept("rose")
    page = save_anyway(alice_client, f"/rules/{rule.pk}/delete/", {})
    assert (page.status_code, replies(example)) == (302, ["Hi"])
    shown = alice_client.get(page["Location"]).content.decode()
    remembered = shown.split('name="rule" value="')[1].split('"')[0]
    alice_client.post("/rules/restore/", {"rule": remembered})
    assert (keyword.rules.count(), replies(example), broken_examples(account, timezone.now())) == (2, ["First"], {})


def test_moving_a_rule_is_asked_about(alice_client, account, keyword, kept):
    terms = [RuleTerms(condition=condition) for condition in (Condition(occasion=Occasion.FIRST), Condition(sender_prefixes=("48",)))]
    first, second = (add_rule(keyword, account, RuleContent(reply=f"Rule {place}"), each) for place, each in enumerate(terms, 1))
    example = kept("rose")
    assert replies(example) == ["Rule 1"]
    save_anyway(alice_client, f"/rules/{second.pk}/move/", {"to": "earlier"})
    assert (in_order(keyword.rules.all())[:2], replies(example)) == ([second, first], ["Rule 2"])


def test_a_rule_that_cannot_be_saved_is_refused_before_anything_is_asked(alice_client, keyword, kept):
    kept("rose")
    page = alice_client.post(f"/rules/{keyword.rules.get().pk}/", {"reply": "Bye", "from_time": "10:00", "until_time": "10:00"})
    assert "objections" not in page.context
    assert page.context["form"].errors.keys() == {"until_time"}


def test_another_kind_is_checked(alice_client, account, own, keyword, kept):
    example = kept("rose red")
    save_anyway(alice_client, f"/keywords/{keyword.pk}/", {"word": "ROSE", "kind": "base", "reply": "Hi"})
    keyword.refresh_from_db()
    assert (keyword.kind, replies(example)) == (MatchKind.BASE, ["Hi"])


def test_a_keyword_with_several_rules_brings_them_where_it_was_not_found_before(alice_client, account, keyword, kept):
    add_rule(keyword, account, RuleContent(reply="First"), RuleTerms(condition=Condition(occasion=Occasion.FIRST)))
    example = kept("red rose")
    save_anyway(alice_client, f"/keywords/{keyword.pk}/", {"word": "ROSE", "kind": "phrase"})
    assert replies(example) == ["First"]


def test_another_spelling_is_asked_about_when_it_comes_and_when_it_goes(alice_client, keyword, kept):
    example = kept("roze")
    save_anyway(alice_client, f"/keywords/{keyword.pk}/synonyms/", {"word": "ROZE"})
    synonym = keyword.spellings.get(is_main=False)
    assert replies(example) == ["Hi"]
    save_anyway(alice_client, f"/keywords/{keyword.pk}/synonyms/{synonym.pk}/remove/", {})
    assert (keyword.spellings.count(), replies(example)) == (1, [])


def test_a_near_miss_is_asked_about_before_it_counts(alice_client, account, own, kept):
    tulip = reserve_keyword(account, own, "TULIP", RuleContent(reply="Hi"))
    example = kept("tullip")
    save_anyway(alice_client, f"/keywords/{tulip.pk}/near-misses/add/", {"spelling": "tullip"})
    assert replies(example) == ["Hi"]


def test_a_spelling_that_cannot_be_had_is_refused_before_anything_is_asked(alice_client, account, own, keyword, kept):
    reserve_keyword(account, own, "TULIP")
    kept("tulip")
    page = alice_client.post(f"/keywords/{keyword.pk}/synonyms/", {"word": "TULIP"}, follow=True)
    assert "is taken" in page.content.decode()


def test_saving_a_keyword_with_many_rules_leaves_them_and_its_examples(alice_client, account, keyword, kept):
    add_rule(keyword, account, RuleContent(reply="First"), RuleTerms(condition=Condition(occasion=Occasion.FIRST)))
    kept("rose")
    assert alice_client.post(f"/keywords/{keyword.pk}/", {"word": "Rose", "kind": "exact"}).status_code == 302
    assert {content_of(rule).reply for rule in keyword.rules.all()} == {"Hi", "First"}


def test_a_default_with_many_rules_keeps_them_when_the_label_is_saved(alice_client, account, own, kept):
    save_default_rule(account, own, RuleContent(reply="Hello"))
    add_rule(own, account, RuleContent(reply="First"), RuleTerms(condition=Condition(occasion=Occasion.FIRST)))
    kept("hello")
    assert alice_client.post(f"/numbers/{own.pk}/", {"label": "Shop"}).status_code == 302
    assert len(default_rules_of(account, own)) == 2


def test_examples_say_what_becomes_of_an_opt_out(account, own, keyword, kept):
    (out, reply) = expected_of(kept("stop")).deeds
    assert (out.action, out.scope, reply.action) == ("opt_out", "account", "send_reply")


def test_a_spelling_counts_in_examples(account, own, keyword, kept):
    add_synonym(keyword, "ROZE")
    assert replies(kept("roze")) == ["Hi"]
