"""What is kept counted: a Book for each account, what it counts (Subject, Person), and the counts.

Everything here can be thrown away and made anew from the log (`rolling`). Keys of the largest tables are numbers made of their parts
(`packing`), so that on SQLite each is one tree in the order in which it is read. What belongs here: tables. What does not: counting.
"""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models

from recado.apps.accounts.models import Account
from recado.apps.ids import GivenId


class Packed(GivenId):
    """A key made of parts by `packing`; no id of `next_id`."""


class Book(models.Model):
    """One counting of an account in its time zone. A new one is filled beside the one in use, which is put away when it has caught up."""

    class State(models.TextChoices):
        """What it is good for."""

        NEW = "new"
        """Being filled; nobody reads it."""
        CURRENT = "current"
        OLD = "old"
        """Being put away."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_index=False)
    time_zone = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    counted_to = models.BigIntegerField(default=0)
    """What has a smaller id is counted."""
    settled_to = models.BigIntegerField(default=0)
    """Outgoing messages with smaller ids are counted by what became of them."""
    version = models.BigIntegerField(default=0)
    """Grows with every change: of two who count at once, one finds that it is late."""
    checked_to = models.DateField(null=True)
    """Up to which day the nightly check went."""
    checked_at = models.DateTimeField(null=True)
    """When it last did; who waits longest is next."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "state"], name="statistics_book_once", condition=~models.Q(state="old"))
        ]

    def __str__(self) -> str:
        """Return the account's id."""
        return f"{self.account_id}: {self.counted_to}"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone whose days and hours are counted."""
        return ZoneInfo(self.time_zone)


class Subject(models.Model):
    """What messages are counted by, those of everybody or of the people in one group. Names stay when a keyword or number is deleted."""

    class Kind(models.TextChoices):
        """What it is."""

        ACCOUNT = "account"
        NUMBER = "number"
        KEYWORD = "keyword"
        OTHER = "other"
        """What no keyword took, on a number or (0) on all of them."""
        MEMBERS = "members"
        """Of a keyword: the messages that brought or found their sender in a group."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="subjects", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    target_id = models.BigIntegerField(default=0)
    """Id of the number or keyword; without a foreign key, because counts outlive what they are about."""
    group_id = models.BigIntegerField(default=0)
    """Id of the group whose people are counted; 0: everybody."""
    number_id = models.BigIntegerField(null=True)
    """The number of a keyword, or of what no keyword took."""
    name = models.CharField(max_length=100, blank=True, default="")
    """The word or the digits when it was last counted."""
    stamp = models.CharField(max_length=60, blank=True, default="")
    """Of a whole group: how many members there were and the latest of them, when they were last compared."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["book", "kind", "group_id", "target_id"], name="statistics_subject_once")]

    def __str__(self) -> str:
        """Return kind and name."""
        return f"{self.kind} {self.name}"


class Person(models.Model):
    """A phone that wrote, or was written to, with everything in the order in which it happened."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="+", db_index=False)
    phone = models.CharField(max_length=32)
    operator = models.CharField(max_length=32, blank=True, default="")
    """As `operators.operator_of` names it."""
    history = models.BinaryField(default=b"")
    """What it did and got, eight bytes each (`packing`)."""
    sent = models.BinaryField(default=b"")
    """What was sent to it and is settled, eight bytes each."""
    waiting_since = models.BigIntegerField(default=0)
    """Id of the message since which nobody has answered; 0: nobody waits."""
    waiting_place = models.BigIntegerField(default=0)
    """The subject of that message."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["book", "phone"], name="statistics_person_once")]

    def __str__(self) -> str:
        """Return the phone."""
        return self.phone


class GroupPerson(models.Model):
    """A person counted as member of a group."""

    id = Packed(primary_key=True)
    """The subject of the whole group and the person."""
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_constraint=False)

    def __str__(self) -> str:
        """Return the key."""
        return str(self.id)


class HourTally(models.Model):
    """Counts of one subject in one hour of the account's clock."""

    id = Packed(primary_key=True)
    """Subject and hour."""
    received = models.IntegerField(default=0)
    new_contacts = models.IntegerField(default=0)
    replies = models.IntegerField(default=0)
    opt_outs = models.IntegerField(default=0)

    def __str__(self) -> str:
        """Return the key."""
        return str(self.id)


class DayTally(models.Model):
    """Counts of one subject on one day of the account's calendar."""

    id = Packed(primary_key=True)
    """Subject and day."""
    received = models.IntegerField(default=0)
    new_contacts = models.IntegerField(default=0)
    replies = models.IntegerField(default=0)
    opt_outs = models.IntegerField(default=0)
    waits = models.IntegerField(default=0)
    """People who began to wait for an answer, with a message that no keyword took."""
    joined = models.IntegerField(default=0)
    """Of groups alone, as is the next one."""
    left = models.IntegerField(default=0)

    def __str__(self) -> str:
        """Return the key."""
        return str(self.id)


class PeopleDay(models.Model):
    """How many people a subject had seen by the end of a day, by the day when each was seen last (`people`)."""

    id = Packed(primary_key=True)
    """Subject and day."""
    seen = models.BinaryField()

    def __str__(self) -> str:
        """Return the key."""
        return str(self.id)


class GroupPeopleDay(models.Model):
    """How many people of a group a subject saw on a day, by how long before it had seen them (`people`)."""

    id = Packed(primary_key=True)
    """Subject and day."""
    gaps = models.BinaryField()

    def __str__(self) -> str:
        """Return the key."""
        return str(self.id)


class OperatorDay(models.Model):
    """Messages of one subject on one day from phones of one operator."""

    id = models.BigAutoField(primary_key=True)
    place = models.BigIntegerField()
    """Subject and day, as in `DayTally`."""
    operator = models.CharField(max_length=32)
    received = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "operator"], name="statistics_operator_once")]

    def __str__(self) -> str:
        """Return operator and count."""
        return f"{self.operator}: {self.received}"


class ArgumentDay(models.Model):
    """Messages of one keyword on one day that went on with one argument."""

    id = models.BigAutoField(primary_key=True)
    place = models.BigIntegerField()
    """Subject and day, as in `DayTally`."""
    argument = models.CharField(max_length=80)
    """Folded; empty: all those beyond the ones counted one by one."""
    shown = models.CharField(max_length=80)
    """As somebody typed it first."""
    received = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "argument"], name="statistics_argument_once")]

    def __str__(self) -> str:
        """Return argument and count."""
        return f"{self.shown}: {self.received}"


class AnswerWait(models.Model):
    """How long somebody waited until a person answered."""

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    place = models.BigIntegerField()
    """The subject of the message that was waited with."""
    day = models.IntegerField()
    """When the waiting began, as a number of `calendar`."""
    seconds = models.IntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["book", "day", "place", "seconds", "person"], name="statistics_wait_by_day")]

    def __str__(self) -> str:
        """Return the time."""
        return f"{self.seconds} s"


class SentDay(models.Model):
    """Outgoing messages of one subject, made on one day, by what became of them."""

    id = Packed(primary_key=True)
    """Subject, day and fate."""
    messages = models.IntegerField(default=0)
    segments = models.IntegerField(default=0)

    def __str__(self) -> str:
        """Return the key."""
        return str(self.id)


class UnsettledMessage(models.Model):
    """An outgoing message that is older than states usually change, and not settled: it is to leave later."""

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, models.CASCADE, related_name="+", db_index=False)
    message_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["book", "message_id"], name="statistics_unsettled_once")]

    def __str__(self) -> str:
        """Return the message's id."""
        return str(self.message_id)
