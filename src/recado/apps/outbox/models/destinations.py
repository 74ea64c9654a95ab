"""Destination, where messages and reports are forwarded to, and the secrets it is signed with."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account


class Destination(models.Model):
    """Where messages are forwarded to. Which columns are used depends on the kind."""

    class Kind(models.TextChoices):
        """The ways to forward that exist."""

        URL = "url", _("URL")
        """A template filled with macros, in the provider's style."""
        WEBHOOK = "webhook", _("Webhook")
        """A signed JSON or XML document."""
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        RECEIPTS = "receipts", _("URL for delivery reports")

    class Method(models.TextChoices):
        """How a URL is called."""

        GET = "GET", "GET"
        POST = "POST", "POST"

    class Body(models.TextChoices):
        """What a webhook carries."""

        JSON = "json", "JSON"
        XML = "xml", "XML"
        TWILIO = "twilio", _("As Twilio sends it")

    class PhoneForm(models.TextChoices):
        """How phones are written into a URL (provider-api.md §8)."""

        DIGITS = "digits", _("Digits with the code of the country: 48604218377")
        PLUS = "plus", _("With a plus: +48604218377")
        NATIONAL = "national", _("As dialled at home: 604218377")
        """Without the code of the country; phones of other countries with a plus."""

    class Signature(models.TextChoices):
        """How a webhook is signed (Standard Webhooks); bodies as Twilio sends them are signed as Twilio does."""

        HMAC = "hmac", "HMAC-SHA256 (v1)"
        ED25519 = "ed25519", "Ed25519 (v1a)"

    account = models.ForeignKey(Account, models.CASCADE, related_name="destinations")
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.URL)
    url = models.CharField(_("URL"), max_length=2000)
    """For URLs and reports a template with `#MACRO#` placeholders (provider-api.md §8), for webhooks an address; else empty."""
    method = models.CharField(_("method"), max_length=4, choices=Method.choices, default=Method.GET)
    body = models.CharField(_("format"), max_length=8, choices=Body.choices, default=Body.JSON, db_default="json")
    signature = models.CharField(_("signature"), max_length=8, choices=Signature.choices, default=Signature.HMAC, db_default="hmac")
    headers = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    """Own request headers, name to value."""
    batch_limit = models.SmallIntegerField(default=1, db_default=1)
    """Messages a webhook takes in one request, 1 to 100."""
    takes_replies = models.BooleanField(default=False, db_default=False)
    """Whether a reply in the answer of the other side is sent to the person as an SMS."""
    phone_form = models.CharField(
        _("phone numbers"), max_length=8, choices=PhoneForm.choices, default=PhoneForm.DIGITS, db_default="digits"
    )
    """Of a URL: how the macros of phones are filled in."""
    email = models.CharField(_("e-mail address"), max_length=254, blank=True, default="", db_default="")
    subject = models.CharField(_("subject"), max_length=200, blank=True, default="", db_default="")
    """Of mails, with `{placeholders}`; empty: the usual one."""
    has_attachments = models.BooleanField(_("with attachments"), default=True, db_default=True)
    msisdn = models.CharField(_("phone"), max_length=32, blank=True, default="", db_default="")
    daily_limit = models.IntegerField(_("at most a day"), null=True, blank=True)
    """Messages forwarded to a phone within 24 hours; None: the standard limit."""
    confirmed_at = models.DateTimeField(null=True)
    """When somebody who has the phone agreed; None while nobody did, and of other kinds. Another phone must agree anew."""
    is_enabled = models.BooleanField(default=True)
    is_default = models.BooleanField(default=False, db_default=False)
    """Whether delivery reports of messages that name no other place go here."""
    failing_since = models.DateTimeField(null=True)
    """When the first of the failures came that no success has followed; None: all is well."""
    failed_attempts = models.IntegerField(default=0, db_default=0)
    """How many attempts failed since."""
    succeeded_at = models.DateTimeField(null=True)
    """When something last arrived there, to the minute."""
    paused_at = models.DateTimeField(null=True)
    """When it was paused because nothing arrives there any more; its jobs wait. None: it is not."""
    pause_reason = models.CharField(max_length=200, blank=True, default="", db_default="")
    """A word of `core.pausing.PauseReason`."""
    pause_told_at = models.DateTimeField(null=True)
    """When the account's people were told that it is paused; None while nobody was."""
    removed_at = models.DateTimeField(null=True)
    """When it was removed: from then on nobody can choose it, and what was delivered there can still be read."""
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], name="destination_failing", condition=Q(failing_since__isnull=False)),
            models.Index(fields=["id"], name="destination_pause_untold", condition=Q(paused_at__isnull=False, pause_told_at__isnull=True)),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class SigningSecret(models.Model):
    """A key that a webhook is signed with; several during a rotation. Never shown again after it was made."""

    destination = models.ForeignKey(Destination, models.CASCADE, related_name="secrets")
    signature = models.CharField(max_length=8, choices=[*Destination.Signature.choices, ("twilio", "Twilio")])
    secret = models.CharField(max_length=200)
    """As the other side gets it: `whsec_…`, of ed25519 `whsk_…`, of Twilio the auth token."""
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    """When it stops being used; None: it is the one in force."""

    def __str__(self) -> str:
        """Return what kind."""
        return self.signature
