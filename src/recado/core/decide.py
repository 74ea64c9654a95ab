"""Saying what must happen because of a message: whose it is, which rule fires, which actions follow, and why.

Two steps, because the sender's state is loaded between them: `find_owner` needs the configuration alone, `decide` also the sender as the
owning account sees them. Neither knows the clock. How keywords match belongs to `keyword`, carrying actions out to `store.write`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from recado.core.action import Action, AddToGroup, OptOut, RemoveFromGroup, SendReply
from recado.core.answer import NO_ANSWERS, Answers, guarded, reply_values, with_autoresponder
from recado.core.asking import asked_back, closing
from recado.core.condition import Clock, unmet
from recado.core.consent import Consequences, consequences, keeps_silent, left_by, lifted_by
from recado.core.decision import Decision, Flag
from recado.core.fitting import first_fitting
from recado.core.handing_on import not_taken, only_forwards
from recado.core.keyword import matches, out_of_period
from recado.core.message import Encoding, InboundMessage
from recado.core.opt_out import Verdict
from recado.core.ownership import Match, find_owner
from recado.core.profile import NOBODY, Profile
from recado.core.question import Question, Says
from recado.core.reply import fill
from recado.core.resting import rest_text
from recado.core.routes import MatchKind, NumberRoutes, Routes, Rule, taken_step
from recado.core.sender import SenderState
from recado.core.taking_part import NO_PART, NO_PLAY, Part, Play, take_part
from recado.core.text import leading_tokens
from recado.core.trail import SkipReason, TrailEntry, TrailStep, prepared
from recado.core.what_was_asked import answer_before_asking_back, answer_to_what_was_asked, entrant_of

__all__ = ["Decision", "Flag", "Match", "decide", "explain", "find_owner"]

_RECEIVED = tuple((prepared(TrailStep.RECEIVED, encoding=encoding.name.lower(), parts=1),) for encoding in sorted(Encoding))
_INBOX_ONLY = prepared(TrailStep.INBOX_ONLY)
_BLOCKED = prepared(TrailStep.BLOCKED)
_NO_PROFILES: Mapping[int, Profile] = {}
_NOBODY_CONCERNED: Mapping[int, SenderState] = {}


def decide(
    message: InboundMessage,
    match: Match,
    sender: SenderState,
    now: datetime,
    sole_writer_account_id: int | None = None,
    profiles: Mapping[int, Profile] = _NO_PROFILES,
    concerned: Mapping[int, SenderState] = _NOBODY_CONCERNED,
    *,
    question: Question | None = None,
    is_answered: bool = False,
    answers: Answers = NO_ANSWERS,
    play: Play = NO_PLAY,
) -> Decision:
    """Say what must happen because of `message`. Same inputs, same decision.

    `sender` is how the account of `match` sees them, where there is none, the sole writer. `sole_writer_account_id` is the one account that
    wrote to them from this number within 7 days, looked up only where `match.awaits_sole_writer`. `concerned` are the accounts that write
    to them from this number, with how each sees them; asked only where `match.awaits_concerned`, else it is the owner, and the owner of
    `match.near`. `profiles` are those of `Routes`. `question` is the last one they were asked from this number, needed where `match.near`;
    what answers it has been through `answering`. Whether the phone `is_answered` already, told lately that a word rests, is asked only
    where `match.resting`. `answers` are the autoresponders of `Routes`, and what was answered to this phone before. `play` is what the
    sender can take part in, and what they were asked there.
    """
    trail = _received(message) + match.trail
    if match.near is not None:
        found = _about_question(message, match, sender, now, sole_writer_account_id, profiles, concerned, question, answers, trail, play)
    elif match.opt_out is not None and match.opt_out.verdict is Verdict.FLAG:
        flagged = TrailEntry(TrailStep.OPT_OUT_FLAGGED, {"word": match.opt_out.word})
        found = _decide(
            message, match, sender, now, sole_writer_account_id, profiles, concerned, is_answered, answers, (*trail, flagged), play
        )
        found = replace(found, flag=found.flag or Flag.OPT_OUT)
    else:
        found = _decide(message, match, sender, now, sole_writer_account_id, profiles, concerned, is_answered, answers, trail, play)
    return found if answers.past is None else guarded(found, message, match, now, profiles, answers.past)


def _decide(
    message: InboundMessage,
    match: Match,
    sender: SenderState,
    now: datetime,
    sole_writer_account_id: int | None,
    profiles: Mapping[int, Profile],
    concerned: Mapping[int, SenderState],
    is_answered: bool,
    answers: Answers,
    trail: tuple[TrailEntry, ...],
    play: Play,
) -> Decision:
    clock = profiles.get(match.account_id or 0, NOBODY).clock
    own = {match.account_id: sender} if match.account_id is not None else {}
    found = consequences(match, concerned or own, profiles)
    if match.account_id is not None and (sender.is_blocked or not match.is_active):
        return _noted(match, found, trail)
    if found is not None and match.opt_out is not None and match.opt_out.verdict is not Verdict.OPT_OUT:
        return _consented(match, found, trail)
    if found is None and play.asked:
        answered = answer_to_what_was_asked(message, match, sender, trail, now, clock, play)
        if answered is not None:
            return answered
    fired = _first_that_fits(message, match, sender, trail, now, clock, play)
    if found is not None:
        return fired if isinstance(fired, Decision) else _consented(match, found, trail)
    if isinstance(fired, Decision):
        decision = fired
    elif match.account_id is not None:
        decision = _without_rule(message, match, sender, now, clock, fired)
    else:
        decision = _unowned(match, trail, sole_writer_account_id, profiles, is_answered)
    if decision.account_id not in answers.autoresponders:
        return decision
    return with_autoresponder(decision, match, sender, now, profiles.get(decision.account_id or 0, NOBODY).clock, answers)


def _about_question(
    message: InboundMessage,
    match: Match,
    sender: SenderState,
    now: datetime,
    sole_writer_account_id: int | None,
    profiles: Mapping[int, Profile],
    concerned: Mapping[int, SenderState],
    question: Question | None,
    answers: Answers,
    trail: tuple[TrailEntry, ...],
    play: Play,
) -> Decision:
    """Take an answer as the keyword it stands for, ask about a keyword mistyped, or else do with the text what is done with any."""
    number_id = match.number.number_id if match.number else None
    if play.asked and not sender.is_blocked and match.is_active:
        clock = profiles.get(match.account_id or 0, NOBODY).clock
        answered = answer_before_asking_back(message, match, sender, trail, now, clock, play, question)
        if answered is not None:
            return answered
    close = closing(match)
    if close is not None and match.answer is not None and match.answer.to is not None:
        if match.answer.says is Says.NO:
            told = (*trail, _INBOX_ONLY) if match.account_id is not None else trail
            settled = match.account_id is None
            return Decision(match.account_id, number_id, None, None, "", (close,), told, match.routes_version, is_settled=settled)
        mistyped = replace(message, text=match.answer.to.text)
        decision = _decide(
            mistyped, match, sender, now, None, profiles, _NOBODY_CONCERNED, is_answered=False, answers=answers, trail=trail, play=play
        )
        return replace(decision, actions=(close, *decision.actions))
    near_id = match.near.account_id if match.near is not None else 0
    seen = sender if match.account_id == near_id else concerned.get(near_id)
    owner = match.account_id if match.account_id is not None else sole_writer_account_id
    asking = asked_back(match, seen, now, question, profiles, is_ours=owner is None) if sole_writer_account_id in {None, near_id} else ()
    if not asking:
        return _decide(message, match, sender, now, sole_writer_account_id, profiles, _NOBODY_CONCERNED, False, answers, trail, play)
    steps = tuple(map(taken_step, asking))
    if match.account_id is None:
        unowned = _unowned(match, trail, sole_writer_account_id, profiles, is_answered=False)
        return replace(unowned, actions=asking, trail=unowned.trail + steps)
    # Whoever has every message of their number handed on gets this one, too.
    rule = first_fitting(match.rules, sender, now, profiles.get(match.account_id, NOBODY).clock, number_id)
    forwards, handed = only_forwards(rule, SkipReason.ASKED_BACK)
    rule_id = rule.id if rule is not None and forwards else None
    return Decision(match.account_id, number_id, None, rule_id, "", (*asking, *forwards), trail + steps + handed, match.routes_version)


def _first_that_fits(
    message: InboundMessage, match: Match, sender: SenderState, trail: tuple[TrailEntry, ...], now: datetime, clock: Clock, play: Play
) -> "Decision | tuple[TrailEntry, ...]":
    """Let the first rule act that fits the moment and the sender; else return the trail with what kept each from it."""
    number_id = match.number.number_id if match.number is not None else None
    for rule in match.rules:
        reason = rule.refusal or out_of_period(rule.starts_at, rule.ends_at, now)
        if reason is None and rule.narrowness:
            reason = unmet(rule.condition, sender, rule.keyword_id, now, clock, number_id)
        if reason is None:
            return _fire(message, match, rule, sender, trail, now, clock, play)
        trail += _refused(rule, reason)
    return trail


def explain(
    message: InboundMessage, routes: Routes, sender: SenderState, now: datetime, sole_writer_account_id: int | None = None
) -> Decision:
    """Do both steps at once, for a dry run; `sender` as the account sees them that is expected to own the message."""
    match = find_owner(routes, message.sender, message.recipient, message.text, now)
    concerned = {match.near.account_id: sender} if match.near is not None else _NOBODY_CONCERNED
    return decide(message, match, sender, now, sole_writer_account_id, routes.profiles, concerned, answers=Answers(routes.autoresponders))


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


def _noted(match: Match, found: Consequences | None, trail: tuple[TrailEntry, ...]) -> Decision:
    """Keep a message of a blocked sender or on a suspended number; all that follows is that an opt-out is noted, without an answer."""
    number_id = match.number.number_id if match.number else None
    keyword_id = match.keyword.keyword_id if match.keyword else None
    actions = tuple(action for action in found.actions if isinstance(action, OptOut)) if found is not None else ()
    told = (*trail, *((_BLOCKED,) if match.is_active else ()), *map(taken_step, actions))
    flag = Flag.BLOCKED if match.is_active else Flag.NONE
    return Decision(match.account_id, number_id, keyword_id, None, "", actions, told, match.routes_version, flag)


def _consented(match: Match, found: Consequences, trail: tuple[TrailEntry, ...]) -> Decision:
    number_id = match.number.number_id if match.number else None
    owner = match.account_id if match.account_id is not None else found.account_id
    told = trail + found.steps
    return Decision(owner, number_id, found.keyword_id, None, "", found.actions, told, match.routes_version, is_settled=found.is_settled)


def _unowned(
    match: Match,
    trail: tuple[TrailEntry, ...],
    sole_writer_account_id: int | None,
    profiles: Mapping[int, Profile],
    is_answered: bool,
) -> Decision:
    """Keep nobody's message, unless it can only be an answer to one account; whoever sent a resting word is told so."""
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
    actions: tuple[Action, ...] = ()
    if match.resting is not None:
        trail += (TrailEntry(TrailStep.WORD_RESTS, {"word": match.resting.word}),)
        reply = SendReply(rest_text(profiles.get(match.resting.account_id, NOBODY).language), is_ours=True)
        actions = () if is_answered else (reply,)
        trail += (not_taken(reply, SkipReason.ANSWERED_LATELY) if is_answered else taken_step(reply),)
    return Decision(None, number.number_id, None, None, "", actions, trail, match.routes_version)


