"""NumberOrder: a customer's wish for a number of its own, until the operator fulfils or refuses it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.numbers.models import Number
from recado.core.number import NumberKind


class NumberOrder(models.Model):
    """While it is open, the number it names is held for it: nobody else can order or get that number."""

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open"
        ASSIGNED = "assigned"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    account = models.ForeignKey(Account, models.CASCADE, related_name="number_orders")
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.value) for kind in NumberKind])
    number = models.ForeignKey(Number, models.PROTECT, null=True, related_name="orders")
    """The number picked from stock, later the one assigned; None: any of the kind."""
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    note = models.CharField(max_length=500, blank=True)
    """What the customer wants said about it."""
    reason = models.CharField(max_length=300, blank=True)
    """Why the operator refused; the customer reads it."""
    ordered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    ordered_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    """When it was assigned, refused or withdrawn."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "id"], name="order_by_account"),
            models.Index(fields=["id"], name="order_open", condition=Q(state="open")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], name="order_holds_number", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        """Say who wants what."""
        return f"{self.account}: {self.kind} ({self.state})"
