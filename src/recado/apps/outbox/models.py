"""OutboundMessage with its segments, Destination (where forwards go) with its secrets, Job (one outbound obligation) and its attempts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account, User
from recado.apps.connections.models import Connection
from recado.apps.numbers.models import Number
from recado.core.receipt import OutboundState


class Origin(models.TextChoices):
    """Who caused an outgoing message."""

    RULE = "rule", _("Automatic reply")
    AGENT = "agent", _("Written by a person")
    API = "api", _("Sent by a program")
    CAMPAIGN = "campaign", _("Group send")
    FORWARD = "forward", _("Forwarded to a phone")


class SendKind(models.TextChoices):
    """How a message leaves (product.md §9)."""

    FULL = "full", _("Own sender")
    """From a sender name or a number of the account."""
    ECO = "eco", _("ECO+")
    """From a pool number of the installation."""


class ChargeState(models.TextChoices):
    """Where the money for an outgoing message is (product.md §10)."""

    NONE = "", _("Nothing to pay")
    """It costs nothing, or it is from before there was a ledger."""
    RESERVED = "reserved", _("Reserved")
    SETTLED = "settled", _("Paid")
    RELEASED = "released", _("Not charged")


class OutboundMessage(models.Model):
    """A message we send. The id is given by the application."""

    id = models.BigIntegerField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, null=True, db_constraint=False, db_index=False)
    """None: the installation's own, sent on nobody's behalf; no account ever sees it."""
    number = models.ForeignKey(Number, models.PROTECT, null=True, db_constraint=False, db_index=False)
    connection = models.ForeignKey(Connection, models.PROTECT, null=True, db_constraint=False, db_index=False)
    dialogue_id = models.BigIntegerField(null=True)
    sender = models.CharField(max_length=20)
    recipient = models.CharField(max_length=32)
    text = models.TextField()
    segment_count = models.SmallIntegerField(default=1)
    state = models.CharField(max_length=16, default=OutboundState.QUEUED.value)
    reason = models.CharField(max_length=40, default="")
    """A word of `core.receipt.UndeliveredReason`; empty unless undelivered."""
    carrier_error = models.CharField(max_length=80, default="")
    origin = models.CharField(max_length=8, choices=Origin.choices)
    author = models.ForeignKey(User, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    in_reply_to_id = models.BigIntegerField(null=True)
    rule_id = models.BigIntegerField(null=True)
    idempotency_key = models.CharField(max_length=64, null=True)  # noqa: DJ001  # unique only where given
    is_test = models.BooleanField(default=False)
    kind = models.CharField(max_length=4, choices=SendKind.choices, default=SendKind.FULL, db_default="full")
    campaign_id = models.BigIntegerField(null=True)
    autoresponder_id = models.BigIntegerField(null=True)
    unique_id = models.CharField(max_length=50, null=True)  # noqa: DJ001  # unique only where given
    """A program's own id for it."""
    cost = models.IntegerField(default=0, db_default=0)
    """What the account pays for it, in minor units, all segments together."""
    charge_state = models.CharField(max_length=8, choices=ChargeState.choices, default=ChargeState.NONE, db_default="")
    """Where the money for it is; it moves only by conditional updates (`store.charging`)."""
    destination_id = models.BigIntegerField(null=True)
    """The Destination of kind `phone` it forwards a message to; None unless it is such a forward."""
    is_flash = models.BooleanField(default=False, db_default=False)
    """Shown at once and not kept by the phone (message class 0)."""
    scheduled_at = models.DateTimeField(null=True)
    """Not to be handed over before."""
    valid_until = models.DateTimeField(null=True)
    """Not to be handed over or delivered after; None: the carrier's own period."""
    receipt_destination_id = models.BigIntegerField(null=True)
    """Where its fate is reported to; a Destination of kind `receipts`."""
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["recipient", "id"], name="outbound_by_recipient"),
            models.Index(fields=["campaign_id", "id"], name="outbound_by_campaign", condition=Q(campaign_id__isnull=False)),
            models.Index(
                fields=["campaign_id", "scheduled_at", "id"],
                name="outbound_kept_back",
                condition=Q(state="queued", campaign_id__isnull=False, scheduled_at__isnull=False),
            ),
            models.Index(
                fields=["campaign_id", "state", "reason", "id", "segment_count", "cost"],
                name="outbound_campaign_states",
                condition=Q(campaign_id__isnull=False),
            ),
            models.Index(fields=["connection", "recipient"], name="outbound_uncertain", condition=Q(state="uncertain")),
            models.Index(fields=["dialogue_id", "id"], name="outbound_by_dialogue"),
            models.Index(fields=["account", "id"], name="outbound_by_account"),
            models.Index(fields=["in_reply_to_id"], name="outbound_by_cause", condition=Q(in_reply_to_id__isnull=False)),
            models.Index(fields=["number", "recipient"], name="outbound_of_installation", condition=Q(account__isnull=True)),
            models.Index(fields=["account", "cost"], name="outbound_reserved", condition=Q(charge_state="reserved")),
            models.Index(
                fields=["destination_id", "created_at"], name="outbound_phone_forwards", condition=Q(destination_id__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "idempotency_key"], name="outbound_once", condition=Q(idempotency_key__isnull=False)
            ),
            models.UniqueConstraint(fields=["account", "unique_id"], name="outbound_unique_id", condition=Q(unique_id__isnull=False)),
        ]

    def __str__(self) -> str:
        """Return to whom."""
        return f"→ {self.recipient}: {self.state}"


