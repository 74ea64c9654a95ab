"""ReceivedMms and SentMms (what an MMS has beside its message), Attachment (one part of either), UnsentFile (of an answer not sent yet).

The first three have no account of their own: an attachment is only ever reached through its message, and so through its account.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.ids import GivenId
from recado.core.mms import PartRole


class ReceivedMms(models.Model):
    """A received message is an MMS. Written by `store` in the transaction of its message."""

    id = GivenId(primary_key=True)
    """The message's."""
    subject = models.TextField(default="")
    slides = models.TextField(default="[]")
    """JSON, a list of [positions of attachments, milliseconds]; empty where no layout came."""

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject


class SentMms(models.Model):
    """An outgoing message is an MMS (`SendKind.MMS`)."""

    id = GivenId(primary_key=True)
    """The outgoing message's."""
    subject = models.TextField(default="")
    attachments_id = models.BigIntegerField(null=True)
    """Under which id, as `Attachment.outbound_id`, the files are noted that it shares with others of an order or a group send (ADR 0051).
    None: under its own."""
    read_at = models.DateTimeField(null=True)
    """When its reader's phone said that it was read, or deleted unread."""
    is_read = models.BooleanField(null=True)
    """None: nobody said."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["attachments_id"], name="sentmms_by_attachments", condition=Q(attachments_id__isnull=False)),
        ]

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject


class Attachment(models.Model):
    """One part of an MMS, received or sent; its content is `media.Content` of the same SHA-256."""

    id = GivenId(primary_key=True)
    message_id = models.BigIntegerField(null=True)
    """The received message."""
    outbound_id = models.BigIntegerField(null=True)
    """The outgoing one, or what `SentMms.attachments_id` says; exactly one of the two is given."""
    position = models.SmallIntegerField()
    """From 0, as they came or go."""
    role = models.CharField(max_length=8, choices=[(role.value, role.value) for role in PartRole])
    sha256 = models.CharField(max_length=64)
    """Empty: the file was deleted because its time was up (`apps.dialogues.retention`)."""
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=80)
    claimed_type = models.CharField(max_length=120, default="")
    name = models.CharField(max_length=120, default="")
    content_id = models.CharField(max_length=120, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["message_id", "position"], name="attachment_of_message", condition=Q(message_id__isnull=False)),
            models.Index(fields=["outbound_id", "position"], name="attachment_of_outbound", condition=Q(outbound_id__isnull=False)),
            models.Index(fields=["sha256"], name="attachment_by_content"),
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.name or self.content_type


class UnsentFile(models.Model):
    """A file somebody attached to an answer that is not sent yet, so that neither a refusal nor a closed page loses it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="unsent_files")
    user = models.ForeignKey(User, models.CASCADE, related_name="unsent_files")
    dialogue_id = models.BigIntegerField()
    """The conversation the answer is for."""
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=80)
    """By what the bytes say."""
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dialogue_id", "user", "id"], name="unsentfile_of_answer")]

    def __str__(self) -> str:
        """Return its name."""
        return self.name
