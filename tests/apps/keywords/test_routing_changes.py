"""Every change of a keyword is told to gateways as that keyword's, and what they then read is the same as everything read anew."""

import pytest

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.models import Autoresponder
from recado.apps.contacts.services import add_group
from recado.apps.keywords.kinds import change_kind
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.queries import synonyms_of
from recado.apps.keywords.rules import RuleContent, RuleTerms, add_rule, delete_rule, edit_rule, move_rule
from recado.apps.keywords.services import edit_keyword, end_keyword, pause_keyword, reserve_keyword, resume_keyword
from recado.apps.keywords.synonyms import add_synonym, remove_synonym
from recado.apps.numbers.services import add_number, bump_routing
from recado.core.number import NumberKind
from recado.core.routes import MatchKind
from recado.store.snapshot import load_changes, load_routes
from recado.testing.receiving import django_connection

pytestmark = pytest.mark.django_db


def second_rule(keyword: Keyword) -> None:
    add_rule(keyword, keyword.account, RuleContent(reply="Second"))


CHANGES = {
    "reserved": lambda keyword: reserve_keyword(keyword.account, keyword.number, "tulipan", RuleContent(reply="Hi")),
    "edited": lambda keyword: edit_keyword(keyword, keyword.word, None, also_when_text_follows=True),
    "given another reply": lambda keyword: edit_keyword(keyword, keyword.word, RuleContent(reply="Anew")),
    "paused": pause_keyword,
    "resumed": resume_keyword,
    "ended": end_keyword,
    "spelled otherwise, too": lambda keyword: add_synonym(keyword, "gardener"),
    "spelled no longer otherwise": lambda keyword: remove_synonym(synonyms_of(keyword).get()),
    "matched otherwise": lambda keyword: change_kind(keyword, MatchKind.PHRASE),
    "given a rule": second_rule,
    "given other rules": lambda keyword: edit_rule(keyword.rules.first(), RuleContent(reply="Third"), RuleTerms(is_enabled=False)),
    "given its rules in another order": lambda keyword: move_rule(keyword.rules.last(), up=True),
    "left by a rule": lambda keyword: delete_rule(keyword.rules.last()),
}


ON_OWN_NUMBERS = {"matched otherwise"}
CASES = [(NumberKind.INDIVIDUAL_LONG, change) for change in CHANGES]
CASES += [(NumberKind.SHARED_LONG, change) for change in CHANGES if change not in ON_OWN_NUMBERS]


def a_keyword(kind: NumberKind) -> Keyword:
    alice = Account.objects.create(name="Alice Flowers")
    number = add_number("48503340503", kind, account=None if kind is NumberKind.SHARED_LONG else alice)
    reserved = reserve_keyword(alice, number, "ogrodnik", RuleContent((add_group(alice, "Gardeners"),), "Hello"))
    add_synonym(reserved, "ogrody")
    second_rule(reserved)
    return reserved


@pytest.mark.parametrize(("kind", "change"), CASES)
def test_a_keyword_that_was_changed_is_read_alone_and_rightly(kind: NumberKind, change: str) -> None:
    keyword = a_keyword(kind)
    before = load_routes(django_connection())
    CHANGES[change](keyword)
    after = load_changes(django_connection(), before)
    assert after is not None
    assert after.version > before.version
    assert after == load_routes(django_connection())
    assert change == "resumed" or after.numbers != before.numbers


def test_autoresponders_of_an_account_are_read_alone() -> None:
    keyword = a_keyword(NumberKind.SHARED_LONG)
    before = load_routes(django_connection())
    Autoresponder.objects.create(account=keyword.account, name="Closed", text="We are closed.")
    bump_routing(account_id=keyword.account_id)
    after = load_changes(django_connection(), before)
    assert after == load_routes(django_connection()) != before
