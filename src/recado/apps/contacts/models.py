"""Contact (a person as one account knows them), Group, GroupMembership (who is in which, since when and why).

ConsentRecord, OptOut and BlockedSender say who may be written to, with the proof. ImportBatch is one list taken in, ImportedPerson what it
did about one contact.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account, User
from recado.apps.ids import GivenId


class Group(models.Model):
    """A list of contacts."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=100)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "name"], name="group_by_name")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Contact(models.Model):
    """A person. The id is given by the application (see `store.ids`)."""

    class Source(models.TextChoices):
        """How the account came to know somebody."""

        KEYWORD = "keyword", _("Keyword")
        IMPORT = "import", _("Import")
        MANUAL = "manual", _("By hand")
        API = "api", _("API")

    id = GivenId(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="contacts", db_index=False)
    msisdn = models.CharField(_("phone number"), max_length=32)
    first_name = models.CharField(_("first name"), max_length=80, blank=True, default="")
    last_name = models.CharField(_("last name"), max_length=80, blank=True, default="")
    company = models.CharField(_("company"), max_length=120, blank=True, default="")
    email = models.EmailField(_("e-mail address"), blank=True, default="")
    tax_id = models.CharField(_("tax number"), max_length=32, blank=True, default="")
    address = models.CharField(_("address"), max_length=200, blank=True, default="")
    city = models.CharField(_("city"), max_length=80, blank=True, default="")
    description = models.TextField(_("description"), blank=True, default="")
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.MANUAL, db_default=Source.KEYWORD)
    created_at = models.DateTimeField(default=timezone.now)
    groups: "models.ManyToManyField[Group, GroupMembership]" = models.ManyToManyField(
        Group, through="GroupMembership", related_name="contacts"
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "msisdn"], name="contact_once")]
        indexes: ClassVar = [
            models.Index(fields=["account", "id"], name="contact_by_account"),
            models.Index(fields=["account", "source", "id"], name="contact_by_source"),
        ]

    def __str__(self) -> str:
        """Return the name, or the number where there is none."""
        return self.full_name or f"+{self.msisdn}"

    @property
    def full_name(self) -> str:
        """The first and the last name; empty where there is none."""
        return " ".join(filter(None, (self.first_name, self.last_name)))


class GroupMembership(models.Model):
    """A contact in a group, with the message that brought them there."""

    id = GivenId(primary_key=True)
    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships", db_index=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="memberships")
    joined_at = models.DateTimeField(default=timezone.now)
    message_id = models.BigIntegerField(null=True)
    keyword_id = models.BigIntegerField(null=True)
    ends_at = models.DateTimeField(null=True)
    """When it ends by itself; decisions heed it at once, `memberships.end_due` takes the row away."""
    source = models.CharField(
        max_length=8, choices=Contact.Source.choices, default=Contact.Source.MANUAL, db_default=Contact.Source.KEYWORD
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["group", "contact"], name="group_membership_once")]
        indexes: ClassVar = [
            models.Index(fields=["group", "id"], name="group_membership_by_group"),
            models.Index(fields=["ends_at"], name="group_membership_ending", condition=Q(ends_at__isnull=False)),
        ]

    def __str__(self) -> str:
        """Say who is in what."""
        return f"{self.contact_id} in {self.group_id}"


class ConsentRecord(models.Model):
    """Somebody joined or left a group, or opted out or in, with the proof: the text as received, where and when. Never changed.

    It has ids without foreign keys, because it must outlive what it is about; the text goes when the person is erased.
    """

    class Kind(models.TextChoices):
        """What happened."""

        JOINED = "joined", _("Joined")
        LEFT = "left", _("Left")
        ENDED = "ended", _("Membership ended")
        OPTED_OUT = "opted_out", _("Opted out")
        OPTED_IN = "opted_in", _("Opted in again")

    id = GivenId(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, db_constraint=False, db_index=False)
    msisdn = models.CharField(max_length=32)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    group_id = models.BigIntegerField(null=True)
    number_id = models.BigIntegerField(null=True)
    keyword_id = models.BigIntegerField(null=True)
    rule_id = models.BigIntegerField(null=True)
    message_id = models.BigIntegerField(null=True)
    text = models.TextField(default="")
    routes_version = models.BigIntegerField(default=0)
    """The state of the rules that decided; 0 where a person did."""
    user_id = models.BigIntegerField(null=True)
    """Who did it in the panel."""
    source = models.CharField(
        max_length=8, choices=Contact.Source.choices, default=Contact.Source.MANUAL, db_default=Contact.Source.KEYWORD
    )
    """How it came about; rules write none, which is by keyword."""
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "msisdn", "id"], name="consent_by_person"),
            models.Index(fields=["group_id", "id"], name="consent_by_group", condition=Q(group_id__isnull=False)),
            models.Index(fields=["account", "id"], name="consent_by_account"),
        ]

    def __str__(self) -> str:
        """Say what happened."""
        return f"{self.msisdn}: {self.kind}"


