"""Dialogue (the exchange between one number and one phone, for one account) and what people add: labels, notes, canned replies."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account, User
from recado.apps.contacts.models import Contact
from recado.apps.ids import GivenId
from recado.apps.numbers.models import Number


class Label(models.Model):
    """A word of the account's own to sort dialogues by."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="labels", db_index=False)
    name = models.CharField(_("name"), max_length=40)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "name"], name="label_once")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Dialogue(models.Model):
    """One thread of the inbox. Its columns repeat what the list shows, so that the list is one query."""

    class State(models.TextChoices):
        """Whether somebody still has to do something."""

        OPEN = "open", _("Open")
        DONE = "done", _("Done")

    id = GivenId(primary_key=True)
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
    assignee = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    snoozed_until = models.DateTimeField(null=True)
    """Out of sight until then, or until the person writes again."""
    claimed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    claimed_until = models.DateTimeField(null=True)
    """The lease: who answers now, and when that ends by itself."""
    labels: "models.ManyToManyField[Label, models.Model]" = models.ManyToManyField(Label, related_name="dialogues")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "number", "msisdn"], name="dialogue_once")]
        indexes: ClassVar = [
            models.Index(fields=["account", "state", "last_message_at"], name="dialogue_list"),
            models.Index(fields=["msisdn", "number"], name="dialogue_by_phone"),
            models.Index(fields=["account", "last_message_at"], name="dialogue_all"),
            models.Index(fields=["account", "last_message_at"], name="dialogue_unread", condition=Q(unread_count__gt=0)),
            models.Index(fields=["account", "assignee", "last_message_at"], name="dialogue_mine", condition=Q(assignee__isnull=False)),
            models.Index(fields=["account", "snoozed_until"], name="dialogue_snoozed", condition=Q(snoozed_until__isnull=False)),
        ]

    def __str__(self) -> str:
        """Return the phone number."""
        return f"+{self.msisdn}"

    @property
    def correspondent(self) -> str:
        """The name of the person, or the digits of the number where there is none."""
        return (self.contact.full_name if self.contact else "") or self.msisdn


class Note(models.Model):
    """What members of the account tell each other in a dialogue; the person who texts never sees it."""

    id = GivenId(primary_key=True)
    """Given by the application, so that notes and messages sort together."""
    account = models.ForeignKey(Account, models.CASCADE, db_constraint=False, db_index=False)
    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="notes", db_index=False)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dialogue", "id"], name="note_by_dialogue")]

    def __str__(self) -> str:
        """Return the text's beginning."""
        return self.text[:40]


class CannedReply(models.Model):
    """A text ready to be sent, found by its name: a canned reply, a template of group sends, or both."""

    class Use(models.TextChoices):
        """What a text is for."""

        DIALOGUE = "dialogue", _("Conversations")
        CAMPAIGN = "campaign", _("Group sends")
        BOTH = "both", _("Conversations and group sends")

    account = models.ForeignKey(Account, models.CASCADE, related_name="canned_replies", db_index=False)
    owner = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    """None: shared by everybody in the account."""
    name = models.CharField(_("name"), max_length=40)
    text = models.TextField(_("text"))
    use = models.CharField(max_length=8, choices=Use.choices, default=Use.DIALOGUE, db_default="dialogue")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "name"], name="canned_reply_by_name")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
