"""Money: Wallet, Transfer, Subscription, BillingRun, BillingDraft, Invoice, InvoiceSeries, Seller, what accounts ask for, CheckResult.

All amounts are integer minor units, net of VAT; only invoices know VAT. Rows of Transfer are never changed or removed.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account, User
from recado.apps.ids import GivenId
from recado.apps.numbers.models import Number
from recado.core.ledger import Book, Event
from recado.core.number import NumberKind


class Wallet(models.Model):
    """What an account has, what of it is reserved, and how far it may go. An account without one has nothing and may owe any amount."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="wallet", db_constraint=False)
    balance = models.BigIntegerField(default=0, db_default=0)
    """The sum of the account's transfers to and from the book `customer`; below zero, what it owes."""
    reserved = models.BigIntegerField(default=0, db_default=0)
    """The sum of `cost` of its messages whose charge is `reserved`, and of what its campaigns hold."""
    floor = models.BigIntegerField(null=True)
    """`balance - reserved` never goes below: 0 for who pays before, minus the limit for who pays after; None: no limit."""
    own_limit = models.BigIntegerField(null=True)
    """How much the account may owe where that is another amount than its plan's; None: as the plan says. Without effect where the plan
    is paid in advance."""
    refused_at = models.DateTimeField(null=True)
    """When an automatic reply was last not sent because nothing was left."""
    told_at = models.DateTimeField(null=True)
    """When its people were last told so."""
    updated_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Return the account."""
        return str(self.account_id)


class Transfer(models.Model):
    """One movement of money from one book to another: the debit and the credit of double entry in one row that cannot be unbalanced."""

    id = GivenId(primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, db_constraint=False, db_index=False)
    debit = models.CharField(max_length=16, choices=[(book.value, book.value) for book in Book])
    credit = models.CharField(max_length=16, choices=[(book.value, book.value) for book in Book])
    amount = models.BigIntegerField()
    event = models.CharField(max_length=16, choices=[(event.value, event.value) for event in Event])
    reference_id = models.BigIntegerField()
    leg = models.SmallIntegerField(default=0, db_default=0)
    note = models.CharField(max_length=200, default="", db_default="")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "reference_id", "leg"], name="transfer_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_amount"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_books"),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "id"], name="transfer_by_account")]

    def __str__(self) -> str:
        """Return what moved."""
        return f"{self.debit} → {self.credit}: {self.amount}"


class Subscription(models.Model):
    """Something an account pays for each month: a number, or a package of keywords on shared numbers of a kind."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="subscriptions")
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.value) for kind in NumberKind])
    package = models.CharField(max_length=40, default="", db_default="")
    """Which of the kind's packages; empty: the only one."""
    number = models.ForeignKey(Number, models.PROTECT, null=True, related_name="subscriptions")
    """None on shared kinds."""
    starts_on = models.DateField()
    """Its first day, on the account's calendar."""
    ends_on = models.DateField(null=True)
    """The first day without it; None: it goes on."""
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Return kind and package."""
        return f"{self.kind} {self.package}".strip()


class BillingRun(models.Model):
    """The billing of one month for everybody: looked at first, then posted, after which the month is locked."""

    class State(models.TextChoices):
        """Where a run is."""

        DRAFT = "draft", _("Draft")
        POSTING = "posting", _("Being posted")
        """Ordered; what was interrupted goes on by itself."""
        POSTED = "posted", _("Posted")

    month = models.DateField(unique=True)
    """The month's first day."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    """When it was computed last."""
    is_complete = models.BooleanField(default=True, db_default=True)
    """Whether that has come to its end; what is being computed, or was interrupted, cannot be posted."""
    posted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    posted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the month."""
        return f"{self.month:%Y-%m}"


class BillingDraft(models.Model):
    """What a run would invoice one account, as it was computed last; posting makes exactly this an invoice."""

    run = models.ForeignKey(BillingRun, models.CASCADE, related_name="drafts")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    lines = models.JSONField(default=list)
    """As `Invoice.lines`."""
    net = models.BigIntegerField(default=0)
    vat = models.BigIntegerField(default=0)
    gross = models.BigIntegerField(default=0)
    previous_net = models.BigIntegerField(null=True)
    """Net as it was computed the time before; None: it was not there."""
    warnings = models.JSONField(default=list)
    """Words of `apps.billing.runs.DraftWarning`."""
    is_posted = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "account"], name="billing_draft_once")]

    def __str__(self) -> str:
        """Return run and account."""
        return f"{self.run_id}: {self.account_id}"


class InvoiceSeries(models.Model):
    """Which number of a series was given last; whoever takes the next holds the row until the invoice is stored."""

    kind = models.CharField(max_length=12)
    series = models.CharField(max_length=12)
    last = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "series"], name="invoice_series_once")]

    def __str__(self) -> str:
        """Return series and count."""
        return f"{self.kind} {self.series}: {self.last}"


class Seller(models.Model):
    """Who issues the invoices of this installation; there is one row at most."""

    name = models.CharField(max_length=160)
    tax_id = models.CharField(max_length=32)
    address = models.CharField(max_length=200)
    postcode = models.CharField(max_length=16)
    city = models.CharField(max_length=80)
    place = models.CharField(max_length=80)
    """Where invoices are issued."""
    bank_account = models.CharField(max_length=34)
    """IBAN."""
    bank_name = models.CharField(max_length=80, default="", db_default="")
    payment_days = models.SmallIntegerField(default=14, db_default=14)
    vat_rate = models.SmallIntegerField(default=23, db_default=23)
    top_up_text = models.TextField(default="", db_default="")
    """How customers who pay before top up, in the operator's words."""
    offered_plans = models.ManyToManyField("plans.Plan", related_name="+")
    """The plans customers may ask for."""

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class PlanPeriod(models.Model):
    """Which plan's fees an account pays from a day on. An account without rows always had its present plan."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="plan_periods")
    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="+")
    """A plan that somebody was on stays: without it, the days on it would cost nothing."""
    from_day = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "from_day"], name="plan_period_once")]

    def __str__(self) -> str:
        """Return account and day."""
        return f"{self.account_id} from {self.from_day}"


class PlanRequest(models.Model):
    """A customer asks the operator for another plan."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="plan_requests")
    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account"], name="plan_request_once", condition=Q(settled_at__isnull=True)),
        ]

    def __str__(self) -> str:
        """Return account and plan."""
        return f"{self.account_id}: {self.plan_id}"


