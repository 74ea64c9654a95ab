"""Job, one outbound obligation, what it waits for, and every attempt at it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.ids import GivenId
from recado.apps.outbox.models.destinations import Destination
from recado.apps.outbox.models.outgoing import OutboundMessage


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

    id = GivenId(primary_key=True)
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
            models.Index(
                fields=["next_attempt_at", "id", "destination", "kind"],
                name="job_retried",
                condition=Q(state__in=("waiting", "claimed"), attempt_count__gt=0),
            ),
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

    id = GivenId(primary_key=True)
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
