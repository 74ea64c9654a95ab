"""Forwards as JSON: what makes one, changes one, and how one is shown.

What belongs here: shapes; choices have names of their own, for in a description a name stands for one thing. What does not: their way
into `DestinationContent` and back (`forward_content`), routes (`forwards`).
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from recado.api.v1.shapes import PhoneIn, Text
from recado.apps.outbox.standing import ForwardStanding
from recado.core.pausing import PauseReason

Name = Annotated[Text, Field(max_length=80, description="Left out or empty: it is called after where it goes.")]
Url = Annotated[Text, Field(max_length=2000, examples=["https://shop.example/in?from=#NUMER#&text=#WIADOMOSC#"])]
Headers = Annotated[
    dict[Annotated[Text, Field(max_length=100)], Annotated[Text, Field(max_length=1000)]],
    Field(max_length=20, description="Own request headers, all of them; never shown again."),
]
BatchLimit = Annotated[int, Field(ge=1, le=100, description="Messages one call takes.")]
Email = Annotated[Text, Field(max_length=254, examples=["office@shop.example"])]
Subject = Annotated[Text, Field(max_length=200, description="With places such as {sender}; empty: the usual one.")]
DailyLimit = Annotated[int, Field(ge=1, le=10_000)]


class ForwardKind(StrEnum):
    """What a forward is; `receipts`: a place of delivery reports."""

    URL = "url"
    WEBHOOK = "webhook"
    EMAIL = "email"
    PHONE = "phone"
    RECEIPTS = "receipts"


class ForwardMethod(StrEnum):
    """How an address is called."""

    GET = "GET"
    POST = "POST"


class ForwardPhoneForm(StrEnum):
    """How phones are written into an address: `48604218377`, `+48604218377`, `604218377`."""

    DIGITS = "digits"
    PLUS = "plus"
    NATIONAL = "national"


class ForwardFormat(StrEnum):
    """What a webhook carries."""

    JSON = "json"
    XML = "xml"
    TWILIO = "twilio"


class ForwardSignature(StrEnum):
    """How a webhook is signed (Standard Webhooks); `twilio` bodies are signed as Twilio does."""

    HMAC = "hmac"
    ED25519 = "ed25519"


class UrlForwardIn(Schema):
    """A web address with placeholders, in the provider's style."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["url"]
    name: Name = ""
    url: Url
    method: ForwardMethod = ForwardMethod.GET
    phone_form: ForwardPhoneForm = ForwardPhoneForm.DIGITS
    takes_replies: bool = Field(False, description="Whether text below OK in its answer goes to the person; costs as much as an answer.")


class WebhookForwardIn(Schema):
    """A signed webhook."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["webhook"]
    name: Name = ""
    url: Url
    format: ForwardFormat = ForwardFormat.JSON
    signature: ForwardSignature = ForwardSignature.HMAC
    headers: Headers = Field(default_factory=dict)
    batch_limit: BatchLimit = 1
    takes_replies: bool = Field(False, description="Whether a reply in its answer goes to the person; costs as much as an answer.")


class EmailForwardIn(Schema):
    """An e-mail address."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["email"]
    name: Name = ""
    email: Email
    subject: Subject = ""
    has_attachments: bool = True


class PhoneForwardIn(Schema):
    """A phone; nothing goes there before it has agreed by a code."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["phone"]
    name: Name = ""
    phone: PhoneIn
    daily_limit: DailyLimit | None = Field(None, description="Messages a day; null: 100.")


ForwardIn = Annotated[UrlForwardIn | WebhookForwardIn | EmailForwardIn | PhoneForwardIn, Field(discriminator="kind")]


class ForwardPatch(Schema):
    """What to change; what is left out stays. The kind stays, and takes only the fields it is made with."""

    model_config = ConfigDict(extra="forbid")
    name: Name = ""
    url: Url = ""
    method: ForwardMethod = ForwardMethod.GET
    phone_form: ForwardPhoneForm = ForwardPhoneForm.DIGITS
    takes_replies: bool = False
    format: ForwardFormat = ForwardFormat.JSON
    signature: ForwardSignature = ForwardSignature.HMAC
    headers: Headers = Field(default_factory=dict)
    batch_limit: BatchLimit = 1
    email: Email = ""
    subject: Subject = ""
    has_attachments: bool = True
    phone: PhoneIn = ""
    daily_limit: DailyLimit | None = None


class ForwardHealth(Schema):
    """How its deliveries of the last 24 hours went."""

    delivered: int
    given_up: int
    waiting: int = Field(description="Whenever it began to wait.")
    is_complete: bool = Field(description="Whether all were counted: beyond 5000 there are at least so many.")
    median_ms: int | None = Field(description="How long it takes to answer; only where one forward is shown.")


class ForwardUse(Schema):
    """A rule that forwards there."""

    rule_id: int
    is_enabled: bool
    number_id: int
    number: str
    keyword_id: int | None = Field(description="Null: what the number does with everything else.")
    keyword: str


class ForwardCost(Schema):
    """What a phone costs, in minor units net of VAT."""

    per_segment: int
    cost: int = Field(description="Of the last 30 days.")
    message_count: int
    segment_count: int


class ForwardOut(Schema):
    """A forward; fields that its kind does not have are null."""

    id: int
    kind: ForwardKind
    name: str
    address: str = Field(description="Where it goes, in short.")
    standing: ForwardStanding
    is_enabled: bool
    created_at: datetime
    succeeded_at: datetime | None = Field(description="When something last arrived, to the minute.")
    failing_since: datetime | None
    failed_attempts: int
    paused_at: datetime | None
    pause_reason: PauseReason | None
    health: ForwardHealth
    uses: list[ForwardUse]
    url: str | None = Field(description="Only for keys that may change forwards: it can hold passwords.")
    method: ForwardMethod | None
    phone_form: ForwardPhoneForm | None
    takes_replies: bool | None
    format: ForwardFormat | None
    signature: ForwardSignature | None
    header_names: list[str] | None
    batch_limit: int | None
    email: str | None
    subject: str | None
    has_attachments: bool | None
    phone: str | None
    daily_limit: int | None
    confirmed_at: datetime | None = Field(description="When the phone agreed.")
    cost: ForwardCost | None = Field(description="Of a phone; only where one forward is shown.")


class ForwardWithSecret(ForwardOut):
    """A forward, and the secret it is signed with if one was made just now."""

    secret: str | None = Field(description="Shown this once; of a webhook that was made, or is signed in another way from now on.")
    public_key: str | None = Field(description="What verifies signatures of ed25519.")