class Invoice(models.Model):
    """A document that was issued. It never changes; mistakes are put right by a correcting one."""

    class Kind(models.TextChoices):
        """What kind of document."""

        INVOICE = "invoice", _("Invoice")
        CORRECTION = "correction", _("Correcting invoice")

    account = models.ForeignKey(Account, models.PROTECT, related_name="invoices")
    run = models.ForeignKey(BillingRun, models.PROTECT, null=True, related_name="invoices")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.INVOICE)
    series = models.CharField(max_length=12)
    """Year and month, such as `2026-11`; correcting invoices have series of their own."""
    sequence = models.IntegerField()
    """Counts within the series from 1 without holes."""
    issued_on = models.DateField()
    sold_on = models.DateField()
    due_on = models.DateField()
    seller = models.JSONField()
    buyer = models.JSONField()
    """Both as they were when it was issued: `name`, `tax_id`, `address`, `postcode`, `city`; the seller has also `place`, `bank_account`
    and `bank_name`."""
    language = models.CharField(max_length=8, default="pl", db_default="pl")
    """In which its lines are written."""
    lines = models.JSONField()
    """`text`, `quantity`, `unit`, `unit_net`, `net`, `vat_rate` in percent, `vat`, `gross`; a correction's lines are differences.
    What was billed has `code`, `month` and `reference`, too (`core.billing.Key`); a correction's line names with `corrects` the line it is
    about."""
    net = models.BigIntegerField()
    vat = models.BigIntegerField()
    gross = models.BigIntegerField()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    reason = models.CharField(max_length=200, default="", db_default="")
    """Why it corrects."""
    paid_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "series", "sequence"], name="invoice_number_once"),
            models.UniqueConstraint(fields=["run", "account"], name="invoice_once_a_run", condition=Q(run__isnull=False)),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "issued_on"], name="invoice_by_account")]

    def __str__(self) -> str:
        """Return the number."""
        return self.number

    @property
    def number(self) -> str:
        """Return what people call it: `FV 12/11/2026`, a correcting one `KOR 1/11/2026`."""
        year, month = self.series.split("-")
        return f"{'KOR' if self.kind == self.Kind.CORRECTION else 'FV'} {self.sequence}/{month}/{year}"


class CreditAlert(models.Model):
    """An amount at which an account wants to be told: what is left (paying before) or what is owed (paying after)."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="credit_alerts")
    amount = models.BigIntegerField()
    told_at = models.DateTimeField(null=True)
    """When it was told last; None: it will be told when the amount is reached."""
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "amount"], name="credit_alert_once")]

    def __str__(self) -> str:
        """Return the amount."""
        return str(self.amount)


class CheckResult(models.Model):
    """What the nightly recount of one subject came to, `apps.billing.self_check`; each subject has one row, the newest."""

    subject = models.CharField(max_length=24, unique=True)
    """A word of `self_check.Subject`."""
    checked_at = models.DateTimeField()
    checked_count = models.BigIntegerField(default=0)
    """How many rows were recounted."""
    difference_count = models.IntegerField(default=0)
    differences = models.JSONField(default=list)
    """The first of them, each with `id`, `stored` and `counted`."""

    def __str__(self) -> str:
        """Return the subject and what was found."""
        return f"{self.subject}: {self.difference_count}"
