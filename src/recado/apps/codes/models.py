"""Code pools: CodePool and its Codes."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account, User


class CodePool(models.Model):
    """Codes that are handed out to phones, one each."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="code_pools")
    name = models.CharField(_("name"), max_length=120)
    empty_text = models.TextField(blank=True, default="")
    """In place of the reply, once all codes are handed out."""
    already_text = models.TextField(blank=True, default="")
    """In place of the reply, to who has a code already; {code} is theirs. Empty: the reply, with their code."""
    low_at = models.IntegerField(default=20)
    """People are told when no more codes than this are left."""
    told_low_at = models.DateTimeField(null=True, blank=True)
    told_empty_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "id"], name="code_pool_by_account")]

    def __str__(self) -> str:
        """Return its name."""
        return self.name


class Code(models.Model):
    """One code. The hot path hands it out."""

    pool = models.ForeignKey(CodePool, models.CASCADE, related_name="codes", db_index=False)
    value = models.CharField(max_length=80)
    msisdn = models.CharField(max_length=32, null=True)  # noqa: DJ001  # unique only where given
    """Whose it is; none while it is free."""
    message_id = models.BigIntegerField(null=True)
    handed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    """When somebody took it out of the pool."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pool", "value"], name="code_once"),
            models.UniqueConstraint(fields=["pool", "msisdn"], name="code_one_per_phone", condition=models.Q(msisdn__isnull=False)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["pool", "id"], name="code_free", condition=models.Q(msisdn__isnull=True, withdrawn_at__isnull=True)),
            models.Index(fields=["pool", "handed_at"], name="code_handed", condition=models.Q(handed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        """Return the code."""
        return self.value
