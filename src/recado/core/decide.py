"""Saying what must happen because of a message: whose it is, which rule fires, which actions follow, and why.

Two steps, because the sender's state is loaded between them: `find_owner` needs the configuration alone, `decide` also the sender as the
owning account sees them. Neither knows the clock. How keywords match belongs to `keyword`, carrying actions out to `store.write`.
"""

from dataclasses import dataclass
from datetime import datetime

from recado.core.action import ACTION_NAMES, FORWARDS, Action, AddToGroup, RemoveFromGroup, SendReply
from recado.core.condition import UTC_CLOCK, Clock, unmet
from recado.core.keyword import matches, out_of_period
from recado.core.message import Encoding, InboundMessage
from recado.core.ownership import Match, find_owner
from recado.core.reply import fill
from recado.core.routes import MatchKind, Routes, Rule, taken_step
from recado.core.sender import SenderState
from recado.core.trail import SkipReason, TrailEntry, TrailStep, prepared

__all__ = ["Decision", "Match", "decide", "explain", "find_owner"]

_RECEIVED = tuple((prepared(TrailStep.RECEIVED, encoding=encoding.name.lower(), parts=1),) for encoding in sorted(Encoding))
_INBOX_ONLY = prepared(TrailStep.INBOX_ONLY)


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything that must happen because of one message."""

    account_id: int | None
    """None: nobody's message, kept for the operator."""
    number_id: int | None
    keyword_id: int | None
    rule_id: int | None
    """The rule that acted."""
    argument: str
    """What followed the keyword, as typed."""
    actions: tuple[Action, ...]
    trail: tuple[TrailEntry, ...]
    routes_version: int


def decide(
    message: InboundMessage,
    match: Match,
    sender: SenderState,
    now: datetime,
    sole_writer_account_id: int | None = None,
    clock: Clock = UTC_CLOCK,
) -> Decision:
    """Say what must happen because of `message`. Same inputs, same decision.

    `sender` is how the account of `match` sees them. `sole_writer_account_id` is the one account that wrote to them from this number
    within 7 days, looked up only where `match.awaits_sole_writer`. `clock` is how the account of `match` reads the time.
    """
    trail = _received(message) + match.trail
    if match.account_id is None:
        return _unowned(match, trail, sole_writer_account_id)
    for rule in match.rules:
        reason = rule.refusal or out_of_period(rule.starts_at, rule.ends_at, now)
        if reason is None and rule.narrowness:
            reason = unmet(rule.condition, sender, rule.keyword_id, now, clock)
        if reason is None:
            return _fire(message, match, rule, sender, trail, now, clock)
        trail += _refused(rule, reason)
    return _without_rule(message, match, sender, now, clock, trail)


def explain(
    message: InboundMessage, routes: Routes, sender: SenderState, now: datetime, sole_writer_account_id: int | None = None
) -> Decision:
    """Do both steps at once, for a dry run; `sender` as the account sees them that is expected to own the message."""
    match = find_owner(routes, message.sender, message.recipient, message.text, now)
    return decide(message, match, sender, now, sole_writer_account_id, routes.clock(match.account_id))


def _received(message: InboundMessage) -> tuple[TrailEntry, ...]:
    """Say how the message came."""
    if message.parts_total == 1 and not message.flags:
        return _RECEIVED[message.encoding]
    values: dict[str, str | int] = {"encoding": message.encoding.name.lower(), "parts": message.parts_received}
    entries = [TrailEntry(TrailStep.RECEIVED, values)]
    if not message.is_complete:
        entries.append(TrailEntry(TrailStep.INCOMPLETE, {"received": message.parts_received, "total": message.parts_total}))
    elif message.parts_total > 1:
        entries.append(TrailEntry(TrailStep.JOINED, {"parts": message.parts_total}))
    return (*entries, *(TrailEntry(TrailStep.FLAGGED, {"flag": flag}) for flag in message.flags))


def _unowned(match: Match, trail: tuple[TrailEntry, ...], sole_writer_account_id: int | None) -> Decision:
    """Keep nobody's message, unless it can only be an answer to one account."""
    number = match.number
    if number is None or not match.is_active:
        return Decision(None, number.number_id if number else None, None, None, "", (), trail, match.routes_version)
    values: dict[str, str | int] = {"number": number.digits}
    if sole_writer_account_id is not None and match.awaits_sole_writer:
        # Why keywords of other accounts were passed over is not this one's business.
        told = tuple(entry for entry in trail if entry.step is not TrailStep.RULE_SKIPPED)
        told += (TrailEntry(TrailStep.REPLY_TO_SOLE_WRITER, values), _INBOX_ONLY)
        return Decision(sole_writer_account_id, number.number_id, None, None, "", (), told, match.routes_version)
    trail += (TrailEntry(TrailStep.UNMATCHED, values),)
    for rule in number.defaults:
        trail += _refused(rule, rule.refusal or SkipReason.NUMBER_KIND)
    return Decision(None, number.number_id, None, None, "", (), trail, match.routes_version)


