"""What a text would do on a number, asked of the production rules without receiving anything.

What belongs here: asking, and what is known about senders and the clock. What does not: the rules themselves (`core.decide`), reading the
number's rows (`rows`), words for people.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeAlias

from django.apps import apps

from recado.apps.accounts.models import Account
from recado.apps.accounts.public_holidays import days_off
from recado.apps.accounts.working_hours import from_json
from recado.apps.contacts.models import GroupMembership
from recado.apps.keywords.models import Keyword, RuleExample
from recado.apps.keywords.queries import answered_before, autoresponders_of, concerned_by, could_take_part, question_asked, seen_by
from recado.apps.keywords.rows import rows_in
from recado.apps.numbers.models import Number
from recado.apps.plans.queries import prices_for
from recado.core.answer import Answers
from recado.core.asking import answering as match_of_answer
from recado.core.autoresponder import Autoresponder
from recado.core.condition import Clock
from recado.core.decide import Decision, decide
from recado.core.message import Encoding, InboundMessage
from recado.core.ownership import Match, find_owner
from recado.core.profile import Profile
from recado.core.routes import Routes
from recado.core.sender import SenderState, lasting
from recado.core.taking_part import Play

Responders: TypeAlias = Mapping[int, tuple[Autoresponder, ...]]
"""Autoresponders by account."""

NOBODY = "48600000099"
"""A phone nobody has, for dry runs that name none."""


def owner_of(number: Number, sender: str, text: str, now: datetime, *, with_questions: bool = False) -> int | None:
    """Return the id of the account a text would belong to by its words; None for nobody's.

    `with_questions`: also of the account that would ask about it, or that it would answer.
    """
    question = question_asked(number.pk, sender, now) if with_questions else None
    match = find_owner(rows_in(number, text, *([question.text] if question else [])).compiled(), sender, number.digits, text, now)
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
    routes = rows_in(number, text, *([question.text] if question else [])).compiled() if number else Routes(0)
    match = find_owner(routes, sender, recipient, text, now)
    if number and question:
        asking = seen_by([question.account_id], number.pk, sender, now)[question.account_id]
        match = match_of_answer(routes, match, question, asking, now, sole_writer_account_id)
    message = InboundMessage(0, 0, sender, recipient, text, Encoding.GSM7, now, is_test=True)
    writer = sole_writer_account_id if match.account_id is None and match.awaits_sole_writer else None
    mine = {**routes.autoresponders, **(autoresponders_of([writer]) if writer is not None else {})}
    profiles, concerned = _about(match, sender, now, writer)
    seen = sender_seen(match, sender, now, mine, writer)
    answers = _answers(match, mine, sender, profiles, now)
    play = _play(message, match, now)
    return decide(message, match, seen, now, sole_writer_account_id, profiles, concerned, question=question, answers=answers, play=play)


def would_do(account: Account, number: Number, sender: str, text: str, now: datetime, known: SenderState | None = None) -> Decision | None:
    """Return the decision on a text as the account would see it; None where the text would be another account's.

    `known` stands for what is known about the sender, so that somebody new or a member of a group can be tried with any phone.
    """
    routes = rows_in(number, text).compiled()
    match = find_owner(routes, sender, number.digits, text, now)
    if match.account_id not in {None, account.pk}:
        return None
    if match.near is not None and match.near.account_id != account.pk:
        match = replace(match, near=None)  # what another account would ask is not this one's business
    message = InboundMessage(0, number.connection_id or 0, sender, number.digits, text, Encoding.GSM7, now, is_test=True)
    profiles, concerned = _about(match, sender, now)
    if match.near is not None and known is not None:
        concerned = {match.near.account_id: known}
    seen = known or sender_seen(match, sender, now, routes.autoresponders)
    answers = _answers(match, routes.autoresponders, sender, profiles, now)
    decision = decide(message, match, seen, now, None, profiles, concerned, answers=answers, play=_play(message, match, now))
    return decision if decision.account_id in {None, account.pk} else None


def sender_seen(
    match: Match, msisdn: str, now: datetime, answering: Responders = MappingProxyType({}), writer: int | None = None
) -> SenderState:
    """Return what the owner of a match, or the one account that wrote lately, knows about a phone that its rules in play ask about."""
    account_id = match.account_id if match.account_id is not None else writer
    if account_id is None or match.number is None:
        return SenderState(msisdn)
    mine = answering.get(account_id, ())
    keywords = {key for key in (*(rule.keyword_id for rule in match.rules), *(one.keyword_id for one in mine)) if key is not None}
    groups = match.group_ids.union(*(one.condition.group_ids for one in mine))
    return seen_by([account_id], match.number.number_id, msisdn, now, groups, keywords)[account_id]


def sender_state(account: Account, number: Number, msisdn: str, now: datetime) -> SenderState:
    """Return all that an account knows about a phone that writes to a number."""
    groups = GroupMembership.objects.filter(contact__account=account, contact__msisdn=msisdn).values_list("group_id", flat=True)
    return seen_by([account.pk], number.pk, msisdn, now, groups, _used(account, number, msisdn))[account.pk]


def supposed_sender(account: Account, number: Number, msisdn: str, moment: datetime, who: str, groups: Iterable[int] = ()) -> SenderState:
    """Return a phone as it is supposed to be: as the account knows it, new, or a member of groups (`RuleExample.Sender`)."""
    if who == RuleExample.Sender.NEW:
        return SenderState(msisdn, is_new=True)
    known = sender_state(account, number, msisdn, moment)
    return known if who == RuleExample.Sender.PHONE else replace(known, groups={**lasting(groups), **known.groups})


def concerned_with(number_id: int, msisdn: str, now: datetime) -> dict[int, SenderState]:
    """Return the accounts that a text about consent concerns on a shared number, with how each sees the phone."""
    on_number = Keyword.objects.filter(number=number_id).order_by().values_list("account_id", flat=True).distinct()
    return seen_by(concerned_by(number_id, msisdn, list(on_number), now), number_id, msisdn, now)


def profile_of(account: Account, now: datetime) -> Profile:
    """Return an account as decisions see it."""
    clock = Clock(account.zone, days_off(account, now.date()), from_json(account.working_hours))
    return Profile(account.name, account.language, clock, prices_for(account))


def _play(message: InboundMessage, match: Match, now: datetime) -> Play:
    """Return what the phone itself could take part in, not its simulated twin."""
    return could_take_part(replace(message, is_test=False), match, now)


def _answers(match: Match, answering: Responders, msisdn: str, profiles: Mapping[int, Profile], now: datetime) -> Answers:
    """Return what automatic answers to a phone depend on besides rules."""
    rules = (*match.rules, *(match.near.rules if match.near is not None else ()))
    responders = [one for account_id in profiles for one in answering.get(account_id, ())]
    clocks = {account_id: profile.clock for account_id, profile in profiles.items()}
    return Answers(answering, answered_before(msisdn, rules, responders, clocks, now))


def _about(match: Match, msisdn: str, now: datetime, writer: int | None = None) -> tuple[dict[int, Profile], dict[int, SenderState]]:
    """Return the accounts a match can be about, and how those concerned by a text about consent see the phone."""
    number_id = match.number.number_id if match.number is not None and match.awaits_concerned else None
    concerned = concerned_with(number_id, msisdn, now) if number_id is not None else {}
    if match.near is not None and match.number is not None:
        near = match.near
        concerned = seen_by([near.account_id], match.number.number_id, msisdn, now, match.group_ids, {near.keyword_id})
    wanted = {*concerned, *({match.account_id} if match.account_id is not None else ())} | {one.account_id for one in match.named}
    if writer is not None:
        wanted.add(writer)
    if match.resting is not None:
        wanted.add(match.resting.account_id)  # in whose language the neutral answer is
    return {account.pk: profile_of(account, now) for account in Account.objects.filter(pk__in=wanted)}, concerned


def _used(account: Account, number: Number, msisdn: str) -> Iterable[int]:
    """Return the keywords somebody used: of the many a number has, no others need to be asked about."""
    dialogues = _rows("dialogues", "Dialogue").filter(account=account, number=number, msisdn=msisdn).values("pk")
    used = _rows("inbox", "Message").filter(dialogue_id__in=dialogues).exclude(keyword_id=None)
    return set(used.order_by().values_list("keyword_id", flat=True).distinct())


def _rows(app: str, model: str) -> Any:
    """Return all rows of a table of an app that builds on this one, as a query."""
    return apps.get_model(app, model)._default_manager.all()  # noqa: SLF001  # Django's documented API
