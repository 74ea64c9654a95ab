"""AuditEntry: one change somebody made, or one look at something that is logged."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from recado.apps.accounts.models import Account, User


class AuditEntry(models.Model):
    """Written once, never changed."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, db_index=False)
    """None where it concerns the installation, not a customer."""
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    actor = models.CharField(max_length=160)
    """The name as it was then; stays when the login is deleted."""
    is_operator = models.BooleanField(default=False)
    """Whether it was done as one of the installation's staff."""
    action = models.CharField(max_length=40)
    """A code such as `keyword.changed`; `panel.audit_words` has the sentences."""
    object_name = models.CharField(max_length=160, blank=True, default="")
    object_id = models.BigIntegerField(null=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    """Only what differs, field to value; never a secret."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "id"], name="audit_by_account"),
            models.Index(fields=["account", "user", "id"], name="audit_by_user"),
        ]

    def __str__(self) -> str:
        """Return who did what."""
        return f"{self.actor}: {self.action} {self.object_name}"
