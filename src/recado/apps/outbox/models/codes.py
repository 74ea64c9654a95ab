"""PhoneCode, a code sent to a phone that messages are to be forwarded to."""

from typing import ClassVar

from django.db import models

from recado.apps.accounts.models import Account


class PhoneCode(models.Model):
    """A code that was sent; the last one of account and phone counts. The code itself is nowhere but in the text to the phone."""

    account = models.ForeignKey(Account, models.CASCADE, db_index=False)
    msisdn = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    """Of the code, keyed."""
    wrong_tries = models.SmallIntegerField(default=0, db_default=0)
    sent_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["msisdn", "sent_at"], name="phone_code_by_phone"),
            models.Index(fields=["account", "sent_at"], name="phone_code_by_account"),
        ]

    def __str__(self) -> str:
        """Return the phone."""
        return self.msisdn
