"""Keywords and what they do.

Keyword (a word reserved on a number), Spelling (how it may be written, and for how long nobody else may), NearForm (where look-alikes
are found), BlockedWord (kept from everybody by the operator), OpenQuestion (what a phone was asked last), Rule (what a keyword or a
number's default does), RuleAction (one thing a rule does), RuleExample (a text with what must become of it), KeywordDay,
KeywordArgumentDay and KeywordTally (counts of an earlier version), KeywordNearMiss, KeywordNearMissDay and NearMissTally (how many nearly
matched it).
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account, User
from recado.apps.boards.models import Board
from recado.apps.codes.models import CodePool
from recado.apps.contacts.models import Group
from recado.apps.contests.models import Contest
from recado.apps.ids import GivenId
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Destination
from recado.apps.surveys.models import Option, Survey
from recado.core.condition import Condition, Days, Occasion, OfficeHours, Standing
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


class Restricted(models.Model):
    """When and for whom something acts; `core.condition.Condition` in columns."""

    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    weekdays = models.CharField(max_length=7, blank=True, default="", db_default="")
    """ISO weekdays as digits, Monday is 1; empty: all."""
    from_time = models.TimeField(null=True, blank=True)
    until_time = models.TimeField(null=True, blank=True)
    """Wall clock of the account; one at or before the start is on the next day."""
    days = models.CharField(max_length=8, choices=[(days.value, days.value) for days in Days], default=Days.ANY.value, db_default="any")
    in_group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")
    not_in_group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")
    occasion = models.CharField(
        max_length=8, choices=[(each.value, each.value) for each in Occasion], default=Occasion.ANY.value, db_default="any"
    )
    office_hours = models.CharField(
        max_length=8, choices=[(each.value, each.value) for each in OfficeHours], default=OfficeHours.ANY.value, db_default="any"
    )
    standing = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Standing], default=Standing.ANY.value, db_default="any"
    )
    sender_prefixes = models.CharField(max_length=200, blank=True, default="", db_default="")
    """Beginnings of phones in digits without `+`, with spaces between."""

    class Meta:
        abstract = True

    @property
    def condition(self) -> Condition:
        """What restricts the rule besides its period."""
        return Condition(
            frozenset(map(int, self.weekdays)),
            self.from_time,
            self.until_time,
            Days(self.days),
            self.in_group_id,
            self.not_in_group_id,
            Occasion(self.occasion),
            tuple(self.sender_prefixes.split()),
            OfficeHours(self.office_hours),
            Standing(self.standing),
        )


class Rule(Restricted):
    """What to do: for a keyword, or (without one) for everything else that arrives on the number."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="rules")
    number = models.ForeignKey(Number, models.PROTECT, related_name="rules")
    keyword = models.ForeignKey(Keyword, models.CASCADE, null=True, blank=True, related_name="rules")
    priority = models.SmallIntegerField(default=0)
    is_enabled = models.BooleanField(default=True)
    daily_ceiling = models.IntegerField(null=True, blank=True)
    """What its replies may cost a day, in minor units; None: the standard ceiling."""
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "id"], name="rule_by_account")]

    def __str__(self) -> str:
        """Return the keyword, or say that it is the default."""
        return str(self.keyword) if self.keyword_id else f"default of {self.number_id}"


class RuleAction(models.Model):
    """One thing a rule does; which columns are used depends on the kind."""

    class Kind(models.TextChoices):
        """The actions a rule can take; one for each type in `core.action`."""

        ADD_TO_GROUP = "add_to_group", _("Add to group")
        REMOVE_FROM_GROUP = "remove_from_group", _("Remove from group")
        SEND_REPLY = "send_reply", _("Reply")
        FORWARD_TO_URL = "forward_to_url", _("Forward to a URL")
        FORWARD_TO_EMAIL = "forward_to_email", _("Forward to an e-mail address")
        FORWARD_TO_PHONE = "forward_to_phone", _("Forward to a phone")
        ANSWER_SURVEY = "answer_survey", _("Survey")
        ENTER_CONTEST = "enter_contest", _("Contest entry")
        GIVE_CODE = "give_code", _("Code from a pool")
        POST_TO_BOARD = "post_to_board", _("Show on a board")

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="actions")
    position = models.SmallIntegerField(default=0)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    group = models.ForeignKey(Group, models.CASCADE, null=True, blank=True, related_name="rule_actions")
    destination = models.ForeignKey(Destination, models.CASCADE, null=True, blank=True, related_name="rule_actions")
    text = models.TextField(blank=True, default="")
    until = models.DateTimeField(null=True, blank=True)
    """When a membership it makes ends by itself."""
    survey = models.ForeignKey(Survey, models.CASCADE, null=True, blank=True, related_name="rule_actions")
    option = models.ForeignKey(Option, models.CASCADE, null=True, blank=True, related_name="rule_actions")
    """The answer the keyword stands for, of a vote; none: the keyword begins the survey."""
    contest = models.ForeignKey(Contest, models.CASCADE, null=True, blank=True, related_name="rule_actions")
    pool = models.ForeignKey(CodePool, models.CASCADE, null=True, blank=True, related_name="rule_actions")
    board = models.ForeignKey(Board, models.CASCADE, null=True, blank=True, related_name="rule_actions")

    NAMES: ClassVar = ("group", "destination", "survey", "option", "contest", "pool", "board")
    """What an action can be about, to be read with it."""

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        """Return the kind."""
        return self.kind


class OpenQuestion(models.Model):
    """The last question a phone was asked from a number: whether a keyword was meant. Written by the hot path, one row for each place."""

    id = GivenId(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    number = models.ForeignKey(Number, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    msisdn = models.CharField(max_length=32)
    keyword_id = models.BigIntegerField()
    message_id = models.BigIntegerField()
    """The mistyped message, nobody's on a shared number until the answer."""
    text = models.TextField()
    """As mistyped: what follows a base keyword there is its argument."""
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["number", "msisdn"], name="open_question_once")]
        indexes: ClassVar = [models.Index(fields=["account", "msisdn"], name="open_question_by_account")]

    def __str__(self) -> str:
        """Say who was asked."""
        return f"{self.msisdn}: {self.keyword_id}"


class RuleExample(models.Model):
    """A text somebody tried, with what must become of it whenever rules change."""

    class Sender(models.TextChoices):
        """Who sends it."""

        PHONE = "phone", _("as you know this phone")
        NEW = "new", _("somebody new")
        MEMBER = "member", _("in these groups already")

    account = models.ForeignKey(Account, models.CASCADE, related_name="rule_examples")
    number = models.ForeignKey(Number, models.CASCADE, related_name="rule_examples")
    text = models.TextField()
    sender = models.CharField(max_length=8, choices=Sender.choices, default=Sender.PHONE)
    phone = models.CharField(max_length=32)
    groups = models.ManyToManyField(Group, related_name="+")
    """In which a member is."""
    moment = models.DateTimeField(null=True, blank=True)
    """When it arrives; none: at the time of the check, or on the next such weekday."""
    weekday = models.SmallIntegerField(null=True, blank=True)
    """ISO weekday, Monday is 1."""
    at_time = models.TimeField(null=True, blank=True)
    """With the weekday; on the account's wall clock."""
    expected = models.JSONField()
    """The outcome (`core.outcome.to_values`)."""
    note = models.CharField(max_length=200, blank=True, default="")
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "number", "id"], name="rule_example_by_number")]

    def __str__(self) -> str:
        """Return the text."""
        return self.text


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