class OptOut(models.Model):
    """Somebody wants no messages: from a group, on a keyword, from a number, or from the account at all. The widest in force counts.

    `target_id` is the id of what `scope` names, 0 for the account.
    """

    class Scope(models.TextChoices):
        """What it covers."""

        GROUP = "group", _("A group")
        KEYWORD = "keyword", _("A keyword")
        NUMBER = "number", _("A number")
        ACCOUNT = "account", _("Everything")

    id = GivenId(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, db_constraint=False, db_index=False)
    msisdn = models.CharField(max_length=32)
    scope = models.CharField(max_length=8, choices=Scope.choices)
    target_id = models.BigIntegerField(default=0)
    number_id = models.BigIntegerField(null=True)
    """The number it arrived on; none where a person noted it."""
    message_id = models.BigIntegerField(null=True)
    text = models.TextField(default="")
    """As received: the proof."""
    user_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    """When a fresh sign-up, START or a person ended it; such rows stay as history."""
    lifted_by_id = models.BigIntegerField(null=True)
    """Who did it in the panel; none where the person did it by a message."""
    lift_reason = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "msisdn", "scope", "target_id"], name="opt_out_once", condition=Q(lifted_at__isnull=True)
            )
        ]
        indexes: ClassVar = [models.Index(fields=["account", "id"], name="opt_out_by_account")]

    def __str__(self) -> str:
        """Say who and what."""
        return f"{self.msisdn}: {self.scope}"


class BlockedSender(models.Model):
    """A phone the account does not want to hear from: its messages are stored and marked, and nothing else happens."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="blocked_senders", db_index=False)
    msisdn = models.CharField(max_length=32)
    reason = models.CharField(max_length=200, blank=True, default="")
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "msisdn"], name="blocked_sender_once")]

    def __str__(self) -> str:
        """Return the phone."""
        return self.msisdn


class ImportBatch(models.Model):
    """One list of people taken in, from the uploaded table to the memory of what it changed."""

    class State(models.TextChoices):
        """How far it is."""

        UPLOADED = "uploaded", _("Not imported yet")
        RUNNING = "running", _("Being imported")
        DONE = "done", _("Imported")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    account = models.ForeignKey(Account, models.CASCADE, related_name="import_batches", db_index=False)
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    filename = models.CharField(max_length=120, blank=True, default="")
    """Empty where the list was pasted."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.UPLOADED)
    table = models.BinaryField(default=b"")
    """The rows as read, packed; dropped once they are imported."""
    columns = models.JSONField(default=list)
    """What each column holds: `phone`, a contact's detail, or empty for a column that is left out."""
    has_header = models.BooleanField(default=False)
    row_count = models.IntegerField(default=0)
    position = models.IntegerField(default=0)
    """How many people are done already."""
    group = models.ForeignKey(Group, models.SET_NULL, null=True, related_name="+")
    is_new_group = models.BooleanField(default=False)
    created_count = models.IntegerField(default=0)
    changed_count = models.IntegerField(default=0)
    joined_count = models.IntegerField(default=0)
    opted_out_count = models.IntegerField(default=0, db_default=0)
    """Who was kept out of the group, because they opted out."""
    kept_count = models.IntegerField(default=0)
    """What undoing left alone, because somebody changed it since."""
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "id"], name="import_batch_by_account")]

    def __str__(self) -> str:
        """Return the file's name and the state."""
        return f"{self.filename or self.pk}: {self.state}"


class ImportedPerson(models.Model):
    """What an import did about one contact, kept so that it can be undone."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="people")
    contact_id = models.BigIntegerField()
    is_new = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    """Details as they were, for those that were overwritten."""
    after = models.JSONField(default=dict)
    """Details as the import left them: all of a new contact, else those it overwrote."""
    membership_id = models.BigIntegerField(null=True)
    """The membership it added."""

    def __str__(self) -> str:
        """Return whose."""
        return f"{self.batch_id}: {self.contact_id}"
