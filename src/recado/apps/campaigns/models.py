"""Campaign, CampaignGroup (whom it goes to and not), CampaignEntry (single people it goes to: typed, chosen, or of a file)."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account, User
from recado.apps.contacts.models import Contact, Group
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Origin, SendKind
from recado.apps.senders.models import SenderName


class Campaign(models.Model):
    """One text to many people. Its messages are rows of the outbox with its id."""

    class State(models.TextChoices):
        """Where it is. From draft over scheduled, preparing and sending to sent; a person may stop it before."""

        DRAFT = "draft", _("Draft")
        SCHEDULED = "scheduled", _("Scheduled")
        PREPARING = "preparing", _("Being prepared")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        STOPPED = "stopped", _("Stopped")

    account = models.ForeignKey(Account, models.CASCADE, related_name="campaigns", db_index=False)
    name = models.CharField(_("name"), max_length=80)
    text = models.TextField(_("text"), blank=True)
    """With placeholders; an entry's own text goes before it."""
    subject = models.CharField(_("subject"), max_length=40, blank=True, default="", db_default="")
    """Of an MMS."""
    attachments_id = models.BigIntegerField(null=True)
    """Under which id its files are noted, once for all its messages (`mms.SentMms.attachments_id`); None: it has none."""
    kind = models.CharField(max_length=4, choices=SendKind.choices, default=SendKind.ECO)
    sender_name = models.ForeignKey(SenderName, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.ForeignKey(Number, models.PROTECT, null=True, blank=True, related_name="+")
    """An own number as the sender, where there is no sender name."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.CAMPAIGN)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    scheduled_at = models.DateTimeField(null=True, blank=True)
    """When it begins; None: at once."""
    validity_minutes = models.IntegerField(null=True, blank=True)
    """How long after its beginning messages may still be delivered; None: the carrier's own period."""
    per_minute = models.IntegerField(null=True, blank=True)
    """At most so many messages a minute; None: as fast as the links go."""
    is_flash = models.BooleanField(default=False)
    is_test = models.BooleanField(default=False)
    """Goes to the simulator; costs nothing, reaches nobody."""
    keeps_quiet_hours = models.BooleanField(default=True)
    receipt_destination_id = models.BigIntegerField(null=True)
    survey_id = models.BigIntegerField(null=True)
    """The survey whose first question it asks, so that everybody it goes to is in that survey."""
    held = models.BigIntegerField(default=0, db_default=0)
    """Minor units reserved for messages that are not written yet."""
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    """When preparing began."""
    prepared_to = models.BigIntegerField(default=0)
    """How far preparing is, so that it goes on after a crash and writes nobody twice; what it counts is known to `apps.campaigns`."""
    released_to = models.BigIntegerField(default=0)
    """Messages with ids up to this one have been given to the workers, those kept back by quiet hours excepted."""
    released_at = models.DateTimeField(null=True)
    """When last; the throttle counts from there."""
    finished_at = models.DateTimeField(null=True)
    """When the last one was handed over, or it was stopped."""
    recipient_count = models.IntegerField(default=0)
    """Messages written. The ones below were left out, each person counted once."""
    duplicate_count = models.IntegerField(default=0)
    opted_out_count = models.IntegerField(default=0)
    blocked_count = models.IntegerField(default=0)
    invalid_count = models.IntegerField(default=0)
    excluded_count = models.IntegerField(default=0, db_default=0)
    """Members of a group that is left out, and people who are in the survey already."""
    segment_count = models.IntegerField(default=0)
    cost = models.IntegerField(default=0)
    """Minor units, of all messages written."""
    places = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    """Names of the places of its text that its entries fill, besides those of everybody (`core.personal.PERSON`)."""
    trouble = models.CharField(max_length=24, blank=True, default="", db_default="")
    """Why it was stopped by itself when its time came, a word of `SenderRefusal` or `CampaignRefusal`; else empty."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "id"], name="campaign_by_account"),
            models.Index(fields=["state", "id"], name="campaign_by_state"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class CampaignGroup(models.Model):
    """A group a campaign goes to, or whose members are left out."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="audience")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    is_excluded = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "group"], name="campaign_group_once")]

    def __str__(self) -> str:
        """Return group and sign."""
        return f"{'-' if self.is_excluded else '+'} {self.group_id}"


class CampaignEntry(models.Model):
    """One person a campaign goes to besides groups."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="entries", db_index=False)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+", db_index=False)
    msisdn = models.CharField(max_length=32)
    text = models.TextField(blank=True, default="")
    """Their own text; empty: the campaign's."""
    unique_id = models.CharField(max_length=50, blank=True, default="")
    values = models.JSONField(default=dict)
    """Placeholder to what is put in its place; columns of a file."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "id"], name="entry_by_campaign")]

    def __str__(self) -> str:
        """Return the phone."""
        return self.msisdn
