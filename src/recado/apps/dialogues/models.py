"""Dialogue: the exchange between one number and one phone, as one account sees it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Contact
from recado.apps.numbers.models import Number


class Dialogue(models.Model):
    """One thread of the inbox. Its columns repeat what the list shows, so that the list is one query."""

    class State(models.TextChoices):
        """Whether somebody still has to do something."""

        OPEN = "open", _("Open")
        DONE = "done", _("Done")

    id = models.BigIntegerField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, db_constraint=False, db_index=False)
    number = models.ForeignKey(Number, models.PROTECT, db_constraint=False, db_index=False)
    msisdn = models.CharField(max_length=32)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, db_constraint=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    last_message_at = models.DateTimeField()
    last_text = models.CharField(max_length=160, default="")
    last_is_inbound = models.BooleanField(default=True)
    last_keyword_id = models.BigIntegerField(null=True)
    unread_count = models.IntegerField(default=0)
    message_count = models.IntegerField(default=0)
    is_test = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "number", "msisdn"], name="dialogue_once")]
        indexes: ClassVar = [
            models.Index(fields=["account", "state", "last_message_at"], name="dialogue_list"),
            models.Index(fields=["msisdn", "number"], name="dialogue_by_phone"),
        ]

    def __str__(self) -> str:
        """Return the phone number."""
        return f"+{self.msisdn}"