def _fire(
    message: InboundMessage,
    match: Match,
    rule: Rule,
    sender: SenderState,
    trail: tuple[TrailEntry, ...],
    now: datetime,
    clock: Clock,
    play: Play,
) -> Decision:
    """Take the actions of a rule."""
    argument = "" if rule.kind is MatchKind.PHRASE else _argument(message.text, match, rule.length)
    actions, steps = rule.actions, rule.steps
    number_id = match.number.number_id if match.number else None
    if rule.needs_filling or rule.is_personal or sender.opt_outs or not rule.group_ids.isdisjoint(sender.groups):
        said = message.text if rule.keyword_id is None or rule.kind is MatchKind.PHRASE else argument
        part = take_part(rule.actions, play, entrant_of(message, match, sender, now, clock, rule, said)) if rule.activities else NO_PART
        actions, steps = _for_this_sender(rule, sender, match.number, argument, now, clock, part)
    return Decision(match.account_id, number_id, rule.keyword_id, rule.id, argument, actions, trail + steps, match.routes_version)


def _for_this_sender(
    rule: Rule, sender: SenderState, number: NumberRoutes | None, argument: str, now: datetime, clock: Clock, part: Part
) -> tuple[tuple[Action, ...], tuple[TrailEntry, ...]]:
    """Fill replies, leave out what has no effect on this sender, comes too late or is not wanted, and note what this does to opt-outs."""
    group = next((action.group_name for action in rule.actions if isinstance(action, AddToGroup)), "")
    number_id, digits = (number.number_id, number.digits) if number is not None else (None, "")
    values = {**reply_values(rule.word, argument, group, sender, digits, now, clock), **part.values}
    actions: list[Action] = []
    steps = [rule.steps[0]]
    for action in _with_reply(rule.actions, part):
        if action in part.steps:
            steps.extend(part.steps[action])
            done = part.actions[action]
            actions.extend(() if done is None else (done,))
            continue
        taken: Action = action
        if isinstance(action, SendReply):
            taken = replace(action, text=fill(action.text, values), is_owed=part.is_owed)
        silent = isinstance(action, SendReply) and keeps_silent(rule, sender, number_id)
        idle = not_taken(action, SkipReason.OPTED_OUT) if silent else _idle(taken, sender, now)
        if idle is None:
            actions.append(taken)
        steps.append(idle or taken_step(taken))
    about_consent = (*lifted_by(rule, sender, number_id), *left_by(rule, sender))
    return (*actions, *about_consent), (*steps, *map(taken_step, about_consent))


