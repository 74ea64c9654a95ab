"""KeywordNearMiss with its days and NearMissTally; the counts of an earlier version, not used any more."""

from typing import ClassVar

from django.db import models

from recado.apps.accounts.models import Account
from recado.apps.keywords.models.reservations import Keyword
from recado.apps.numbers.models import Number


class KeywordDay(models.Model):
    """Not used any more: `apps.statistics` counts. The next version drops the table."""

    keyword = models.ForeignKey(Keyword, models.CASCADE, related_name="days", db_index=False)
    day = models.DateField()
    received = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["keyword", "day"], name="keyword_day_once")]

    def __str__(self) -> str:
        """Return day and count."""
        return f"{self.day}: {self.received}"


class KeywordArgumentDay(models.Model):
    """Not used any more, as `KeywordDay`."""

    keyword = models.ForeignKey(Keyword, models.CASCADE, related_name="argument_days", db_index=False)
    day = models.DateField()
    argument = models.CharField(max_length=80)
    """Folded; empty: all those beyond the ones counted one by one."""
    shown = models.CharField(max_length=80)
    """As somebody typed it."""
    received = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["keyword", "day", "argument"], name="keyword_argument_day_once")]

    def __str__(self) -> str:
        """Return day, argument and count."""
        return f"{self.day} {self.shown}: {self.received}"


class KeywordTally(models.Model):
    """Not used any more, as `KeywordDay`."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="+")
    counted_to = models.BigIntegerField()
    """Messages with smaller ids are in `KeywordDay` and `KeywordArgumentDay`."""

    def __str__(self) -> str:
        """Return the id."""
        return str(self.counted_to)


class KeywordNearMiss(models.Model):
    """A spelling that was one slip of the finger away from a keyword, and how often it came.

    It is the account's that owns the keyword, and so it holds the misspelt word and nothing else of the messages: on a shared number
    those are nobody's.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_index=False)
    keyword = models.ForeignKey(Keyword, models.CASCADE, related_name="near_misses", db_index=False)
    number = models.ForeignKey(Number, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    spelling = models.CharField(max_length=160)
    """Folded, as it stood at the beginning of the text."""
    count = models.IntegerField(default=0)
    last_at = models.DateTimeField()
    is_ignored = models.BooleanField(default=False)
    """Settled: somebody does not want to see it, or made it a spelling of the keyword."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["keyword", "spelling"], name="near_miss_once")]
        indexes: ClassVar = [models.Index(fields=["account", "last_at"], name="near_miss_by_account")]

    def __str__(self) -> str:
        """Return what was typed."""
        return self.spelling


class KeywordNearMissDay(models.Model):
    """How often such a spelling came on one day of the account's calendar."""

    keyword = models.ForeignKey(Keyword, models.CASCADE, related_name="+", db_index=False)
    spelling = models.CharField(max_length=160)
    day = models.DateField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["keyword", "day", "spelling"], name="near_miss_day_once")]

    def __str__(self) -> str:
        """Return day and spelling."""
        return f"{self.day}: {self.spelling}"


class NearMissTally(models.Model):
    """How far the messages on a number are looked through for near misses."""

    number = models.OneToOneField(Number, models.CASCADE, related_name="+")
    counted_to = models.BigIntegerField()
    """Messages with smaller ids are in `KeywordNearMiss`."""

    def __str__(self) -> str:
        """Return the id."""
        return str(self.counted_to)
