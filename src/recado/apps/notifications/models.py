"""Notification: something one person should know, shown by the bell."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from recado.apps.accounts.models import Account, User


class Notification(models.Model):
    """The text is made when it is shown, from `kind` and `values`, in the reader's language."""

    account = models.ForeignKey(Account, models.CASCADE, db_index=False)
    user = models.ForeignKey(User, models.CASCADE, db_index=False)
    kind = models.CharField(max_length=40)
    """A code such as `dialogue.assigned`; `panel.notification_words` has the sentences."""
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=200)
    """Path of the page it leads to."""
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)
    """When a mail about it is to go out; None where none is, or has gone."""
    about = models.CharField(max_length=60, null=True)  # noqa: DJ001  # unique only where given
    """What a person is told of once, however often it is found: `reply.undelivered:7`."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "account", "id"], name="notification_by_user"),
            models.Index(fields=["mail_due_at"], name="notification_mail_due", condition=models.Q(mail_due_at__isnull=False)),
        ]

        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "about"], name="notification_once")]

    def __str__(self) -> str:
        """Return what kind."""
        return self.kind