def _with_reply(actions: tuple[Action, ...], part: Part) -> tuple[Action, ...]:
    """Put the reply of what people take part in in the place of the rule's; behind everything else where the rule has none."""
    if part.reply is None:
        return actions
    others = tuple(action for action in actions if not isinstance(action, SendReply))
    return (*others, SendReply(part.reply, survey_id=part.survey_id)) if part.reply else others


def _idle(action: Action, sender: SenderState, now: datetime) -> TrailEntry | None:
    """Say why an action would do nothing; None where it does something."""
    if isinstance(action, AddToGroup):
        if action.until is not None and action.until <= now:
            return not_taken(action, SkipReason.OVER)
        if sender.is_in(action):
            return TrailEntry(TrailStep.ALREADY_IN_GROUP, {"group": action.group_name, "group_id": action.group_id})
    elif isinstance(action, RemoveFromGroup):
        if action.group_id not in sender.groups:
            return TrailEntry(TrailStep.NOT_IN_GROUP, {"group": action.group_name, "group_id": action.group_id})
    elif isinstance(action, SendReply) and not action.text.strip():
        return not_taken(action, SkipReason.NO_TEXT)
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
    rule = _followed_rule(match, sender, now, clock)
    forwards, steps = only_forwards(rule, SkipReason.TEXT_FOLLOWS)
    trail += steps
    rule_id = rule.id if rule is not None and forwards else None
    kept = trail if forwards else (*trail, _INBOX_ONLY)
    return Decision(match.account_id, number_id, keyword.keyword_id, rule_id, argument, forwards, kept, match.routes_version)


def _followed_rule(match: Match, sender: SenderState, now: datetime, clock: Clock) -> Rule | None:
    """Find the rule that would have fired, had the text been the keyword alone."""
    keyword = match.keyword
    if keyword is None or matches(keyword, match.token_count == len(keyword.tokens)):
        return None
    return first_fitting(keyword.rules, sender, now, clock, match.number.number_id if match.number is not None else None)


def _argument(text: str, match: Match, length: int) -> str:
    """Return what follows the first `length` tokens, as typed."""
    if not 0 < length < match.token_count:
        return ""
    return text[leading_tokens(text, length)[1][length - 1] :].strip()


def _refused(rule: Rule, reason: SkipReason) -> tuple[TrailEntry, ...]:
    """Say why a rule did not fire; where the number's kind or the plan forbids it, say so for each of its actions."""
    skipped = TrailEntry(TrailStep.RULE_SKIPPED, {"keyword": rule.word, "rule_id": rule.id, "reason": reason.value})
    if reason not in {SkipReason.NUMBER_KIND, SkipReason.PLAN}:
        return (skipped,)
    return (skipped, *(not_taken(action, reason) for action in rule.actions))
