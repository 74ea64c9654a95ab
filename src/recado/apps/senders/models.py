"""SenderName: letters shown as the sender in place of a number."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account, User


class SenderName(models.Model):
    """A name an account asked for; messages leave under it once it is authorised."""

    class State(models.TextChoices):
        """The words of provider-api.md §7."""

        PENDING = "pending_authorization", _("Waiting for approval")
        AUTHORIZED = "authorized", _("Approved")
        REJECTED = "rejected", _("Refused")
        DEACTIVATED = "deactivated", _("Switched off")

    account = models.ForeignKey(Account, models.CASCADE, related_name="sender_names", db_index=False)
    name = models.CharField(_("sender name"), max_length=11)
    state = models.CharField(max_length=24, choices=State.choices, default=State.PENDING)
    note = models.CharField(_("note"), max_length=200, blank=True, default="")
    """Why it was refused, or what it is for."""
    requested_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "name"], name="sender_name_once")]
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="sender_name_by_state")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
