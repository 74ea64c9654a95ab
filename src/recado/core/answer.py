"""The automatic reply: at most one for a message, from whom, and whether the breaker lets it go (product.md §3).

First what became of taking part, then the autoresponders of the keyword that matched, then the reply of the rule that fired, then the
autoresponders of the number or of all messages; of each kind the first in the account's order that fits. Never two, and none in the place
of one that the breaker refuses. What rules do belongs to `decide`, the limits to `breaker`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from recado.core.action import ACTION_NAMES, Action, AddToGroup, AskBack, Charge, LiftOptOut, OptOut, SendReply
from recado.core.autoresponder import Autoresponder
from recado.core.breaker import Candidate, Past, judge
from recado.core.condition import Clock, Standing, is_opted_out, unmet
from recado.core.decision import Decision
from recado.core.keyword import out_of_period
from recado.core.message import InboundMessage
from recado.core.ownership import Match
from recado.core.profile import NOBODY, Profile
from recado.core.reply import fill, own_number
from recado.core.routes import Rule, taken_step
from recado.core.sender import SenderState
from recado.core.trail import SkipReason, TrailEntry, TrailStep

_ABLE = frozenset({None, SkipReason.DISABLED})
_REPLY = ACTION_NAMES[SendReply]


@dataclass(frozen=True, slots=True)
class Answers:
    """What automatic answers depend on besides rules."""

    autoresponders: Mapping[int, tuple[Autoresponder, ...]] = field(default_factory=dict)
    """By account, in its order; those of `Routes`."""
    past: Past | None = None
    """None: loops and money are not asked about, as for drafts."""


NO_ANSWERS = Answers()


def reply_values(word: str, argument: str, group: str, sender: SenderState, number: str, now: datetime, clock: Clock) -> Mapping[str, str]:
    """Return what is put in place of the names in a reply text; `number` is the one written to, in digits."""
    return {
        "keyword": word,
        "argument": argument,
        "first_name": sender.first_name,
        "last_name": sender.last_name,
        "group": group,
        "date": clock.local(now).date().isoformat(),
        "number": own_number(number),
    }


def with_autoresponder(decision: Decision, match: Match, sender: SenderState, now: datetime, clock: Clock, answers: Answers) -> Decision:
    """Let an autoresponder answer where one goes before the rule's reply, or no rule gave one; `sender` as the owner sees them."""
    mine = answers.autoresponders.get(decision.account_id or 0, ())
    if not mine or sender.is_blocked:
        return decision
    keyword = _keyword_of(match, decision)
    number_id = decision.number_id
    has_reply = any(isinstance(action, SendReply) for action in decision.actions)
    if has_reply and any(isinstance(action, SendReply) and action.is_owed for action in decision.actions):
        return decision  # a question that is not asked would leave the sender in a survey they know nothing of, a code would be lost
    word, keyword_id, group = "", None, ""
    if keyword is not None:
        word, keyword_id = keyword.word, keyword.keyword_id
        group = next((one.group_name for one in keyword.actions if isinstance(one, AddToGroup)), "")
    of_keyword = [one for one in mine if one.is_of(keyword_id, number_id)] if keyword_id is not None else []
    of_any = [] if has_reply else [one for one in mine if one.is_of(None, number_id)]
    if not of_keyword and not of_any:
        return decision
    digits = match.number.digits if match.number is not None else ""
    values = reply_values(word, decision.argument, group, sender, digits, now, clock)
    seen = _once_decided(sender, decision.actions)
    given = answers.past.given if answers.past is not None else {}
    found, steps = _first_that_answers((*of_keyword, *of_any), seen, number_id, values, given, now, clock)
    if found is None:
        return replace(decision, trail=decision.trail + steps)
    chosen, text = found
    reply = SendReply(text, autoresponder_id=chosen.id, ceiling=chosen.ceiling)
    rest = _without_reply(decision, _not_taken(SkipReason.OTHER_ANSWER)) if has_reply else decision
    told = tuple(entry for entry in rest.trail if entry.step is not TrailStep.INBOX_ONLY)
    return replace(rest, actions=(*rest.actions, reply), trail=(*told, *steps, taken_step(reply)))


