"""Contact (a person as one account knows them), Group, GroupMembership (who is in which, since when and why)."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account


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

    id = models.BigIntegerField(primary_key=True)
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
    created_at = models.DateTimeField(default=timezone.now)
    groups: "models.ManyToManyField[Group, GroupMembership]" = models.ManyToManyField(
        Group, through="GroupMembership", related_name="contacts"
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "msisdn"], name="contact_once")]

    def __str__(self) -> str:
        """Return the name, or the number where there is none."""
        return " ".join(filter(None, (self.first_name, self.last_name))) or f"+{self.msisdn}"


class GroupMembership(models.Model):
    """A contact in a group, with the message that brought them there."""

    id = models.BigIntegerField(primary_key=True)
    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships", db_index=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="memberships")
    joined_at = models.DateTimeField(default=timezone.now)
    message_id = models.BigIntegerField(null=True)
    keyword_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["group", "contact"], name="group_membership_once")]

    def __str__(self) -> str:
        """Say who is in what."""
        return f"{self.contact_id} in {self.group_id}"
