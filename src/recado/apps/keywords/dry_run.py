"""What a text would do on a number, asked of the production rules without receiving anything.

What belongs here: gathering the rows the rules need for one number. What does not: the rules themselves (`core.decide`), words for people.
"""

from dataclasses import replace
from datetime import datetime

from django.db.models import Prefetch, Q
from django.db.models.functions import Length

from recado.apps.accounts.models import Account
from recado.apps.accounts.public_holidays import days_off
from recado.apps.keywords.models import Keyword, NearForm, Rule, RuleAction, Spelling
from recado.apps.keywords.queries import concerned_by, overrides, question_asked, seen_by
from recado.apps.keywords.words import near_forms
from recado.apps.numbers.models import Number
from recado.core.asking import answering
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes
from recado.core.condition import Clock
from recado.core.decide import Decision, decide
from recado.core.message import Encoding, InboundMessage
from recado.core.nearness import slips
from recado.core.number import NumberKind, NumberState
from recado.core.ownership import Match, find_owner
from recado.core.profile import Profile
from recado.core.routes import KeywordState, MatchKind, Routes
from recado.core.sender import SenderState
from recado.core.text import fold, tokenise
from recado.core.typo import ASKED_FROM, RIVAL_FROM

_LONGEST_KEYWORD = 80
_LONGEST_TEXT = 300
"""So many tokens of a text are looked up for phrases; a query with more names would be refused."""
_SHORT_TEXT = 12
NOBODY = "48600000099"
"""A phone nobody has, for dry runs that name none."""


def owner_of(number: Number, sender: str, text: str, now: datetime, *, with_questions: bool = False) -> int | None:
    """Return the id of the account a text would belong to by its words; None for nobody's.

    `with_questions`: also of the account that would ask about it, or that it would answer.
    """
    question = question_asked(number.pk, sender, now) if with_questions else None
    match = find_owner(_routes(number, text, *([question.text] if question else [])), sender, number.digits, text, now)
    if with_questions and match.near is not None:
        return match.near.account_id
    if match.answer is not None and question is not None and question.is_open:
        return question.account_id
    return match.account_id


def would_happen(recipient: str, sender: str, text: str, now: datetime, sole_writer_account_id: int | None = None) -> Decision:
    """Return the decision on a text as the operator sees it, whoever owns it; `recipient` in digits, one of our numbers or not.

    `sole_writer_account_id` is the one account that wrote to the sender from this number lately (`dialogues.queries.sole_writer`).
    """
    number = Number.objects.filter(digits=recipient).first()
    question = question_asked(number.pk, sender, now) if number else None
    routes = _routes(number, text, *([question.text] if question else [])) if number else Routes(0)
    match = find_owner(routes, sender, recipient, text, now)
    if number and question:
        asking = seen_by([question.account_id], number.pk, sender, now)[question.account_id]
        match = answering(routes, match, question, asking, now, sole_writer_account_id)
    message = InboundMessage(0, 0, sender, recipient, text, Encoding.GSM7, now, is_test=True)
    seen, about = sender_seen(match, sender, now), _about(match, sender, now)
    return decide(message, match, seen, now, sole_writer_account_id, *about, question=question)


def would_do(account: Account, number: Number, sender: str, text: str, now: datetime, known: SenderState | None = None) -> Decision | None:
    """Return the decision on a text as the account would see it; None where the text would be another account's.

    `known` stands for what is known about the sender, so that somebody new or a member of a group can be tried with any phone.
    """
    routes = _routes(number, text)
    match = find_owner(routes, sender, number.digits, text, now)
    if match.account_id not in {None, account.pk}:
        return None
    if match.near is not None and match.near.account_id != account.pk:
        match = replace(match, near=None)  # what another account would ask is not this one's business
    message = InboundMessage(0, number.connection_id or 0, sender, number.digits, text, Encoding.GSM7, now, is_test=True)
    profiles, concerned = _about(match, sender, now)
    if match.near is not None and known is not None:
        concerned = {match.near.account_id: known}
    decision = decide(message, match, known or sender_seen(match, sender, now), now, None, profiles, concerned)
    return decision if decision.account_id in {None, account.pk} else None


def sender_seen(match: Match, msisdn: str, now: datetime) -> SenderState:
    """Return what the owner of a match knows about a phone that the rules in play ask about."""
    if match.account_id is None or match.number is None:
        return SenderState(msisdn)
    keywords = {rule.keyword_id for rule in match.rules if rule.keyword_id is not None}
    return seen_by([match.account_id], match.number.number_id, msisdn, now, match.group_ids, keywords)[match.account_id]


