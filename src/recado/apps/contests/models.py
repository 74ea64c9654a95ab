"""Contests: Contest, Entry, Draw (a frozen list and its protocol), Win (who was drawn or chosen)."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account, User
from recado.apps.contacts.models import Group
from recado.apps.ids import GivenId
from recado.core.contest import EntryRule, EntryState


class Contest(models.Model):
    """What can be won, by whom, until when."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="contests")
    name = models.CharField(_("name"), max_length=120)
    prizes = models.TextField(blank=True, default="")
    rules_text = models.TextField(blank=True, default="")
    """The organiser's terms, as the public page shows them."""
    organiser = models.CharField(max_length=300, blank=True, default="")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    """When somebody ended it before its time."""
    entry_rule = models.CharField(max_length=8, default=EntryRule.AT_CLOSE.value)
    correct_answers = models.TextField(blank=True, default="")
    """One a line, compared folded; where there are any, other answers are wrong under every rule."""
    every = models.IntegerField(null=True, blank=True)
    """N of the first N, k of every k-th, N of one in N."""
    win_cap = models.IntegerField(null=True, blank=True)
    """At most so many winners in all, of rules that decide at once."""
    win_cap_per_day = models.IntegerField(null=True, blank=True)
    limit_per_day = models.IntegerField(null=True, blank=True)
    limit_total = models.IntegerField(null=True, blank=True, default=1)
    """Entries of one phone; none: any number."""
    min_age = models.SmallIntegerField(null=True, blank=True)
    """Asked for by text, on own numbers."""
    excludes_earlier_winners = models.BooleanField(default=False)
    """Whether who won a contest of the account within a year may not win again."""
    excluded_group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="+")
    winner_count = models.IntegerField(default=1)
    reserve_count = models.IntegerField(default=0)
    entered_text = models.TextField(blank=True, default="")
    """To who is in; empty: the rule's reply."""
    win_text = models.TextField(blank=True, default="")
    lose_text = models.TextField(blank=True, default="")
    """To who enters and does not win, of rules that decide at once."""
    wrong_text = models.TextField(blank=True, default="")
    already_text = models.TextField(blank=True, default="")
    early_text = models.TextField(blank=True, default="")
    late_text = models.TextField(blank=True, default="")
    age_text = models.TextField(blank=True, default="")
    """The question for the year of birth."""
    refused_text = models.TextField(blank=True, default="")
    """To who may not take part."""
    notify_text = models.TextField(blank=True, default="")
    """To winners who are drawn or chosen."""
    public_token = models.CharField(max_length=32, unique=True)
    is_public = models.BooleanField(default=False)
    """Whether anybody with the address sees rules, hashes and the protocol."""
    shows_winners = models.BooleanField(default=False, db_default=False)
    """Whether the public page shows winners too: what they are called in the list, and their phones without most of their digits."""
    salt = models.CharField(max_length=64)
    """Of the published list (docs/reference/draws.md)."""
    instant_seed = models.CharField(max_length=64)
    """64 hex digits that decide about instant wins; shown when the contest is over."""
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "id"], name="contest_by_account")]

    def __str__(self) -> str:
        """Return its name."""
        return self.name


class Entry(models.Model):
    """One text that wanted to take part. Written by the hot path."""

    id = GivenId(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="entries", db_index=False)
    number_id = models.BigIntegerField(null=True)
    msisdn = models.CharField(max_length=32)
    is_test = models.BooleanField()
    message_id = models.BigIntegerField()
    keyword_id = models.BigIntegerField(null=True)
    text = models.TextField()
    answer = models.TextField(blank=True, default="")
    """What followed the keyword."""
    state = models.CharField(max_length=12, default=EntryState.ACCEPTED.value)
    reason = models.CharField(max_length=16, blank=True, default="")
    """A word of `core.contest.Refusal`; empty unless refused."""
    day = models.CharField(max_length=10)
    """Of the account's calendar, as ISO writes it."""
    day_ordinal = models.IntegerField(null=True)
    """1 for the phone's first entry of the day; none where it does not count. The unique index keeps the limit."""
    ordinal = models.IntegerField(null=True)
    """1 for the phone's first entry."""
    sequence = models.IntegerField(null=True)
    """1 for the first entry of the contest."""
    is_winner = models.BooleanField(default=False)
    """Decided at once: first N, every k-th, instant, everybody."""
    disqualified_reason = models.CharField(max_length=200, blank=True, default="")
    disqualified_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_constraint=False, db_index=False)
    age_asked_at = models.DateTimeField(null=True)
    """When the person was asked for their year of birth, last; what they answered is kept nowhere but in their message."""
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contest", "msisdn", "is_test", "ordinal"], name="contest_entry_limit", condition=models.Q(ordinal__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["contest", "msisdn", "is_test", "day", "day_ordinal"],
                name="contest_entry_day_limit",
                condition=models.Q(day_ordinal__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["contest", "is_test", "sequence"], name="contest_entry_sequence", condition=models.Q(sequence__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["contest", "id"], name="contest_entry_by_contest"),
            models.Index(fields=["contest", "msisdn", "is_test"], name="contest_entry_by_phone"),
            models.Index(fields=["number_id", "msisdn"], name="contest_entry_pending", condition=models.Q(state="pending")),
            models.Index(fields=["contest", "day", "is_test"], name="contest_entry_wins", condition=models.Q(is_winner=True)),
        ]

    def __str__(self) -> str:
        """Return phone and state."""
        return f"{self.msisdn}: {self.state}"


class Draw(models.Model):
    """A frozen list, the promised seed, and, once drawn, the protocol."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="draws")
    day = models.CharField(max_length=10, blank=True, default="")
    """Of daily draws; empty: of the whole contest."""
    list_sha256 = models.CharField(max_length=64)
    seed_sha256 = models.CharField(max_length=64, blank=True, default="")
    """Promised after the list is frozen; empty until then."""
    seed = models.CharField(max_length=64, blank=True, default="")
    """Never shown before the draw."""
    beacon = models.CharField(max_length=200, blank=True, default="")
    entries = models.TextField()
    """The frozen list, one salted hash a line."""
    protocol = models.TextField(blank=True, default="")
    """JSON (docs/reference/draws.md); empty until drawn."""
    frozen_at = models.DateTimeField()
    promised_at = models.DateTimeField(null=True)
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["contest", "day"], name="contest_draw_once")]

    def __str__(self) -> str:
        """Return the hash of the list."""
        return self.list_sha256

    @property
    def on(self) -> date | None:
        """Return the day of a daily draw."""
        return date.fromisoformat(self.day) if self.day else None


class Win(models.Model):
    """Somebody who was drawn, chosen, or won at once."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="wins")
    draw = models.ForeignKey(Draw, models.CASCADE, null=True, related_name="wins")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="wins", db_constraint=False)
    msisdn = models.CharField(max_length=32)
    place = models.IntegerField()
    round = models.IntegerField(default=0)
    """0: the draw itself; then the repetitions."""
    is_reserve = models.BooleanField(default=False)
    is_void = models.BooleanField(default=False)
    """Whether a repetition took their place."""
    note = models.CharField(max_length=200, blank=True, default="")
    notified_at = models.DateTimeField(null=True)
    outbound_message_id = models.BigIntegerField(null=True)
    won_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["contest", "draw", "round", "entry"], name="contest_win_once")]
        indexes: ClassVar = [models.Index(fields=["account", "msisdn", "won_at"], name="contest_win_by_phone")]

    def __str__(self) -> str:
        """Return place and phone."""
        return f"{self.place}: {self.msisdn}"
