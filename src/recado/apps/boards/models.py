"""Boards: Board and its Posts."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account, User
from recado.apps.ids import GivenId
from recado.core.board import Moderation, Naming, PostState


class Board(models.Model):
    """A public full-screen page of messages."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="boards")
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(max_length=120, blank=True, default="")
    """On the page."""
    call = models.CharField(max_length=200, blank=True, default="")
    """How to take part, on the page: “Text CHAT and your message to 503 340 503”."""
    moderation = models.CharField(max_length=9, default=Moderation.MANUAL.value)
    word_list = models.TextField(blank=True, default="")
    """Words that are not shown by themselves, one a line; compared folded, `*` at the end for any ending."""
    most_per_phone = models.IntegerField(default=3)
    """So many messages of one phone within `within_minutes`; more are kept, and not shown by themselves."""
    within_minutes = models.IntegerField(default=10)
    naming = models.CharField(max_length=10, default=Naming.DIGITS.value)
    theme = models.CharField(max_length=12, default="night")
    shown_count = models.SmallIntegerField(default=8)
    """How many messages are on the page at once."""
    public_token = models.CharField(max_length=32, unique=True)
    is_open = models.BooleanField(default=True)
    """Whether the page can be seen and messages are taken."""
    closed_text = models.TextField(blank=True, default="")
    """In place of the reply, while it is closed."""
    refused_text = models.TextField(blank=True, default="")
    """In place of the reply, to who sends too much."""
    version = models.BigIntegerField(default=0)
    """Grows with whatever changes the page."""
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "id"], name="board_by_account")]

    def __str__(self) -> str:
        """Return its name."""
        return self.name


class Post(models.Model):
    """One message for a board. Written by the hot path."""

    id = GivenId(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    board = models.ForeignKey(Board, models.CASCADE, related_name="posts", db_index=False)
    message_id = models.BigIntegerField()
    msisdn = models.CharField(max_length=32)
    is_test = models.BooleanField()
    text = models.TextField()
    """What followed the keyword."""
    name = models.CharField(max_length=60, blank=True, default="")
    """What the page says of who wrote."""
    state = models.CharField(max_length=8, default=PostState.PENDING.value)
    reason = models.CharField(max_length=120, blank=True, default="")
    """Why it was not shown by itself: `word: …`, `rate`; empty where nothing speaks against it."""
    by_itself = models.BooleanField(default=False)
    """Whether it is shown without anybody having looked at it; never while a person decides each time."""
    received_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_constraint=False, db_index=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["board", "state", "id"], name="board_post_by_state"),
            models.Index(fields=["board", "msisdn", "id"], name="board_post_by_phone"),
            models.Index(fields=["board", "decided_at", "id"], name="board_post_shown", condition=models.Q(state=PostState.SHOWN.value)),
        ]

    def __str__(self) -> str:
        """Return the text."""
        return self.text
