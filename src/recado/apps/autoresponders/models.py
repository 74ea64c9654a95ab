"""Autoresponder (a text that answers by itself), BreakerTrip (where automatic answers were stopped), AnswerDay (what they cost a day)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.ids import GivenId
from recado.apps.keywords.models import Keyword, Restricted
from recado.apps.numbers.models import Number


class Autoresponder(Restricted):
    """Answers messages of a keyword, of a number, or all of an account. The first in the account's order that fits gives the reply."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="autoresponders", db_index=False)
    name = models.CharField(_("name"), max_length=80)
    number = models.ForeignKey(Number, models.CASCADE, null=True, blank=True, related_name="+")
    """None: every number of the account, and its keywords on shared ones."""
    keyword = models.ForeignKey(Keyword, models.CASCADE, null=True, blank=True, related_name="autoresponders")
    """None: every message."""
    position = models.IntegerField(default=0)
    """Its place in the account's order."""
    is_enabled = models.BooleanField(default=True)
    text = models.TextField(_("text"))
    once_minutes = models.IntegerField(null=True, blank=True)
    """A person gets it once in so many minutes; None: each time."""
    daily_ceiling = models.IntegerField(null=True, blank=True)
    """What its answers may cost a day, in minor units; None: the standard ceiling."""
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "position", "id"], name="autoresponder_in_order")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class BreakerTrip(models.Model):
    """Where the loop and money breaker stopped automatic answers to a phone. Written by the hot path."""

    id = GivenId(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+", db_constraint=False, db_index=False)
    """None: the installation's own answers."""
    number = models.ForeignKey(Number, models.CASCADE, null=True, related_name="+", db_constraint=False, db_index=False)
    rule_id = models.BigIntegerField(null=True)
    autoresponder_id = models.BigIntegerField(null=True)
    msisdn = models.CharField(max_length=32)
    reason = models.CharField(max_length=16)
    """A word of `core.breaker.TripReason`."""
    message_id = models.BigIntegerField()
    """The message that was not answered."""
    is_test = models.BooleanField(default=False, db_default=False)
    """Whether a simulated phone wrote it; the real one with the same number is answered all the same."""
    tripped_at = models.DateTimeField()
    until = models.DateTimeField()
    """When answers begin again by themselves."""
    lifted_at = models.DateTimeField(null=True)
    """When a person let them begin again."""
    notified_at = models.DateTimeField(null=True)
    """When the account was told."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "msisdn"], name="trip_in_force", condition=Q(lifted_at__isnull=True)),
            models.Index(fields=["msisdn", "id"], name="trip_by_phone"),
            models.Index(fields=["account", "id"], name="trip_by_account"),
            models.Index(fields=["id"], name="trip_untold", condition=Q(notified_at__isnull=True)),
        ]

    def __str__(self) -> str:
        """Return phone and reason."""
        return f"{self.msisdn}: {self.reason}"


class AnswerDay(models.Model):
    """How many answers a rule or an autoresponder gave on one day of the account's calendar. Written by the hot path."""

    id = GivenId(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    source = models.CharField(max_length=16)
    """`rule`, `autoresponder` or `survey`."""
    source_id = models.BigIntegerField()
    day = models.CharField(max_length=10)
    """ISO date."""
    answers = models.IntegerField(default=0)
    segments = models.IntegerField(default=0)
    cost = models.IntegerField(default=0)
    """Minor units."""
    stopped_ceiling = models.IntegerField(null=True)
    """The daily ceiling that stopped them; None: they were not stopped. A higher one lets them go on."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "source_id", "day"], name="answer_day_once")]

    def __str__(self) -> str:
        """Return source and day."""
        return f"{self.source} {self.source_id}, {self.day}"
