"""Surveys: Survey, its Questions with their Options, Session (one person in one survey), Answer, OpenChoice (asked which was meant)."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account, User
from recado.apps.ids import GivenId
from recado.apps.numbers.models import Number
from recado.core.survey import Counting, Late, SessionState, SurveyKind, SurveyState


class Survey(models.Model):
    """What is asked, of whom, until when."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="surveys")
    number = models.ForeignKey(Number, models.PROTECT, null=True, blank=True, related_name="surveys")
    """Where a conversation takes place; none for votes."""
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=12, default=SurveyKind.CONVERSATION.value)
    state = models.CharField(max_length=12, default=SurveyState.DRAFT.value)
    counting = models.CharField(max_length=5, default=Counting.FIRST.value)
    late = models.CharField(max_length=6, default=Late.RESUME.value)
    closes_at = models.DateTimeField(null=True, blank=True)
    """When it closes by itself."""
    idle_minutes = models.IntegerField(default=1440)
    """So long a question waits for its answer."""
    session_minutes = models.IntegerField(default=10080)
    """So long after the first question the last one waits."""
    reminder_minutes = models.IntegerField(null=True, blank=True)
    """So long after a question its one reminder goes out; none: no reminder."""
    reask_limit = models.SmallIntegerField(default=3)
    """So often a question is asked again after texts that do not answer it."""
    intro_text = models.TextField(blank=True, default="")
    """Before the first question, in the same message."""
    end_text = models.TextField(blank=True, default="")
    """After the last answer, or a vote."""
    reminder_text = models.TextField(blank=True, default="")
    """Before the question; empty: the question alone."""
    already_text = models.TextField(blank=True, default="")
    """To who took part before, where only the first time counts."""
    closed_text = models.TextField(blank=True, default="")
    """To who begins or answers when it is closed."""
    gave_up_text = models.TextField(blank=True, default="")
    """After too many texts that answer nothing."""
    public_token = models.CharField(max_length=32, unique=True)
    """Of the address of its results."""
    is_public = models.BooleanField(default=False)
    """Whether anybody with the address sees the results."""
    shows_texts = models.BooleanField(default=False, db_default=False)
    """Whether they show what people wrote in their own words."""
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "id"], name="survey_by_account")]

    def __str__(self) -> str:
        """Return its name."""
        return self.name


class Question(models.Model):
    """One question of a survey."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    position = models.SmallIntegerField()
    """From 1 on."""
    kind = models.CharField(max_length=8)
    """A word of `core.survey.AnswerKind`."""
    text = models.TextField()
    reask_text = models.TextField(blank=True, default="")
    """Before the question when it is asked again; empty: a text made of its kind."""
    low = models.IntegerField(null=True, blank=True)
    high = models.IntegerField(null=True, blank=True)
    """Bounds of a number, both included."""
    goes_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    """The question after it; none: the next by position."""
    ends = models.BooleanField(default=False)
    """Whether the survey ends after it."""

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        """Return its text."""
        return self.text


class Option(models.Model):
    """One of the answers that can be chosen."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    position = models.SmallIntegerField()
    label = models.CharField(max_length=12)
    """What people text: `A`, `1`, `TAK`."""
    text = models.CharField(max_length=120)
    """What it says."""
    synonyms = models.TextField(blank=True, default="")
    """Other words for it, one a line."""
    goes_to = models.ForeignKey(Question, models.SET_NULL, null=True, blank=True, related_name="+")
    ends = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        """Return label and text."""
        return f"{self.label}: {self.text}"


class Session(models.Model):
    """One person in one survey. Written by the hot path."""

    id = GivenId(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="sessions", db_index=False)
    number_id = models.BigIntegerField()
    msisdn = models.CharField(max_length=32)
    is_test = models.BooleanField()
    round = models.IntegerField(default=1)
    """1, and more where the same person may take part again."""
    state = models.CharField(max_length=8, default=SessionState.OPEN.value)
    question_id = models.BigIntegerField(null=True)
    """The one asked last."""
    asked_at = models.DateTimeField()
    reasked = models.SmallIntegerField(default=0)
    """How often this question was asked again."""
    reminded_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    """When something happens by itself: the reminder, or the end; none where nothing does."""
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    campaign_id = models.BigIntegerField(null=True)
    """The group send that asked first; none: a keyword did."""
    version = models.IntegerField(default=0)
    """Grows with each change, so that two writers notice each other."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["survey", "msisdn", "is_test", "round"], name="survey_session_once")]
        indexes: ClassVar = [
            models.Index(fields=["number_id", "msisdn"], name="survey_session_by_phone"),
            models.Index(fields=["due_at"], name="survey_session_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["survey", "state"], name="survey_session_by_state"),
        ]

    def __str__(self) -> str:
        """Return phone and state."""
        return f"{self.msisdn}: {self.state}"


class Answer(models.Model):
    """What one person answered to one question. Written by the hot path."""

    id = GivenId(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers", db_index=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers", db_index=False)
    option = models.ForeignKey(Option, models.CASCADE, null=True, related_name="answers", db_index=False)
    session_id = models.BigIntegerField(null=True)
    """None for votes."""
    message_id = models.BigIntegerField()
    msisdn = models.CharField(max_length=32)
    is_test = models.BooleanField()
    value = models.CharField(max_length=200, blank=True, default="")
    """As read: `7`, `2026-11-27`, `anna@example.com`; empty for texts, which are as typed."""
    text = models.TextField()
    """As typed."""
    is_late = models.BooleanField(default=False)
    counts = models.BooleanField(default=True)
    once = models.CharField(max_length=32, null=True)  # noqa: DJ001  # unique only where given
    """The phone, where one answer of each person counts and this is it; the unique index makes sure of that."""
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["question", "is_test", "once"], name="survey_answer_once", condition=models.Q(once__isnull=False)
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["survey", "question", "option", "is_test", "counts"], name="survey_answer_counts"),
            models.Index(fields=["survey", "msisdn"], name="survey_answer_by_phone"),
            models.Index(fields=["session_id"], name="survey_answer_by_session", condition=models.Q(session_id__isnull=False)),
        ]

    def __str__(self) -> str:
        """Return what was typed."""
        return self.text


class OpenChoice(models.Model):
    """A text that answers several open questions: the phone was asked which. Written by the hot path, one row for each place."""

    id = GivenId(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    number_id = models.BigIntegerField()
    msisdn = models.CharField(max_length=32)
    is_test = models.BooleanField()
    message_id = models.BigIntegerField()
    text = models.TextField()
    choices = models.TextField()
    """JSON: what each number that can be replied stands for."""
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["number_id", "msisdn", "is_test"], name="survey_choice_once")]

    def __str__(self) -> str:
        """Return the text."""
        return self.text
