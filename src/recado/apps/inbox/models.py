"""Message (received, decided on, stored) and Part (one piece of a long message)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from recado.apps.accounts.models import Account
from recado.apps.connections.models import Connection
from recado.apps.ids import GivenId
from recado.apps.numbers.models import Number


class Message(models.Model):
    """A received message. Written by `store`, read everywhere. The id is given by the application and grows with time."""

    id = GivenId(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, null=True, db_constraint=False, db_index=False)
    """None: nobody's message, kept for the operator."""
    number = models.ForeignKey(Number, models.PROTECT, null=True, db_constraint=False, db_index=False)
    connection = models.ForeignKey(Connection, models.PROTECT, null=True, db_constraint=False)
    dialogue_id = models.BigIntegerField(null=True)
    keyword_id = models.BigIntegerField(null=True)
    rule_id = models.BigIntegerField(null=True)
    sender = models.CharField(max_length=32)
    recipient = models.CharField(max_length=32)
    text = models.TextField()
    argument = models.TextField(default="")
    """What followed the keyword."""
    encoding = models.SmallIntegerField(default=0)
    received_at = models.DateTimeField()
    parts_received = models.SmallIntegerField(default=1)
    parts_total = models.SmallIntegerField(default=1)
    carrier_message_id = models.CharField(max_length=80, null=True)  # noqa: DJ001  # most carriers give none
    fingerprint = models.BigIntegerField(default=0)
    trail = models.TextField(default="[]")
    raw = models.BinaryField(default=b"")
    is_test = models.BooleanField(default=False)
    is_read_by_api = models.BooleanField(default=False)
    is_discarded = models.BooleanField(default=False, db_default=False)
    """Nobody's message that the operator has looked at and nobody wants, or that was served for several accounts; kept all the same."""
    flag = models.CharField(max_length=12, default="", db_default="")
    """What people should see at once, a word of `core.decide.Flag`."""
    answers_id = models.BigIntegerField(null=True)
    """The outgoing message it answers: the latest sent from that number to that phone."""
    campaign_id = models.BigIntegerField(null=True)
    """The campaign that message belongs to."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "id"], name="message_by_account"),
            models.Index(fields=["account", "received_at"], name="message_unread_by_api", condition=Q(is_read_by_api=False)),
            models.Index(fields=["account", "number", "received_at"], name="message_unread_by_number", condition=Q(is_read_by_api=False)),
            models.Index(fields=["dialogue_id", "id"], name="message_by_dialogue", condition=Q(dialogue_id__isnull=False)),
            models.Index(fields=["keyword_id", "id"], name="message_by_keyword", condition=Q(keyword_id__isnull=False)),
            models.Index(fields=["answers_id"], name="message_by_answered", condition=Q(answers_id__isnull=False)),
            models.Index(fields=["campaign_id", "id"], name="message_by_campaign", condition=Q(campaign_id__isnull=False)),
            models.Index(fields=["account", "id"], name="message_may_want_out", condition=Q(flag="opt_out")),
            models.Index(fields=["id"], name="message_unmatched", condition=Q(account__isnull=True, is_discarded=False)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["connection", "carrier_message_id"],
                name="message_once_per_carrier_id",
                condition=Q(carrier_message_id__isnull=False),
            )
        ]

    def __str__(self) -> str:
        """Return from whom."""
        return f"{self.sender} → {self.recipient}"


class Part(models.Model):
    """One part of a long message; kept after joining so that retransmits are recognised."""

    id = GivenId(primary_key=True)
    assembly_id = models.BigIntegerField()
    """Id of the first part stored of this long message; parts with the same one belong together."""
    message_id = models.BigIntegerField(null=True)
    connection = models.ForeignKey(Connection, models.CASCADE, db_constraint=False, db_index=False)
    sender = models.CharField(max_length=32)
    recipient = models.CharField(max_length=32)
    reference = models.IntegerField()
    width = models.SmallIntegerField()
    total = models.SmallIntegerField()
    position = models.SmallIntegerField()
    text = models.TextField()
    encoding = models.SmallIntegerField()
    fingerprint = models.BigIntegerField(default=0)
    carrier_message_id = models.CharField(max_length=80, null=True)  # noqa: DJ001  # most carriers give none
    raw = models.BinaryField()
    is_test = models.BooleanField(default=False)
    received_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["connection", "sender", "recipient", "reference", "width", "total"], name="part_by_key"),
            models.Index(fields=["received_at"], name="part_waiting", condition=Q(message_id__isnull=True)),
            models.Index(fields=["message_id"], name="part_by_message", condition=Q(message_id__isnull=False)),
        ]

    def __str__(self) -> str:
        """Return the position."""
        return f"{self.position}/{self.total}"
