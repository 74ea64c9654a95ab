"""Rule with its RuleActions, RuleExample, OpenQuestion; Restricted, which is what autoresponders share with rules."""

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
from recado.apps.keywords.models.reservations import Keyword
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Destination
from recado.apps.surveys.models import Option, Survey
from recado.core.condition import Condition, Days, Occasion, OfficeHours, Standing


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
