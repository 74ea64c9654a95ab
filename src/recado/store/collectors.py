"""What each action of a decision writes: one collector for each type, which adds rows to those of a group.

What belongs here: from action to rows. What does not: whether an action is taken (`core.decide`), the order of tables and the statements
(`write`).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from recado.core.action import (
    ACTIVITIES,
    Action,
    Activity,
    AddToGroup,
    AskBack,
    CloseQuestion,
    Forward,
    ForwardToEmail,
    ForwardToPhone,
    ForwardToUrl,
    LiftOptOut,
    OptOut,
    RemoveFromGroup,
    Scope,
    SendReply,
    TripBreaker,
)
from recado.core.decide import Decision
from recado.core.message import InboundMessage
from recado.core.question import Question
from recado.core.trail import TrailStep, prepared
from recado.store.charging import charge_state

if TYPE_CHECKING:
    from recado.store.write import Rows

ReplyFrom: TypeAlias = tuple[str, int | None]
JOB_KINDS: dict[type[Forward], str] = {ForwardToUrl: "forward_url", ForwardToEmail: "forward_email", ForwardToPhone: "forward_phone"}
"""What kind of job each forward becomes; words of `apps.outbox.models.JobKind`."""


def _add_to_group(
    rows: "Rows", message: InboundMessage, decision: Decision, dialogue_id: int | None, _reply_from: ReplyFrom, action: AddToGroup
) -> None:
    known = rows.known
    if action.group_id not in known.groups or decision.account_id is None:
        return
    person = (decision.account_id, message.sender)
    contact_id = known.contacts.get(person)
    if contact_id is None:
        contact_id = known.contacts[person] = next(rows.ids)
        rows.contacts.append((contact_id, *person, rows.now))
        rows.set_contact(dialogue_id, contact_id)
    known.memberships.setdefault(contact_id, {})[action.group_id] = action.until
    place = (action.group_id, contact_id)
    rows.leaving.pop(place, None)
    ends_at = None if action.until is None else rows.stamp(action.until)
    rows.memberships[place] = (next(rows.ids), *place, rows.now, message.id, decision.keyword_id, ends_at)
    rows.consent("joined", message, decision, action.group_id)


def _remove_from_group(
    rows: "Rows", message: InboundMessage, decision: Decision, _dialogue_id: int | None, _reply_from: ReplyFrom, action: RemoveFromGroup
) -> None:
    contact_id = rows.known.contacts.get((decision.account_id or 0, message.sender))
    if contact_id is None or action.group_id not in rows.known.memberships.get(contact_id, {}):
        return
    del rows.known.memberships[contact_id][action.group_id]
    place = (action.group_id, contact_id)
    rows.memberships.pop(place, None)
    rows.leaving[place] = None
    rows.consent("left", message, decision, action.group_id)


def _send_reply(
    rows: "Rows", message: InboundMessage, decision: Decision, dialogue_id: int | None, reply_from: ReplyFrom, action: SendReply
) -> None:
    outbound_id = next(rows.ids)
    account_id = None if action.is_ours else decision.account_id
    digits, connection_id = reply_from
    charge = action.charge
    cost = 0 if charge is None else charge.cost
    is_of_rule = not (action.is_ours or action.is_direct or action.autoresponder_id is not None or action.survey_id is not None)
    rows.outbound.append(
        (
            outbound_id,
            account_id,
            decision.number_id,
            connection_id,
            dialogue_id,
            digits,
            message.sender,
            action.text,
            message.id,
            decision.rule_id if is_of_rule else None,
            action.autoresponder_id,
            action.survey_id,
            1 if charge is None else charge.segment_count,
            cost,
            charge_state(cost, account_id),
            message.is_test,
            rows.now,
        )
    )
    if charge is not None:
        rows.count_answer(account_id, charge)
    if cost and account_id is not None:
        rows.costs[account_id] = rows.costs.get(account_id, 0) + cost
    rows.known.answered.note_reply(account_id, (message.sender, message.is_test), action, rows.read_at)
    rows.jobs.append((next(rows.ids), account_id, "submit", message.id, outbound_id, None, rows.now, rows.now))
    rows.count_reply(dialogue_id)


def _opt_out(
    rows: "Rows", message: InboundMessage, decision: Decision, _dialogue_id: int | None, _reply_from: ReplyFrom, action: OptOut
) -> None:
    rows.known.note_opt_out(action.account_id, message.sender, (action.scope, action.target_id))
    key = (action.account_id, message.sender, action.scope.value, action.target_id)
    rows.opt_outs[key] = (next(rows.ids), *key, decision.number_id, message.id, message.text, rows.now)
    group_id = action.target_id if action.scope is Scope.GROUP else None
    rows.consent("opted_out", message, decision, group_id, action.account_id)


def _lift_opt_out(
    rows: "Rows", message: InboundMessage, decision: Decision, _dialogue_id: int | None, _reply_from: ReplyFrom, action: LiftOptOut
) -> None:
    rows.known.forget_opt_out(action.account_id, message.sender, (action.scope, action.target_id))
    key = (action.account_id, message.sender, action.scope.value, action.target_id)
    begun = rows.opt_outs.pop(key, None)
    if begun is None:
        rows.lifted[key] = None
    else:
        rows.ended_opt_outs.append(begun)
    group_id = action.target_id if action.scope is Scope.GROUP else None
    rows.consent("opted_in", message, decision, group_id, action.account_id)


def _forward(
    rows: "Rows", message: InboundMessage, decision: Decision, _dialogue_id: int | None, _reply_from: ReplyFrom, action: Forward
) -> None:
    kind = JOB_KINDS[type(action)]
    rows.jobs.append((next(rows.ids), decision.account_id, kind, message.id, None, action.destination_id, rows.now, rows.now))


def _ask_back(
    rows: "Rows", message: InboundMessage, decision: Decision, _dialogue_id: int | None, _reply_from: ReplyFrom, action: AskBack
) -> None:
    key = (decision.number_id or 0, message.sender)
    about = (action.account_id, action.keyword_id, message.id, message.text)
    rows.known.questions[key] = Question(*about, rows.read_at)
    rows.questions[key] = [next(rows.ids), about[0], *key, *about[1:], rows.now, None]


def _close_question(
    rows: "Rows", message: InboundMessage, decision: Decision, dialogue_id: int | None, _reply_from: ReplyFrom, action: CloseQuestion
) -> None:
    key = (decision.number_id or 0, message.sender)
    rows.known.questions[key] = replace(rows.known.questions[key], is_open=False)
    asked_now = rows.questions.get(key)
    if asked_now is None:
        rows.answered[key] = None
    else:
        asked_now[-1] = rows.now
    if action.hands_over and decision.account_id is not None:
        step = prepared(TrailStep.HANDED_OVER, keyword=action.word)
        rows.handed_over.append((decision.account_id, dialogue_id, step.encoded, action.message_id))


def _trip_breaker(
    rows: "Rows", message: InboundMessage, decision: Decision, _dialogue_id: int | None, _reply_from: ReplyFrom, action: TripBreaker
) -> None:
    about = (action.account_id, decision.number_id, action.rule_id, action.autoresponder_id, message.sender, action.reason.value)
    rows.trips.append((next(rows.ids), *about, message.id, message.is_test, rows.now, rows.stamp(action.until)))
    if action.charge is not None:
        rows.count_answer(action.account_id, action.charge)
    rows.known.answered.note_trip((message.sender, message.is_test), action)


def _take_part(
    rows: "Rows", message: InboundMessage, decision: Decision, dialogue_id: int | None, _reply_from: ReplyFrom, action: Activity
) -> None:
    rows.known.activities.collect(rows, message, decision, dialogue_id, action)


COLLECTORS: dict[type[Action], Callable[["Rows", InboundMessage, Decision, int | None, ReplyFrom, Any], None]] = {
    AddToGroup: _add_to_group,
    RemoveFromGroup: _remove_from_group,
    OptOut: _opt_out,
    LiftOptOut: _lift_opt_out,
    SendReply: _send_reply,
    ForwardToUrl: _forward,
    ForwardToEmail: _forward,
    ForwardToPhone: _forward,
    AskBack: _ask_back,
    CloseQuestion: _close_question,
    TripBreaker: _trip_breaker,
    **dict.fromkeys(ACTIVITIES, _take_part),
}
"""What each action writes; every member of `core.action.Action` has its line."""
