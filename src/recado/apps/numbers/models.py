"""Number (an access number), RoutingVersion (the counter that tells gateways to load their routes anew) and RoutingChange (of what)."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.connections.models import Connection
from recado.core.number import CAPABILITIES, Capabilities, NumberKind, NumberState


class Number(models.Model):
    """A number or code messages arrive on."""

    digits = models.CharField(_("number"), max_length=20, unique=True)
    """E.164 without `+` for long numbers (`48503340503`), the code itself for short ones (`4301`)."""
    kind = models.CharField(max_length=24, choices=[(kind.value, CAPABILITIES[kind].abbreviation) for kind in NumberKind])
    state = models.CharField(
        max_length=16, choices=[(state.value, state.value) for state in NumberState], default=NumberState.ASSIGNED.value
    )
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="numbers")
    """The owner of an individual number; none on shared ones."""
    connection = models.ForeignKey(Connection, models.PROTECT, null=True, blank=True, related_name="numbers")
    mms_connection = models.ForeignKey(Connection, models.PROTECT, null=True, blank=True, related_name="+")
    """Through which it sends MMS; None: through `connection`, where that carries them."""
    label = models.CharField(_("label"), max_length=80, blank=True)
    can_send = models.BooleanField(default=True, db_default=True)
    """Whether its carrier takes it as a sender; answers to messages on others leave from a pool number."""
    released_at = models.DateTimeField(null=True)
    """When its last owner gave it up; set while it is in quarantine."""
    state_since = models.DateTimeField(null=True)
    """When it came into its state; None where that was before this was noted."""
    expires_at = models.DateTimeField(null=True)
    """Until when the owner has it; None: without an end. Nothing happens by itself then, people are told before."""
    reminded_at = models.DateTimeField(null=True)
    """When the owner was last told that the end is near."""
    suspended_reason = models.CharField(max_length=300, blank=True, db_default="", default="")
    """Why it is suspended; the customer reads it."""
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "id"], name="number_by_account"),
            models.Index(fields=["state", "kind"], name="number_by_state"),
        ]

    def __str__(self) -> str:
        """Return the digits."""
        return self.digits

    @property
    def capabilities(self) -> Capabilities:
        """What this kind of number may do."""
        return CAPABILITIES[NumberKind(self.kind)]


class RoutingVersion(models.Model):
    """One row whose `version` grows with every change that routing must see."""

    version = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        """Return the version."""
        return str(self.version)


class RoutingChange(models.Model):
    """What changed with a version, so that gateways need not read all else again; a version without any changed more.

    It is one keyword of a number, or the autoresponders of an account.
    """

    version = models.BigIntegerField(db_index=True)
    number_id = models.BigIntegerField()
    """0 where autoresponders changed, as is the keyword."""
    keyword_id = models.BigIntegerField()
    account_id = models.BigIntegerField(default=0, db_default=0)
    """Whose autoresponders changed; 0 where it was a keyword."""

    def __str__(self) -> str:
        """Return the version and what changed."""
        return f"{self.version}: {self.keyword_id or self.account_id}"