class Segment(models.Model):
    """One piece of an outgoing message as handed to the carrier, found again by the carrier's id."""

    id = models.BigIntegerField(primary_key=True)
    outbound_message = models.ForeignKey(OutboundMessage, models.CASCADE, related_name="segments", db_constraint=False, db_index=False)
    position = models.SmallIntegerField()
    connection = models.ForeignKey(Connection, models.CASCADE, db_constraint=False, db_index=False)
    carrier_message_id = models.CharField(max_length=80)
    state = models.CharField(max_length=16, default=OutboundState.SENT.value)
    reason = models.CharField(max_length=40, default="", db_default="")
    """Of its own receipt; a word of `core.receipt.UndeliveredReason`."""
    carrier_state = models.CharField(max_length=16, default="")
    carrier_error = models.CharField(max_length=80, default="")
    updated_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["connection", "carrier_message_id"], name="segment_by_carrier_id"),
            models.Index(fields=["outbound_message"], name="segment_by_message"),
        ]

    def __str__(self) -> str:
        """Return the carrier's id."""
        return self.carrier_message_id


class PoolUse(models.Model):
    """Which account writes to a phone from a pool number: no other one does within the correlation window."""

    number = models.ForeignKey(Number, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    msisdn = models.CharField(max_length=32)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    used_at = models.DateTimeField()
    """When it last did."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["msisdn", "number"], name="pool_use_once")]

    def __str__(self) -> str:
        """Return number and phone."""
        return f"{self.number_id} → {self.msisdn}"


class UnmatchedReceipt(models.Model):
    """A delivery receipt that came before the carrier's answer to the submit was stored, or that nobody waits for."""

    id = models.BigIntegerField(primary_key=True)
    connection = models.ForeignKey(Connection, models.CASCADE, db_constraint=False, db_index=False)
    carrier_message_id = models.CharField(max_length=80)
    carrier_state = models.CharField(max_length=16)
    carrier_error = models.CharField(max_length=80, default="")
    state = models.CharField(max_length=16, default="")
    reason = models.CharField(max_length=40, default="")
    raw = models.BinaryField()
    sender = models.CharField(max_length=32, default="", db_default="")
    """Our number or name it went from, as the carrier says; empty where it does not."""
    recipient = models.CharField(max_length=32, default="", db_default="")
    """The phone it went to."""
    text = models.CharField(max_length=160, default="", db_default="")
    """The beginning of the text, where the carrier repeats it."""
    received_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["connection", "carrier_message_id"], name="unmatched_by_carrier_id"),
            models.Index(fields=["connection", "recipient"], name="unmatched_by_phone"),
        ]

    def __str__(self) -> str:
        """Return the carrier's id and word."""
        return f"{self.carrier_message_id}: {self.carrier_state}"


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
    email = models.CharField(_("e-mail address"), max_length=254, blank=True, default="", db_default="")
    subject = models.CharField(_("subject"), max_length=200, blank=True, default="", db_default="")
    """Of mails, with `{placeholders}`; empty: the usual one."""
    has_attachments = models.BooleanField(_("with attachments"), default=True, db_default=True)
    msisdn = models.CharField(_("phone"), max_length=32, blank=True, default="", db_default="")
    daily_limit = models.IntegerField(_("at most a day"), null=True, blank=True)
    """Messages forwarded to a phone within 24 hours; None: the standard limit."""
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


class JobKind(models.TextChoices):
    """What kind of obligation a job is."""

    SUBMIT = "submit", _("Send to the carrier")
    FORWARD_URL = "forward_url", _("Forward to a URL")
    FORWARD_EMAIL = "forward_email", _("Forward to an e-mail address")
    FORWARD_PHONE = "forward_phone", _("Forward to a phone")
    PUSH_RECEIPT = "push_receipt", _("Report a delivery")


FORWARDS = (JobKind.FORWARD_URL, JobKind.FORWARD_EMAIL, JobKind.FORWARD_PHONE)
"""Jobs that hand a received message on."""


