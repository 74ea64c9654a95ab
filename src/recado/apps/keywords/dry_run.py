"""What a text would do on a number, asked of the production rules without receiving anything.

What belongs here: gathering the rows the rules need for one number. What does not: the rules themselves (`core.decide`), words for people.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Contact, GroupMembership
from recado.apps.keywords.models import Keyword, Rule, RuleAction
from recado.apps.numbers.models import Number
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes
from recado.core.decide import Decision, decide
from recado.core.message import Encoding, InboundMessage
from recado.core.number import NumberKind, NumberState
from recado.core.ownership import find_owner
from recado.core.routes import KeywordState, MatchKind, Routes
from recado.core.sender import SenderState
from recado.core.text import fold, leading_tokens

_LONGEST_KEYWORD = 80
NOBODY = "48600000099"
"""A phone nobody has, for dry runs that name none."""


def owner_of(number: Number, sender: str, text: str, now: datetime) -> int | None:
    """Return the id of the account a text would belong to by its words; None for nobody's."""
    return find_owner(_routes(number, text), sender, number.digits, text, now).account_id


def would_happen(recipient: str, sender: str, text: str, now: datetime, sole_writer_account_id: int | None = None) -> Decision:
    """Return the decision on a text as the operator sees it, whoever owns it; `recipient` in digits, one of our numbers or not.

    `sole_writer_account_id` is the one account that wrote to the sender from this number lately (`dialogues.queries.sole_writer`).
    """
    number = Number.objects.filter(digits=recipient).first()
    routes = _routes(number, text) if number else Routes(0)
    match = find_owner(routes, sender, recipient, text, now)
    message = InboundMessage(0, 0, sender, recipient, text, Encoding.GSM7, now, is_test=True)
    if match.account_id is None:
        return decide(message, match, SenderState(sender), now, sole_writer_account_id)
    account = Account.objects.get(pk=match.account_id)
    return decide(message, match, sender_state(account, sender), now, sole_writer_account_id, account.zone)


def would_do(account: Account, number: Number, sender: str, text: str, now: datetime, known: SenderState | None = None) -> Decision | None:
    """Return the decision on a text as the account would see it; None where the text would be another account's.

    `known` stands for what is known about the sender, so that somebody new or a member of a group can be tried with any phone.
    """
    routes = _routes(number, text)
    match = find_owner(routes, sender, number.digits, text, now)
    if match.account_id not in {None, account.pk}:
        return None
    message = InboundMessage(0, number.connection_id or 0, sender, number.digits, text, Encoding.GSM7, now, is_test=True)
    zone = ZoneInfo(account.time_zone)
    return decide(message, match, known or sender_state(account, sender), now, zone=zone)


def sender_state(account: Account, msisdn: str) -> SenderState:
    """Return what an account knows about a phone."""
    contact = Contact.objects.filter(account=account, msisdn=msisdn).first()
    if contact is None:
        return SenderState(msisdn)
    groups = GroupMembership.objects.filter(contact=contact).values_list("group_id", flat=True)
    return SenderState(msisdn, contact.pk, frozenset(groups))


def _routes(number: Number, text: str) -> Routes:
    """Compile the routes of one number, with the few keywords the text can begin with."""
    leading = fold(tuple(leading_tokens(text, _LONGEST_KEYWORD)[0]))
    spellings = [" ".join(leading[:length]) for length in range(1, len(leading) + 1)]
    keywords = list(Keyword.objects.filter(number=number, folded__in=spellings))
    rules = list(Rule.objects.filter(Q(keyword=None) | Q(keyword__in=keywords), number=number))
    actions = RuleAction.objects.filter(rule__in=rules).select_related("group", "destination")
    return compile_routes(0, [_number_row(number)], map(_keyword_row, keywords), map(_rule_row, rules), map(_action_row, actions))


def _number_row(number: Number) -> NumberRow:
    return NumberRow(number.pk, number.digits, NumberKind(number.kind), NumberState(number.state), number.account_id, number.connection_id)


def _keyword_row(keyword: Keyword) -> KeywordRow:
    return KeywordRow(
        keyword.pk,
        keyword.number_id,
        keyword.account_id,
        keyword.word,
        MatchKind(keyword.kind),
        keyword.also_when_text_follows,
        KeywordState(keyword.state),
        keyword.starts_at,
        keyword.ends_at,
    )


def _rule_row(rule: Rule) -> RuleRow:
    period = rule.starts_at, rule.ends_at
    return RuleRow(rule.pk, rule.number_id, rule.account_id, rule.keyword_id, rule.priority, rule.is_enabled, *period)


def _action_row(action: RuleAction) -> ActionRow:
    return ActionRow(
        action.rule_id,
        action.kind,
        action.position,
        action.group_id,
        action.group.name if action.group else "",
        action.destination_id,
        action.destination.name if action.destination else "",
        action.text,
    )
