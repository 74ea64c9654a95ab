"""Plan: a named set of differences from the capability table. PriceList: what it costs to be on one, from a moment on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Plan(models.Model):
    """What accounts on it may do. The shipped one is the table itself and the plan of everybody who has no other."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    is_default = models.BooleanField(default=False)
    """The plan of accounts that have none of their own; one at most."""
    is_prepaid = models.BooleanField(default=False, db_default=False)
    """Whether accounts on it pay before they use: they get only kinds of number that can be paid so."""
    overrides = models.JSONField(default=dict)
    """As `core.plan.read_overrides` reads them; empty: the table as it is."""
    keyword_quotas = models.JSONField(default=dict)
    """As `core.plan.read_quotas` reads them; a kind that is not named has the standard quota."""
    credit_limit = models.BigIntegerField(null=True)
    """How much accounts on it that pay afterwards may owe, in minor units; None: any amount."""
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["is_default"], name="plan_default_once", condition=Q(is_default=True)),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class PriceList(models.Model):
    """The prices of a plan from a moment on, until the next list begins. Lists that have begun never change."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="price_lists")
    starts_at = models.DateTimeField()
    """The first moment of its first day, on the installation's calendar (`apps.plans.price_lists.first_moment`)."""
    noticed_at = models.DateTimeField(null=True)
    """When routing was told that it has begun; None: not yet."""
    prices = models.JSONField(default=dict)
    """Minor units a segment, as `core.price.read_prices` reads them."""
    fees = models.JSONField(default=list)
    """Installation and subscription by kind of number and package, as `core.fees.read_fees` reads them."""
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "starts_at"], name="price_list_once")]

    def __str__(self) -> str:
        """Return plan and moment."""
        return f"{self.plan_id} from {self.starts_at:%Y-%m-%d}"