class JobState(models.TextChoices):
    """Where a job is. Claimed jobs return to waiting when their lease ends; those being handed over never do."""

    WAITING = "waiting", _("Waiting")
    CLAIMED = "claimed", _("In progress")
    HANDING = "handing", _("Being handed over")
    """Written before a text is handed to a carrier, so that after a crash it is known that it may have been."""
    DONE = "done", _("Done")
    DEAD = "dead", _("Given up")


class Job(models.Model):
    """One outbound obligation, written in the transaction that caused it."""

    id = models.BigIntegerField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, null=True, db_constraint=False, db_index=False)
    """None: the installation's own."""
    kind = models.CharField(max_length=16, choices=JobKind.choices)
    message_id = models.BigIntegerField(null=True)
    """The inbound message that is forwarded or answered."""
    outbound_message = models.ForeignKey(
        OutboundMessage, models.CASCADE, null=True, db_constraint=False, db_index=False, related_name="jobs"
    )
    destination = models.ForeignKey(Destination, models.CASCADE, null=True, db_constraint=False, db_index=False, related_name="jobs")
    url = models.CharField(max_length=2000, default="", db_default="")
    """Where it goes instead of its destination's address; empty: there."""
    sample = models.JSONField(null=True)
    """A message that nobody sent, for trying a destination out: `sender`, `recipient`, `text`; None: the inbound message."""
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    is_bulk = models.BooleanField(default=False, db_default=False)
    """Whether it belongs to a campaign and waits for answers and single messages to go first."""
    attempt_count = models.SmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    claimed_by = models.BigIntegerField(null=True)
    """The worker that claimed it last; its node is in the last three bits (`store.claimer`)."""
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, default="")
    forwarded: OutboundMessage | None = None
    """The text that a forward to a phone became, where `queries.with_texts` looked for it; not stored."""

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["is_bulk", "kind", "next_attempt_at", "id"], name="job_due_in_order", condition=Q(state__in=("waiting", "claimed"))
            ),
            models.Index(fields=["claimed_until"], name="job_handing", condition=Q(state="handing")),
            models.Index(fields=["outbound_message"], name="job_by_outbound", condition=Q(outbound_message__isnull=False)),
            models.Index(fields=["message_id"], name="job_by_message", condition=Q(message_id__isnull=False)),
            models.Index(fields=["destination", "id"], name="job_by_destination", condition=Q(destination__isnull=False)),
            models.Index(fields=["id"], name="job_dead", condition=Q(state="dead")),
            models.Index(
                fields=["destination", "next_attempt_at", "id"],
                name="job_due_by_destination",
                condition=Q(state__in=("waiting", "claimed"), destination__isnull=False),
            ),
            models.Index(fields=["account", "id"], name="job_told_by_account", condition=Q(destination__isnull=False)),
            models.Index(fields=["destination", "id"], name="job_dead_told", condition=Q(state="dead", destination__isnull=False)),
            models.Index(fields=["id"], name="job_sample", condition=Q(state__in=("waiting", "claimed"), sample__isnull=False)),
            models.Index(fields=["id"], name="job_elsewhere", condition=Q(state__in=("waiting", "claimed"), url__gt="")),
        ]

    def __str__(self) -> str:
        """Return kind and state."""
        return f"{self.kind}: {self.state}"


class HeldPhone(models.Model):
    """A forward that failed and waits for its next try: what comes later about the same phone to the same place waits behind it.

    Written when its first attempt fails, removed when it is done or given up.
    """

    job = models.OneToOneField(Job, models.CASCADE, primary_key=True, related_name="+", db_constraint=False)
    destination_id = models.BigIntegerField()
    phone = models.CharField(max_length=32)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["destination_id", "phone", "job"], name="held_phone_by_destination")]

    def __str__(self) -> str:
        """Return the phone."""
        return self.phone


class Attempt(models.Model):
    """One try to work off a job, with what was said."""

    id = models.BigIntegerField(primary_key=True)
    job = models.ForeignKey(Job, models.CASCADE, related_name="attempts", db_constraint=False, db_index=False)
    position = models.SmallIntegerField()
    started_at = models.DateTimeField()
    duration_ms = models.IntegerField()
    request = models.TextField(blank=True)
    """Its first line, headers and body, without secrets."""
    response_status = models.SmallIntegerField(null=True)
    response_headers = models.TextField(blank=True, default="", db_default="")
    response_body = models.TextField(blank=True)
    error = models.CharField(max_length=200, default="")
    """Empty when the attempt succeeded."""
    reply = models.CharField(max_length=16, default="", db_default="")
    """What became of a reply in the answer, a word of `core.webhook_reply.ReplyFate`; empty: there was none."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["job", "position"], name="attempt_by_job")]

    def __str__(self) -> str:
        """Return the position and how it ended."""
        return f"{self.position}: {self.error or 'ok'}"