def sender_state(account: Account, number: Number, msisdn: str, now: datetime) -> SenderState:
    """Return all that an account knows about a phone that writes to a number."""
    groups = account.groups.values_list("pk", flat=True)
    keywords = account.keywords.filter(number=number).values_list("pk", flat=True)
    return seen_by([account.pk], number.pk, msisdn, now, groups, keywords)[account.pk]


def profile_of(account: Account, now: datetime) -> Profile:
    """Return an account as decisions see it."""
    return Profile(account.name, account.language, Clock(account.zone, days_off(account, now.date())))


def _about(match: Match, msisdn: str, now: datetime) -> tuple[dict[int, Profile], dict[int, SenderState]]:
    """Return the accounts a match can be about, and how those concerned by a text about consent see the phone."""
    concerned: dict[int, SenderState] = {}
    if match.awaits_concerned and match.number is not None:
        on_number = Keyword.objects.filter(number=match.number.number_id).order_by().values_list("account_id", flat=True).distinct()
        ids = concerned_by(match.number.number_id, msisdn, list(on_number), now)
        concerned = seen_by(ids, match.number.number_id, msisdn, now)
    if match.near is not None and match.number is not None:
        near = match.near
        concerned = seen_by([near.account_id], match.number.number_id, msisdn, now, match.group_ids, {near.keyword_id})
    wanted = {*concerned, *({match.account_id} if match.account_id is not None else ())} | {one.account_id for one in match.named}
    if match.resting is not None:
        wanted.add(match.resting.account_id)  # in whose language the neutral answer is
    return {account.pk: profile_of(account, now) for account in Account.objects.filter(pk__in=wanted)}, concerned


def _routes(number: Number, *texts: str) -> Routes:
    """Compile the routes of one number, with the few keywords that can be found in the texts, or nearly."""
    findable = Q()
    asks_back = Keyword.objects.filter(number=number, asks_back=True).exists()
    for text in texts:
        findable |= _findable(text) | (_near(number, text) if asks_back else Q())
    found = Spelling.objects.filter(findable, number=number).values("keyword")
    keywords = list(Keyword.objects.filter(pk__in=found).prefetch_related(Prefetch("spellings", Spelling.objects.order_by("id"))))
    rules = list(Rule.objects.filter(Q(keyword=None) | Q(keyword__in=keywords), number=number))
    actions = RuleAction.objects.filter(rule__in=rules).select_related("group", "destination")
    return compile_routes(
        0, [_number_row(number)], map(_keyword_row, keywords), map(_rule_row, rules), map(_action_row, actions), overrides()
    )


def _findable(text: str) -> Q:
    """Say which spellings can be found in a text."""
    every = fold(tokenise(text))
    leading = every[:_LONGEST_KEYWORD]
    spellings = [" ".join(leading[:length]) for length in range(1, len(leading) + 1)]
    if len(leading) <= _SHORT_TEXT:  # an opt-out names keywords behind its word
        spellings += [" ".join(leading[start:end]) for start in range(1, len(leading)) for end in range(start + 1, len(leading) + 1)]
    phrases = Q()
    for token in set(every[:_LONGEST_TEXT]):
        phrases |= Q(folded=token) | Q(folded__startswith=f"{token} ")
    return Q(folded__in=spellings) | (Q(kind=MatchKind.PHRASE.value) & phrases)


def _near(number: Number, text: str) -> Q:
    """Say which spellings lie one slip from the first word of a text."""
    first = next(iter(fold(tokenise(text))), "")
    near = set(NearForm.objects.filter(number=number, form__in=near_forms(first)).values_list("spelling", flat=True)) if first else set()
    if 0 < len(first) < ASKED_FROM:  # how words as short look with a letter left out is kept nowhere
        short = Spelling.objects.annotate(letters=Length("folded")).filter(number=number, letters__gte=RIVAL_FROM, letters__lt=ASKED_FROM)
        near |= {key for key, word in short.values_list("pk", "folded") if slips(first, word, 1) is not None}
    return Q(pk__in=near)


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
        tuple(one.word for one in keyword.spellings.all() if not one.is_main),
        keyword.asks_back,
    )


def _rule_row(rule: Rule) -> RuleRow:
    period = rule.starts_at, rule.ends_at
    return RuleRow(rule.pk, rule.number_id, rule.account_id, rule.keyword_id, rule.priority, rule.is_enabled, *period, rule.condition)


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
        action.until,
    )