def guarded(
    decision: Decision, message: InboundMessage, match: Match, now: datetime, profiles: Mapping[int, Profile], past: Past
) -> Decision:
    """Let the reply of a decision go with its price, or leave it out where the breaker refuses it; all else stays."""
    reply = next((action for action in decision.actions if isinstance(action, SendReply)), None)
    if reply is None:
        return decision
    account_id = None if reply.is_ours else decision.account_id
    is_of_rule = not (reply.is_ours or reply.is_direct or reply.autoresponder_id is not None or reply.survey_id is not None)
    candidate = Candidate(
        reply,
        account_id,
        decision.rule_id if is_of_rule else None,
        reply.ceiling if not is_of_rule else _ceiling(match, decision.rule_id),
        _confirms_opt_out(decision.actions),
    )
    found = judge(candidate, message, past, now, profiles.get(account_id or 0, NOBODY))
    if isinstance(found, Charge):
        return decision.with_actions(tuple([reply.charged(found) if one is reply else one for one in decision.actions]))
    if found.trip is None:
        left = _without_reply(decision, _not_taken(found.reason))
        return replace(left, lacks_credit=True) if found.reason is SkipReason.NO_CREDIT else left
    return _without_reply(decision, _not_taken(found.reason), taken_step(found.trip), also=found.trip)


def _confirms_opt_out(actions: Iterable[Action]) -> bool:
    """Say whether somebody opts out of something; not where they come back, which can leave them out of other groups."""
    kinds = {type(action) for action in actions}
    return OptOut in kinds and LiftOptOut not in kinds


def _first_that_answers(
    asked: Iterable[Autoresponder],
    sender: SenderState,
    number_id: int | None,
    values: Mapping[str, str],
    given: Mapping[int, datetime],
    now: datetime,
    clock: Clock,
) -> tuple[tuple[Autoresponder, str] | None, tuple[TrailEntry, ...]]:
    """Return the first that fits with its text filled in, and the trail of those considered; `given`: when the phone last got which."""
    trail: list[TrailEntry] = []
    for one in asked:
        text = fill(one.text, values)
        reason = out_of_period(one.starts_at, one.ends_at, now) or unmet(one.condition, sender, one.keyword_id, now, clock, number_id)
        if reason is None and one.condition.standing is not Standing.OPTED_OUT and is_opted_out(sender, number_id):
            reason = SkipReason.OPTED_OUT
        if reason is None and one.once is not None and one.id in given and given[one.id] > now - one.once:
            reason = SkipReason.ONCE
        if reason is None and not text.strip():
            reason = SkipReason.NO_TEXT
        about: dict[str, str | int] = {"name": one.name, "autoresponder_id": one.id}
        if reason is None:
            return (one, text), (*trail, TrailEntry(TrailStep.AUTORESPONDER, about))
        trail.append(TrailEntry(TrailStep.AUTORESPONDER_SKIPPED, about | {"reason": reason.value}))
    return None, tuple(trail)


def _keyword_of(match: Match, decision: Decision) -> Rule | None:
    """Find a rule of the keyword that matched: the one that fired, else the best that might have; not of one that is paused."""
    able = [rule for rule in match.rules if rule.keyword_id is not None and rule.refusal in _ABLE]
    return next((rule for rule in able if rule.id == decision.rule_id), able[0] if able else None)


def _once_decided(sender: SenderState, actions: Iterable[Action]) -> SenderState:
    """Return the sender without the opt-outs that the message ends, so that who signs up again is answered."""
    lifted = {(one.scope, one.target_id) for one in actions if isinstance(one, LiftOptOut)}
    return replace(sender, opt_outs=sender.opt_outs - lifted) if lifted else sender


def _ceiling(match: Match, rule_id: int | None) -> int | None:
    return next((rule.ceiling for rule in match.rules if rule.id == rule_id), None)


def _without_reply(decision: Decision, *steps: TrailEntry, also: Action | None = None) -> Decision:
    """Leave the reply out, and the question it would have asked; say why where it would have been said."""
    kept = [one for one in decision.actions if not isinstance(one, (SendReply, AskBack))]
    trail: list[TrailEntry] = []
    for entry in decision.trail:
        if entry.step is TrailStep.REPLY:
            trail.extend(steps)
        elif entry.step is not TrailStep.ASKED_BACK:
            trail.append(entry)
    return replace(decision, actions=(*kept, also) if also is not None else tuple(kept), trail=tuple(trail))


def _not_taken(reason: SkipReason) -> TrailEntry:
    return TrailEntry(TrailStep.ACTION_NOT_TAKEN, {"action": _REPLY, "reason": reason.value})