def _fire(
    message: InboundMessage, match: Match, rule: Rule, sender: SenderState, trail: tuple[TrailEntry, ...], now: datetime, clock: Clock
) -> Decision:
    """Take the actions of a rule."""
    argument = "" if rule.kind is MatchKind.PHRASE else _argument(message.text, match, rule.length)
    actions, steps = rule.actions, rule.steps
    if rule.needs_filling or rule.is_personal or not rule.group_ids.isdisjoint(sender.groups):
        actions, steps = _for_this_sender(rule, sender, argument, now, clock)
    number_id = match.number.number_id if match.number else None
    return Decision(match.account_id, number_id, rule.keyword_id, rule.id, argument, actions, trail + steps, match.routes_version)


def _for_this_sender(
    rule: Rule, sender: SenderState, argument: str, now: datetime, clock: Clock
) -> tuple[tuple[Action, ...], tuple[TrailEntry, ...]]:
    """Fill replies, and leave out what has no effect on this sender or comes too late."""
    group = next((action.group_name for action in rule.actions if isinstance(action, AddToGroup)), "")
    values = {"keyword": rule.word, "argument": argument, "group": group, "date": clock.local(now).date().isoformat()}
    actions: list[Action] = []
    steps = [rule.steps[0]]
    for action in rule.actions:
        taken: Action = SendReply(fill(action.text, values)) if isinstance(action, SendReply) else action
        idle = _idle(taken, sender, now)
        if idle is None:
            actions.append(taken)
        steps.append(idle or taken_step(taken))
    return tuple(actions), tuple(steps)


def _idle(action: Action, sender: SenderState, now: datetime) -> TrailEntry | None:
    """Say why an action would do nothing; None where it does something."""
    if isinstance(action, AddToGroup):
        if action.until is not None and action.until <= now:
            return _not_taken(action, SkipReason.OVER)
        if sender.is_in(action):
            return TrailEntry(TrailStep.ALREADY_IN_GROUP, {"group": action.group_name, "group_id": action.group_id})
    elif isinstance(action, RemoveFromGroup):
        if action.group_id not in sender.groups:
            return TrailEntry(TrailStep.NOT_IN_GROUP, {"group": action.group_name, "group_id": action.group_id})
    elif isinstance(action, SendReply) and not action.text.strip():
        return _not_taken(action, SkipReason.NO_TEXT)
    return None


def _without_rule(
    message: InboundMessage, match: Match, sender: SenderState, now: datetime, clock: Clock, trail: tuple[TrailEntry, ...]
) -> Decision:
    """Keep the message for its owner; on a shared number, hand it on where only text after the keyword kept the rule from firing."""
    number_id = match.number.number_id if match.number else None
    keyword = match.keyword
    if keyword is None:
        kept = (*trail, _INBOX_ONLY) if match.is_active else trail
        return Decision(match.account_id, number_id, None, None, "", (), kept, match.routes_version)
    argument = "" if keyword.kind is MatchKind.PHRASE else _argument(message.text, match, len(keyword.tokens))
    forwards: tuple[Action, ...] = ()
    rule = _followed_rule(match, sender, now, clock)
    if rule is not None:
        forwards = tuple(action for action in rule.actions if isinstance(action, FORWARDS))
        trail += tuple(
            taken_step(action) if isinstance(action, FORWARDS) else _not_taken(action, SkipReason.TEXT_FOLLOWS) for action in rule.actions
        )
    rule_id = rule.id if rule is not None and forwards else None
    kept = trail if forwards else (*trail, _INBOX_ONLY)
    return Decision(match.account_id, number_id, keyword.keyword_id, rule_id, argument, forwards, kept, match.routes_version)


def _followed_rule(match: Match, sender: SenderState, now: datetime, clock: Clock) -> Rule | None:
    """Find the rule that would have fired, had the text been the keyword alone."""
    keyword = match.keyword
    if keyword is None or matches(keyword, len(match.ends) == len(keyword.tokens)):
        return None
    fitting = (
        rule
        for rule in keyword.rules
        if rule.refusal is None
        and out_of_period(rule.starts_at, rule.ends_at, now) is None
        and unmet(rule.condition, sender, rule.keyword_id, now, clock) is None
    )
    return next(fitting, None)


def _argument(text: str, match: Match, length: int) -> str:
    """Return what follows the first `length` tokens, as typed."""
    return text[match.ends[length - 1] :].strip() if 0 < length < len(match.ends) else ""


def _refused(rule: Rule, reason: SkipReason) -> tuple[TrailEntry, ...]:
    """Say why a rule did not fire; where the number's kind forbids it, say so for each of its actions."""
    skipped = TrailEntry(TrailStep.RULE_SKIPPED, {"keyword": rule.word, "rule_id": rule.id, "reason": reason.value})
    if reason is not SkipReason.NUMBER_KIND:
        return (skipped,)
    return (skipped, *(_not_taken(action, reason) for action in rule.actions))


def _not_taken(action: Action, reason: SkipReason) -> TrailEntry:
    return TrailEntry(TrailStep.ACTION_NOT_TAKEN, {"action": ACTION_NAMES[type(action)], "reason": reason.value})
