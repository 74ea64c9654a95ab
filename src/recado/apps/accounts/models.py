"""Account (the paying customer), User (a login), Membership (a login's role in an account), ApiUser (a program's login)."""

from typing import Any, ClassVar

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
    is_suspended = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Return the business's name."""
        return self.name


class UserManager(BaseUserManager["User"]):
    """Creates logins by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a login; without a password it cannot sign in until one is set."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an operator's login."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    is_staff = models.BooleanField(default=False)
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
    allowed_networks = models.TextField(blank=True)
    """One network per line in CIDR form; empty allows every address."""
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Return the user name."""
        return self.username
