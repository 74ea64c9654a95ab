"""Keyword with its Spellings, NearForm (where look-alikes are found), BlockedWord."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.numbers.models import Number
from recado.core.routes import MatchKind


class Keyword(models.Model):
    """A word reserved on a number for an account."""

    class State(models.TextChoices):
        """Where a reservation is in its life."""

        HELD = "held", _("Held")
        LIVE = "live", _("Active")
        PAUSED = "paused", _("Paused")
        QUARANTINE = "quarantine", _("Quarantine")

    account = models.ForeignKey(Account, models.CASCADE, related_name="keywords")
    number = models.ForeignKey(Number, models.PROTECT, related_name="keywords")
    word = models.CharField(_("keyword"), max_length=80)
    tokens = models.CharField(max_length=160)
    """Exact spelling: normalised tokens joined by one space."""
    folded = models.CharField(max_length=160)
    kind = models.CharField(
        _("how it must match"), max_length=10, choices=[(kind.value, kind.value) for kind in MatchKind], default=MatchKind.EXACT.value
    )
    also_when_text_follows = models.BooleanField(_("also when text follows"), default=False)
    asks_back = models.BooleanField(_("ask when somebody mistypes it"), default=False, db_default=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.LIVE)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    """When people were last told that the reservation ends."""
    poster_opened_at = models.DateTimeField(null=True, blank=True)
    """When somebody first made a poster of it."""
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "id"], name="keyword_by_account"),
            models.Index(fields=["number", "folded"], name="keyword_by_word"),
        ]

    def __str__(self) -> str:
        """Return the word."""
        return self.word


class Spelling(models.Model):
    """One way to write a keyword, its main word or a synonym, with the period in which it is kept from others.

    That no two owners have the same word at once is a constraint of the database that Django cannot express: `overlaps`.
    """

    keyword = models.ForeignKey(Keyword, models.CASCADE, related_name="spellings")
    number = models.ForeignKey(Number, models.PROTECT, related_name="spellings", db_index=False)
    """The keyword's, here for the constraint, as are account and kind."""
    account = models.ForeignKey(Account, models.CASCADE, related_name="spellings")
    word = models.CharField(max_length=80)
    tokens = models.CharField(max_length=160)
    folded = models.CharField(max_length=160)
    kind = models.CharField(max_length=10)
    is_main = models.BooleanField()
    """Whether it is the keyword's own word; each keyword has one such row."""
    is_double = models.BooleanField(default=False)
    """Whether somebody else has the same folded word from the time when that could be; the constraint then leaves it alone."""
    starts_at = models.DateTimeField()
    """When the reservation begins; for one without a start, when it was made."""
    ends_at = models.DateTimeField(null=True)
    """The keyword's end; from then on its owner may reserve the word again."""
    kept_until = models.DateTimeField(null=True)
    """From when on others may reserve the word; none where there is no end."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_at=None) | models.Q(ends_at__gte=models.F("starts_at")), name="spelling_ends"),
            models.CheckConstraint(
                condition=models.Q(kept_until=None) | models.Q(kept_until__gte=models.F("ends_at")), name="spelling_kept"
            ),
            models.UniqueConstraint(fields=["keyword"], condition=models.Q(is_main=True), name="spelling_main_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["number", "folded"], name="spelling_by_word")]

    def __str__(self) -> str:
        """Return the word."""
        return self.word


class NearForm(models.Model):
    """A spelling as it looks, whole and with each letter left out: two words one slip apart have one of these in common."""

    spelling = models.ForeignKey(Spelling, models.CASCADE, related_name="near_forms")
    number = models.ForeignKey(Number, models.PROTECT, related_name="+", db_index=False)
    form = models.CharField(max_length=160)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["number", "form"], name="near_form_by_word")]

    def __str__(self) -> str:
        """Return the form."""
        return self.form


class BlockedWord(models.Model):
    """A word the operator keeps from everybody on shared numbers."""

    word = models.CharField(_("word"), max_length=80)
    form = models.CharField(max_length=160, unique=True)
    """The word as it looks (`words.skeleton`)."""
    reason = models.CharField(_("reason"), max_length=200)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Return the word."""
        return self.word
