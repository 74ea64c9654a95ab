"""The way of forwards from JSON to `DestinationContent` and back, and sentences for what is wrong.

What belongs here: reading and writing one. What does not: shapes (`forward_shapes`), checks (`apps.outbox.destinations`).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import TextChoices

from recado.api.v1.auth import ProgramRequest
from recado.api.v1.forward_shapes import (
    EmailForwardIn,
    ForwardCost,
    ForwardFormat,
    ForwardHealth,
    ForwardIn,
    ForwardKind,
    ForwardMethod,
    ForwardOut,
    ForwardPatch,
    ForwardPhoneForm,
    ForwardSignature,
    ForwardUse,
    PhoneForwardIn,
    UrlForwardIn,
    WebhookForwardIn,
)
from recado.api.v1.problems import Problem, invalid
from recado.api.v1.shapes import phone_out
from recado.apps.accounts.scopes import Scope, may
from recado.apps.outbox.deliveries import Health
from recado.apps.outbox.destinations import DestinationContent, DestinationError, DestinationProblem, DestinationUse, PhoneEstimate
from recado.apps.outbox.destinations.facts import address_of
from recado.apps.outbox.models import Destination
from recado.apps.outbox.standing import standing_of
from recado.core.pausing import PauseReason

Kind = Destination.Kind
SHOWN_OF: Mapping[str, tuple[str, ...]] = {
    Kind.URL: ("url", "method", "phone_form", "takes_replies"),
    Kind.WEBHOOK: ("url", "format", "signature", "header_names", "batch_limit", "takes_replies"),
    Kind.EMAIL: ("email", "subject", "has_attachments"),
    Kind.PHONE: ("phone", "daily_limit", "confirmed_at"),
    Kind.RECEIPTS: ("url", "method"),
}
TAKEN_BY: Mapping[str, frozenset[str]] = {
    Kind.URL: frozenset(UrlForwardIn.model_fields) - {"kind"},
    Kind.WEBHOOK: frozenset(WebhookForwardIn.model_fields) - {"kind"},
    Kind.EMAIL: frozenset(EmailForwardIn.model_fields) - {"kind"},
    Kind.PHONE: frozenset(PhoneForwardIn.model_fields) - {"kind"},
}
_INSIDE = {"format": "body", "phone": "msisdn"}
"""Fields that are called otherwise inside."""
_CHOICES: Mapping[str, type[TextChoices]] = {
    "method": Destination.Method,
    "phone_form": Destination.PhoneForm,
    "format": Destination.Body,
    "signature": Destination.Signature,
}
"""Choices are those of the model inside."""
_OUTSIDE = {inside: outside for outside, inside in _INSIDE.items()}
_WRONG: Mapping[DestinationProblem, str] = {
    DestinationProblem.NAME_TOO_LONG: "has at most 80 characters",
    DestinationProblem.URL: "must be a full address that begins with http:// or https:// and has no spaces",
    DestinationProblem.URL_TOO_LONG: "has at most 2000 characters",
    DestinationProblem.HEADER_NAME: "`{value}` cannot be the name of a header",
    DestinationProblem.HEADER_OURS: "the header `{value}` is set by Recado itself; leave it out",
    DestinationProblem.HEADER_VALUE: "the value of the header `{value}` is too long or has characters no header can have",
    DestinationProblem.TOO_MANY_HEADERS: "has at most 20 headers",
    DestinationProblem.BATCH: "must be 1 to 100",
    DestinationProblem.EMAIL: "must be an e-mail address such as office@shop.example",
    DestinationProblem.SUBJECT: "must be one line of at most 200 characters",
    DestinationProblem.PLACE: "nothing is filled in for {{{value}}}",
    DestinationProblem.PHONE: "is no phone number; write it as +48500600700",
    DestinationProblem.OWN_NUMBER: "receives messages here: what goes there would come back",
    DestinationProblem.DAILY_LIMIT: "must be 1 to 10000",
    DestinationProblem.KIND: "the kind of a forward cannot be changed; make a new one",
}


def content_from(body: ForwardIn) -> DestinationContent:
    """Read what makes a forward."""
    given = body.model_dump()
    return DestinationContent(kind=Kind(given.pop("kind")), **_inside(given))


def changed_by(content: DestinationContent, patch: ForwardPatch) -> DestinationContent:
    """Return what a forward is after a change; raise Problem for a field its kind does not have."""
    given = patch.model_dump(exclude_unset=True)
    strange = [name for name in given if name not in TAKEN_BY[content.kind]]
    if strange:
        raise invalid(f"body.{strange[0]}", f"a forward of the kind {content.kind} has no such field")
    return replace(content, **_inside(given))


def refused(error: DestinationError) -> Problem:
    """Name every field that is wrong."""
    wrong = [(f"body.{_OUTSIDE.get(one.field, one.field)}", _WRONG[one.reason].format(value=one.value)) for one in error.problems]
    problem = invalid(*wrong[0])
    problem.errors = [{"field": field, "message": message} for field, message in wrong]
    return problem


def shown(request: ProgramRequest, found: Destination, health: Health, uses: list[DestinationUse]) -> ForwardOut:
    """Write a forward."""
    every: dict[str, Any] = {
        "url": found.url if may(request.auth, Scope.FORWARDS_WRITE) else None,
        "method": ForwardMethod(found.method),
        "phone_form": ForwardPhoneForm(found.phone_form),
        "takes_replies": found.takes_replies,
        "format": ForwardFormat(found.body),
        "signature": ForwardSignature(found.signature),
        "header_names": list(found.headers),
        "batch_limit": found.batch_limit,
        "email": found.email,
        "subject": found.subject,
        "has_attachments": found.has_attachments,
        "phone": phone_out(found.msisdn),
        "daily_limit": found.daily_limit,
        "confirmed_at": found.confirmed_at,
    }
    of_kind = SHOWN_OF[found.kind]
    return ForwardOut(
        id=found.pk,
        kind=ForwardKind(found.kind),
        name=found.name,
        address=address_of(found),
        standing=standing_of(found, has_delivered=health.done > 0),
        is_enabled=found.is_enabled,
        created_at=found.created_at,
        succeeded_at=found.succeeded_at,
        failing_since=found.failing_since,
        failed_attempts=found.failed_attempts,
        paused_at=found.paused_at,
        pause_reason=_pause_reason(found),
        health=ForwardHealth(
            delivered=health.done,
            given_up=health.failed,
            waiting=health.waiting,
            is_complete=health.is_counted and health.is_waiting_counted,
            median_ms=health.median_ms,
        ),
        uses=[_use(one) for one in uses],
        cost=None,
        **{name: value if name in of_kind else None for name, value in every.items()},
    )


def cost_of(estimate: PhoneEstimate) -> ForwardCost:
    """Write what a phone costs."""
    return ForwardCost(
        per_segment=estimate.per_segment,
        cost=estimate.cost,
        message_count=estimate.message_count,
        segment_count=estimate.segment_count,
    )


def _inside(given: Mapping[str, Any]) -> dict[str, Any]:
    found = {_INSIDE.get(name, name): _CHOICES[name](value) if name in _CHOICES else value for name, value in given.items()}
    if "msisdn" in found:
        found["msisdn"] = f"+{found['msisdn']}"  # else a short one of another country would be read as one of ours
    return found


def _pause_reason(found: Destination) -> PauseReason | None:
    if found.paused_at is None:
        return None
    return PauseReason(found.pause_reason) if found.pause_reason in set(PauseReason) else PauseReason.BY_HAND


def _use(one: DestinationUse) -> ForwardUse:
    return ForwardUse(
        rule_id=one.rule_id,
        is_enabled=one.is_enabled,
        number_id=one.number_id,
        number=phone_out(one.digits),
        keyword_id=one.keyword_id,
        keyword=one.word,
    )
