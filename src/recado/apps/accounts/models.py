"""Accounts and who gets in.

Account (the paying customer), User (a login), Membership (a login's role in an account), ApiUser (a program's login), SendLimit (how much
one may still send), Invitation (a role
offered by e-mail), Visit (an operator working in a customer's account).
"""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Account(models.Model):
    """A business on this installation. Everything it has carries its id."""

    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=8, default="pl")
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Warsaw")
    company = models.CharField(_("company name on invoices"), max_length=160, blank=True, db_default="", default="")
    tax_id = models.CharField(_("tax number"), max_length=32, blank=True, db_default="", default="")
    address = models.CharField(_("address"), max_length=200, blank=True, db_default="", default="")
    postcode = models.CharField(_("postcode"), max_length=16, blank=True, db_default="", default="")
    city = models.CharField(_("city"), max_length=80, blank=True, db_default="", default="")
    working_hours = models.JSONField(null=True)
    """Weekday (`mon` … `sun`) to opening and closing time (`["09:00", "17:00"]`), days off left out; None: `working_hours.OFFICE_HOURS`."""
    keeps_public_holidays = models.BooleanField(default=True, db_default=True)
    """Whether Polish public holidays count as closed."""
    extra_holidays = models.TextField(blank=True, db_default="", default="")
    """Own days off, one ISO date a line."""
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    """Nothing but direct answers is sent from then on the wall clock of the person it goes to …"""
    quiet_until = models.TimeField(_("until"), null=True, blank=True)
    """… until then, over midnight where it is earlier. Both or none."""
    keeps_messages_months = models.PositiveSmallIntegerField(null=True, blank=True)
    """After so many months messages are emptied; None: as the installation has it, 0: never (`apps.accounts.retention`)."""
    keeps_files_days = models.PositiveSmallIntegerField(null=True, blank=True)
    """After so many days the files of MMS are deleted; the same."""
    retention_set_at = models.DateTimeField(null=True)
    """When somebody chose these two."""
    messages_emptied_to = models.BigIntegerField(default=0, db_default=0)
    """Messages with smaller ids were emptied, as far as there were any …"""
    files_deleted_to = models.BigIntegerField(default=0, db_default=0)
    """… and their files deleted."""
    checklist_dismissed_at = models.DateTimeField(null=True)
    is_suspended = models.BooleanField(default=False)
    suspended_reason = models.CharField(max_length=300, blank=True, db_default="", default="")
    operator_note = models.TextField(blank=True, db_default="", default="")
    """What operators know about the customer; never shown to it."""
    plan = models.ForeignKey("plans.Plan", models.PROTECT, null=True, blank=True, related_name="accounts")
    """None: the default plan."""
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Return the business's name."""
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The company's time zone: what its days, hours and reports follow."""
        return ZoneInfo(self.time_zone)


class UserManager(BaseUserManager["User"]):
    """Creates logins by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a login; without a password it cannot sign in until one is set."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create the login of an operator who may do everything."""
        return self.create_user(email, password, operator_role=OperatorRole.ADMIN, is_superuser=True, **fields)


class OperatorRole(models.TextChoices):
    """What somebody of the installation's staff may do in the Operator Console."""

    ADMIN = "admin", _("Administrator")
    """Everything, team and credentials included."""
    SUPPORT = "support", _("Support")
    """Customers, numbers and messages; no carrier links, no team."""
    ENGINEER = "engineer", _("Engineer")
    """Carrier links, quarantine, jobs and the system; no customers' messages."""
    AUDITOR = "auditor", _("Auditor")
    """Looks, changes nothing."""


class Theme(models.TextChoices):
    """Light or dark."""

    SYSTEM = "system", _("As the device is set")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Density(models.TextChoices):
    """How much room rows take."""

    COMFORTABLE = "comfortable", _("Comfortable")
    COMPACT = "compact", _("Compact")


