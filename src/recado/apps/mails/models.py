"""MailReceived: a mail that was taken, and what became of it. Kept for 30 days, so that a mail that comes twice does nothing twice."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recado.apps.accounts.models import Account
from recado.apps.ids import GivenId


class Outcome(models.TextChoices):
    """What became of a mail."""

    SENT = "sent", _("Sent as a text")
    REFUSED = "refused", pgettext_lazy("mail", "Refused")
    """A person wrote it, and it could not be sent."""
    IGNORED = "ignored", _("Ignored")
    """No person wrote it, or nobody who may."""
    BOUNCED = "bounced", _("Did not arrive")
    """It reports that a mail of ours was not taken for good."""


class MailReason(StrEnum):
    """Why a mail was refused or ignored, beside the words of `protocols.mail.received.Automatic` and `dialogues.answering.Refusal`."""

    UNKNOWN_SENDER = "unknown_sender"
    """It is not from a mailbox that messages of the account go to, nor from anybody of its team who may answer."""
    NOT_AUTHENTIC = "not_authentic"
    """The mail server in front does not vouch for its sender."""
    EXPIRED = "expired"
    CLOSED = "closed"
    """The account is suspended."""
    CONVERSATION_GONE = "conversation_gone"
    NO_REPORT = "no_report"
    """It came to an address for bounces and says nothing of one."""
    NOT_FINAL = "not_final"
    """The mail server goes on trying."""
    JOB_GONE = "job_gone"


class MailReceived(models.Model):
    """The mail itself is not kept; its text is in the message it became."""

    id = GivenId(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, null=True, db_constraint=False, db_index=False, related_name="+")
    message_id = models.CharField(max_length=255)
    """As its header says."""
    recipient = models.CharField(max_length=64)
    """The part before the `@`: an address that is signed for one conversation or one job."""
    sender = models.CharField(max_length=254)
    """Who it says it is from."""
    dialogue_id = models.BigIntegerField(null=True)
    job_id = models.BigIntegerField(null=True)
    """Of a bounce: the job whose mail did not arrive."""
    outbound_id = models.BigIntegerField(null=True)
    """The text it became."""
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(max_length=40, default="", blank=True)
    """A word of `MailReason`, `Automatic` or `Refusal`; empty where it was sent."""
    detail = models.CharField(max_length=200, default="", blank=True)
    """Of a bounce: what the mail server said."""
    answered_at = models.DateTimeField(null=True)
    """When its sender was told by mail that it was refused; None: they were not."""
    received_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["sender", "answered_at"], name="mail_answered", condition=Q(answered_at__isnull=False)),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["message_id", "recipient"], name="mail_once")]

    def __str__(self) -> str:
        """Return who and how it ended."""
        return f"{self.sender}: {self.outcome}"
