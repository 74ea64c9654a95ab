"""OutboundMessage with its segments, what pool numbers are used for, and receipts that nobody waits for."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account, User
from recado.apps.connections.models import Connection
from recado.apps.ids import GivenId
from recado.apps.numbers.models import Number
from recado.core.receipt import OutboundState


class Origin(models.TextChoices):
    """Who caused an outgoing message."""

    RULE = "rule", _("Automatic reply")
    AGENT = "agent", _("Written by a person")
    API = "api", _("Sent by a program")
    CAMPAIGN = "campaign", _("Group send")
    FORWARD = "forward", _("Forwarded to a phone")


class SendKind(models.TextChoices):
    """How a message leaves (product.md §9)."""

    FULL = "full", _("Own sender")
    """From a sender name or a number of the account."""
    ECO = "eco", _("ECO+")
    """From a pool number of the installation."""
    MMS = "mms", _("MMS")
    """With pictures and files, from a number of the account (`apps.mms`)."""


class ChargeState(models.TextChoices):
    """Where the money for an outgoing message is (product.md §10)."""

    NONE = "", _("Nothing to pay")
    """It costs nothing, or it is from before there was a ledger."""
    RESERVED = "reserved", _("Reserved")
    SETTLED = "settled", _("Paid")
    RELEASED = "released", _("Not charged")


class OutboundMessage(models.Model):
    """A message we send. The id is given by the application."""

    id = GivenId(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, null=True, db_constraint=False, db_index=False)
    """None: the installation's own, sent on nobody's behalf; no account ever sees it."""
    number = models.ForeignKey(Number, models.PROTECT, null=True, db_constraint=False, db_index=False)
    connection = models.ForeignKey(Connection, models.PROTECT, null=True, db_constraint=False, db_index=False)
    dialogue_id = models.BigIntegerField(null=True)
    sender = models.CharField(max_length=20)
    recipient = models.CharField(max_length=32)
    text = models.TextField()
    segment_count = models.SmallIntegerField(default=1)
    state = models.CharField(max_length=16, default=OutboundState.QUEUED.value)
    reason = models.CharField(max_length=40, default="")
    """A word of `core.receipt.UndeliveredReason`; empty unless undelivered."""
    carrier_error = models.CharField(max_length=80, default="")
    origin = models.CharField(max_length=8, choices=Origin.choices)
    author = models.ForeignKey(User, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    in_reply_to_id = models.BigIntegerField(null=True)
    rule_id = models.BigIntegerField(null=True)
    idempotency_key = models.CharField(max_length=64, null=True)  # noqa: DJ001  # unique only where given
    is_test = models.BooleanField(default=False)
    kind = models.CharField(max_length=4, choices=SendKind.choices, default=SendKind.FULL, db_default="full")
    campaign_id = models.BigIntegerField(null=True)
    autoresponder_id = models.BigIntegerField(null=True)
    survey_id = models.BigIntegerField(null=True)
    """The survey whose question or answer it is."""
    unique_id = models.CharField(max_length=50, null=True)  # noqa: DJ001  # unique only where given
    """A program's own id for it."""
    cost = models.IntegerField(default=0, db_default=0)
    """What the account pays for it, in minor units, all segments together."""
    charge_state = models.CharField(max_length=8, choices=ChargeState.choices, default=ChargeState.NONE, db_default="")
    """Where the money for it is; it moves only by conditional updates (`store.charging`)."""
    destination_id = models.BigIntegerField(null=True)
    """The Destination of kind `phone` it forwards a message to; None unless it is such a forward."""
    is_flash = models.BooleanField(default=False, db_default=False)
    """Shown at once and not kept by the phone (message class 0)."""
    scheduled_at = models.DateTimeField(null=True)
    """Not to be handed over before."""
    valid_until = models.DateTimeField(null=True)
    """Not to be handed over or delivered after; None: the carrier's own period."""
    receipt_destination_id = models.BigIntegerField(null=True)
    """Where its fate is reported to; a Destination of kind `receipts`."""
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["recipient", "id"], name="outbound_by_recipient"),
            models.Index(fields=["campaign_id", "id"], name="outbound_by_campaign", condition=Q(campaign_id__isnull=False)),
            models.Index(
                fields=["campaign_id", "scheduled_at", "id"],
                name="outbound_kept_back",
                condition=Q(state="queued", campaign_id__isnull=False, scheduled_at__isnull=False),
            ),
            models.Index(
                fields=["campaign_id", "state", "reason", "id", "segment_count", "cost"],
                name="outbound_campaign_states",
                condition=Q(campaign_id__isnull=False),
            ),
            models.Index(fields=["connection", "recipient"], name="outbound_uncertain", condition=Q(state="uncertain")),
            models.Index(fields=["dialogue_id", "id"], name="outbound_by_dialogue"),
            models.Index(fields=["account", "id"], name="outbound_by_account"),
            models.Index(fields=["in_reply_to_id"], name="outbound_by_cause", condition=Q(in_reply_to_id__isnull=False)),
            models.Index(fields=["number", "recipient"], name="outbound_of_installation", condition=Q(account__isnull=True)),
            models.Index(fields=["account", "cost"], name="outbound_reserved", condition=Q(charge_state="reserved")),
            models.Index(
                fields=["destination_id", "created_at"], name="outbound_phone_forwards", condition=Q(destination_id__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "idempotency_key"], name="outbound_once", condition=Q(idempotency_key__isnull=False)
            ),
            models.UniqueConstraint(fields=["account", "unique_id"], name="outbound_unique_id", condition=Q(unique_id__isnull=False)),
        ]

    def __str__(self) -> str:
        """Return to whom."""
        return f"→ {self.recipient}: {self.state}"


