"""What would be sent to a forward, while it is being made: a call, the subject of a mail, what a phone costs.

What belongs here: shapes of the preview and gathering it. What does not: filling in (`apps.outbox.call_preview`, `mail_preview`).
"""

from typing import Annotated, Literal

from django.utils import timezone, translation
from ninja import Schema
from pydantic import ConfigDict, Field

from recado.api.v1.forward_shapes import ForwardMethod, ForwardPhoneForm, Subject, Url
from recado.apps.accounts.models import Account
from recado.apps.inbox.forward_costs import would_have_cost
from recado.apps.outbox.call_preview import filled
from recado.apps.outbox.destinations import estimate_phone
from recado.apps.outbox.mail_preview import shown_subject
from recado.apps.outbox.samples import sample_of


class UrlPreviewIn(Schema):
    """A web address as it is being written."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["url"]
    url: Url
    method: ForwardMethod = ForwardMethod.GET
    phone_form: ForwardPhoneForm = ForwardPhoneForm.DIGITS


class EmailPreviewIn(Schema):
    """The subject of a mail as it is being written."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["email"]
    subject: Subject


class PhonePreviewIn(Schema):
    """A phone, whichever."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["phone"]


ForwardPreviewIn = Annotated[UrlPreviewIn | EmailPreviewIn | PhonePreviewIn, Field(discriminator="kind")]


class ForwardPreviewOut(Schema):
    """What would be sent; what does not belong to the kind is null."""

    method: str | None = None
    url: str | None = None
    body: str | None = None
    subject: str | None = None
    unknown: list[str] = Field(default_factory=list, description="Places that nothing is filled in for.")
    per_segment: int | None = Field(default=None, description="What a part of a text costs, in minor units net of VAT.")
    message_count: int | None = Field(default=None, description="What came within the last 30 days …")
    would_have_cost: int | None = Field(default=None, description="… and what forwarding all of it to a phone would have cost.")


def preview_of(account: Account, asked: ForwardPreviewIn) -> ForwardPreviewOut:
    """Fill a sample message in, in the account's language and time."""
    now = timezone.now()
    if isinstance(asked, PhonePreviewIn):
        past = would_have_cost(account, now)
        per_segment = estimate_phone(account, now=now).per_segment
        return ForwardPreviewOut(per_segment=per_segment, message_count=past.message_count, would_have_cost=past.cost)
    with translation.override(account.language), timezone.override(account.zone):
        sample = sample_of(account)
        if isinstance(asked, EmailPreviewIn):
            mail = shown_subject(account, asked.subject, sample)
            return ForwardPreviewOut(subject=mail.line, unknown=list(mail.unknown))
        call = filled(asked.method, asked.url, now, **sample, phone_form=asked.phone_form)
        return ForwardPreviewOut(method=call.method, url=call.url, body=call.body, unknown=list(call.unknown))
