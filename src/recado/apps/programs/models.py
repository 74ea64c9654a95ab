"""ApiCall: one call of a program, for the log in the panel; RememberedAnswer: what an idempotency key was answered."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account, ApiUser


class ApiCall(models.Model):
    """Kept for `forgetting.CALLS_KEPT`; secrets are taken out before it is written."""

    class Api(models.TextChoices):
        """Which API was called."""

        COMPAT = "compat", _("Provider's API")
        LEGACY = "legacy", _("Provider's XML API")
        V1 = "v1", _("Recado's API")

    account = models.ForeignKey(Account, models.CASCADE, db_index=False)
    api_user = models.ForeignKey(ApiUser, models.SET_NULL, null=True, related_name="+")
    username = models.CharField(max_length=80)
    """As it was called then; stays when the login is removed."""
    api = models.CharField(max_length=8, choices=Api.choices)
    action = models.CharField(max_length=200)
    """`messages/send_sms`, or method and path: `POST /messages`."""
    status = models.PositiveSmallIntegerField()
    """Of HTTP."""
    error_code = models.CharField(max_length=64, blank=True, default="")
    """The provider's number, or the last part of a problem's type; empty where the call succeeded."""
    error_detail = models.CharField(max_length=500, blank=True, default="")
    took_ms = models.PositiveIntegerField()
    remote_address = models.CharField(max_length=45)
    request = models.TextField(blank=True, default="")
    response = models.TextField(blank=True, default="")
    """Both cut to `calls.KEPT_CHARACTERS`."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "id"], name="api_call_by_account"),
            models.Index(fields=["account", "id"], name="api_call_errors", condition=~models.Q(error_code="")),
            models.Index(fields=["at"], name="api_call_by_time"),
        ]

    def __str__(self) -> str:
        """Say who called what."""
        return f"{self.username}: {self.action} {self.error_code or self.status}"


class RememberedAnswer(models.Model):
    """The answer to the first call with an idempotency key; a repetition gets it again and does nothing."""

    api_user = models.ForeignKey(ApiUser, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of method, path and body: the same key for another call is a mistake of the program."""
    status = models.PositiveSmallIntegerField(null=True)
    """None while the first call is still being answered."""
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["api_user", "key"], name="remembered_answer_once")]

    def __str__(self) -> str:
        """Return the key."""
        return self.key
