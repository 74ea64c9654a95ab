"""AuditEntry: one change somebody made, or one look at something that is logged; AuditHead: the end of the chain of entries."""

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
    previous_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    """That of the account's entry before; empty at the beginning."""
    sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    """Of the entry before and of this one (`chain`); empty in entries older than the chain."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "id"], name="audit_by_account"),
            models.Index(fields=["account", "user", "id"], name="audit_by_user"),
        ]

    def __str__(self) -> str:
        """Return who did what."""
        return f"{self.actor}: {self.action} {self.object_name}"


class AuditHead(models.Model):
    """The end of an account's chain: who takes the last entries out would have to change it, too."""

    chain = models.BigIntegerField(primary_key=True)
    """The account's id; 0 for what concerns the installation."""
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    entry_count = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        """Return whose."""
        return f"chain {self.chain}"