class MailNotices(models.TextChoices):
    """When notifications come by e-mail too."""

    OFF = "off", _("Never")
    NOW = "now", _("At once")
    DIGEST = "digest", _("Once a day")


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, default="")
    """Empty: the account's."""
    theme = models.CharField(_("theme"), max_length=8, choices=Theme.choices, default=Theme.SYSTEM)
    density = models.CharField(_("density"), max_length=16, choices=Density.choices, default=Density.COMFORTABLE)
    has_shortcuts = models.BooleanField(_("single-key shortcuts"), default=True)
    has_less_motion = models.BooleanField(_("less motion"), default=False)
    has_browser_notices = models.BooleanField(_("notices of the browser"), default=False)
    has_sound = models.BooleanField(_("sound"), default=False)
    mail_notices = models.CharField(_("by e-mail"), max_length=8, choices=MailNotices.choices, default=MailNotices.OFF)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    """Wall clock of the person's time zone; no browser notices, sounds and mails from then …"""
    quiet_until = models.TimeField(_("until"), null=True, blank=True)
    """… until then, over midnight where it is earlier."""
    operator_role = models.CharField(max_length=16, choices=OperatorRole.choices, blank=True, default="")
    """Empty for everybody who is not of the installation's staff."""
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        """Return the name, or the address where there is none."""
        return self.name or self.email


class Role(models.TextChoices):
    """What a member may do in an account (product.md §11)."""

    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Admin")
    EDITOR = "editor", _("Editor")
    AGENT = "agent", _("Agent")
    VIEWER = "viewer", _("Viewer")
    BILLING = "billing", _("Billing")
    API = "api", _("API")


class Membership(models.Model):
    """A login's role in an account."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.AGENT)
    muted_notices = models.JSONField(null=True)
    """Kinds of notifications the member does not want; None: they want all."""
    mailed_notices = models.JSONField(null=True)
    """Kinds of notifications that come by e-mail too, as `User.mail_notices` says; None: all."""
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "user"], name="membership_once")]

    def __str__(self) -> str:
        """Say who is what where."""
        return f"{self.user} / {self.account}: {self.role}"


class ApiUser(models.Model):
    """A program's login: user name and password, or a bearer token of which only the SHA-256 is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="api_users")
    username = models.CharField(max_length=64, unique=True)
    password = models.CharField(max_length=256)
    token_sha256 = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001  # several users without a token
    token_expires_at = models.DateTimeField(null=True)
    """When the login ends, by whatever it signs in."""
    allowed_networks = models.TextField(blank=True)
    """One network per line in CIDR form; empty allows every address."""
    name = models.CharField(_("name"), max_length=80, blank=True, default="", db_default="")
    """What it is for, in people's words."""
    phone = models.CharField(max_length=15, blank=True, default="", db_default="")
    """Of whoever looks after it; digits of E.164."""
    email = models.EmailField(blank=True, default="", db_default="")
    scopes = models.JSONField(null=True)
    """Values of `scopes.Scope` it has; None: every one."""
    is_test = models.BooleanField(default=False, db_default=False)
    """Whether what it sends goes to nobody and costs nothing."""
    is_subaccount = models.BooleanField(default=False, db_default=False)
    """Whether a program made it (provider-api.md §7, `subaccounts/add`); it can make none itself."""
    owner = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    """The person who made it: in whose name a program writes notes. None where a program made it."""
    last_used_at = models.DateTimeField(null=True)
    """Within a minute."""
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Return what it is called."""
        return self.name or self.username


class SendLimit(models.Model):
    """How many messages of a kind a program's login may still send; without a row there is no limit but the account's."""

    class Kind(models.TextChoices):
        """The provider's words (provider-api.md §7, `subaccounts/limit`)."""

        ECO = "eco", _("ECO+")
        FULL = "full", _("Own sender")
        VOICE = "voice", _("Voice")
        MMS = "mms", _("MMS")
        HLR = "hlr", _("HLR")

    api_user = models.ForeignKey(ApiUser, models.CASCADE, related_name="send_limits")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    remaining = models.IntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["api_user", "kind"], name="send_limit_once")]

    def __str__(self) -> str:
        """Say how many of what."""
        return f"{self.api_user}: {self.remaining} {self.kind}"


class Invitation(models.Model):
    """A role offered to an e-mail address. The link's token is kept as its SHA-256 only."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="invitations")
    """None where somebody is invited to the installation's staff."""
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(max_length=16, choices=Role.choices, blank=True, default="")
    operator_role = models.CharField(max_length=16, choices=OperatorRole.choices, blank=True, default="")
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "email"], name="invitation_by_account")]

    def __str__(self) -> str:
        """Return the address."""
        return self.email


class Visit(models.Model):
    """An operator working in a customer's account: why, until when, and whether anything may be changed."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="visits")
    user = models.ForeignKey(User, models.CASCADE, related_name="visits")
    reason = models.CharField(max_length=300)
    may_change = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Say who is where."""
        return f"{self.user} in {self.account}"
