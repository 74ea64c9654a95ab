"""What tests of numbers and keywords find in an account."""

from recado.apps.accounts.models import Account
from recado.apps.connections.models import Connection
from recado.apps.keywords.models import Keyword, Rule
from recado.apps.keywords.rules import RuleContent, add_rule
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind

OWN, SHARED = "48664200300", "48503340503"


def own_number(account: Account, digits: str = OWN, kind: NumberKind = NumberKind.INDIVIDUAL_LONG) -> Number:
    link, _ = Connection.objects.get_or_create(name="Phone simulator", kind="simulator")
    return add_number(digits, kind, account=account, connection=link)


def shared_number(digits: str = SHARED) -> Number:
    return Number.objects.filter(digits=digits).first() or add_number(digits, NumberKind.SHARED_LONG)


def keyword(account: Account, word: str = "OGRODNIK", number: Number | None = None) -> Keyword:
    return reserve_keyword(account, number or own_number(account), word, RuleContent(reply="Hello"))


def two_rules(account: Account) -> tuple[Rule, Rule]:
    """A keyword with two rules, the first asked first."""
    there = keyword(account)
    return there.rules.get(), add_rule(there, account, RuleContent(reply="Bye"))
