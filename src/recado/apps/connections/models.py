"""Connection (one configured link to a carrier), CarrierLog (redacted exchanges), Quarantine (what broke a decision, kept whole)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.ids import GivenId


class Connection(models.Model):
    """A configured link to a carrier. The fields of `settings` are those of the carrier kind's descriptor."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=32)
    settings = models.JSONField(default=dict)
    is_enabled = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class CarrierLog(models.Model):
    """A redacted record of one exchange worth keeping: an unparseable PDU, a refused bind, a repeat that was dropped."""

    id = GivenId(primary_key=True)
    connection = models.ForeignKey(Connection, models.CASCADE, db_constraint=False)
    at = models.DateTimeField()
    direction = models.CharField(max_length=3)
    event = models.CharField(max_length=40)
    detail = models.TextField(blank=True)
    octets = models.BinaryField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["connection", "id"], name="carrierlog_by_connection"),
            models.Index(fields=["connection", "event", "id"], name="carrierlog_by_event"),
        ]

    def __str__(self) -> str:
        """Return what happened."""
        return self.event


class Quarantine(models.Model):
    """An inbound part that could not be processed: its octets and the traceback, acknowledged because it is held durably."""

    id = GivenId(primary_key=True)
    connection = models.ForeignKey(Connection, models.CASCADE, db_constraint=False)
    received_at = models.DateTimeField()
    sender = models.CharField(max_length=32)
    recipient = models.CharField(max_length=32)
    raw = models.BinaryField()
    traceback = models.TextField()
    item = models.TextField(db_default="", default="")
    """The part or receipt itself, as `store.kept_items` writes it; empty where a version before kept it."""
    retried_at = models.DateTimeField(null=True)
    """When somebody last had it tried again."""
    resolved_at = models.DateTimeField(null=True)
    message_id = models.BigIntegerField(null=True)
    """What it became when it was tried again, 0 for a receipt; None where a person settled it, or nobody did."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["id"], name="quarantine_open", condition=Q(resolved_at__isnull=True))]

    def __str__(self) -> str:
        """Return from whom to whom."""
        return f"{self.sender} → {self.recipient}"