class Segment(models.Model):
    """One piece of an outgoing message as handed to the carrier, found again by the carrier's id."""

    id = GivenId(primary_key=True)
    outbound_message = models.ForeignKey(OutboundMessage, models.CASCADE, related_name="segments", db_constraint=False, db_index=False)
    position = models.SmallIntegerField()
    connection = models.ForeignKey(Connection, models.CASCADE, db_constraint=False, db_index=False)
    carrier_message_id = models.CharField(max_length=80)
    state = models.CharField(max_length=16, default=OutboundState.SENT.value)
    reason = models.CharField(max_length=40, default="", db_default="")
    """Of its own receipt; a word of `core.receipt.UndeliveredReason`."""
    carrier_state = models.CharField(max_length=16, default="")
    carrier_error = models.CharField(max_length=80, default="")
    updated_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["connection", "carrier_message_id"], name="segment_by_carrier_id"),
            models.Index(fields=["outbound_message"], name="segment_by_message"),
        ]

    def __str__(self) -> str:
        """Return the carrier's id."""
        return self.carrier_message_id


class PoolUse(models.Model):
    """Which account writes to a phone from a pool number: no other one does within the correlation window."""

    number = models.ForeignKey(Number, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    msisdn = models.CharField(max_length=32)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    used_at = models.DateTimeField()
    """When it last did."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["msisdn", "number"], name="pool_use_once")]

    def __str__(self) -> str:
        """Return number and phone."""
        return f"{self.number_id} → {self.msisdn}"


class UnmatchedReceipt(models.Model):
    """A delivery receipt that came before the carrier's answer to the submit was stored, or that nobody waits for."""

    id = GivenId(primary_key=True)
    connection = models.ForeignKey(Connection, models.CASCADE, db_constraint=False, db_index=False)
    carrier_message_id = models.CharField(max_length=80)
    carrier_state = models.CharField(max_length=16)
    carrier_error = models.CharField(max_length=80, default="")
    state = models.CharField(max_length=16, default="")
    reason = models.CharField(max_length=40, default="")
    raw = models.BinaryField()
    sender = models.CharField(max_length=32, default="", db_default="")
    """Our number or name it went from, as the carrier says; empty where it does not."""
    recipient = models.CharField(max_length=32, default="", db_default="")
    """The phone it went to."""
    text = models.CharField(max_length=160, default="", db_default="")
    """The beginning of the text, where the carrier repeats it."""
    received_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["connection", "carrier_message_id"], name="unmatched_by_carrier_id"),
            models.Index(fields=["connection", "recipient"], name="unmatched_by_phone"),
        ]

    def __str__(self) -> str:
        """Return the carrier's id and word."""
        return f"{self.carrier_message_id}: {self.carrier_state}"
