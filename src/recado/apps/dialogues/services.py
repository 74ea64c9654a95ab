"""Writes about dialogues: read and unread, done and open again, snoozed, assigned, labelled, noted.

What belongs here: what a person does to a conversation. What does not: answering (`answering`), who answers now (`claims`), what a received
message does to it (`store.write`).
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.models import ApiUser, User
from recado.apps.changes import Change, announce
from recado.apps.dialogues.models import Dialogue, Label, Note
from recado.apps.ids import next_id
from recado.apps.notifications.services import notify
from recado.apps.spellings import spellings

NOTE_LENGTH = 4000
LABEL_LENGTH = 40


class TextMissingError(ValueError):
    """A note or the name of a label has no letters, or too many."""


def mark_read(dialogue: Dialogue) -> None:
    """Note that somebody has seen the messages."""
    if _changed(dialogue, unread_count=0):
        dialogue.unread_count = 0


def mark_unread(dialogue: Dialogue) -> None:
    """Let the dialogue look as if nobody had seen its last message."""
    if dialogue.unread_count == 0 and _changed(dialogue, unread_count=1):
        dialogue.unread_count = 1


def set_state(dialogue: Dialogue, state: Dialogue.State) -> None:
    """Mark a dialogue as done, or open it again; either way it is out of no sight any more."""
    _changed(dialogue, state=state.value, snoozed_until=None)
    dialogue.state = state


def snooze(dialogue: Dialogue, until: datetime | None) -> None:
    """Put an open dialogue out of sight until a moment, or until the person writes; None brings it back at once."""
    _changed(dialogue, state=Dialogue.State.OPEN.value, snoozed_until=until)
    dialogue.state, dialogue.snoozed_until = Dialogue.State.OPEN, until


@transaction.atomic
def assign(dialogue: Dialogue, assignee: User | None, by: User | ApiUser, url: str) -> None:
    """Give a dialogue to a member of the account, who is told unless they did it themselves; None takes it from everybody."""
    if not _changed(dialogue, assignee_id=assignee.pk if assignee else None):
        return
    dialogue.assignee = assignee
    if assignee is not None and assignee != by:
        notify(dialogue.account, [assignee], "dialogue.assigned", {"by": str(by), "name": dialogue.correspondent}, url)


@transaction.atomic
def add_label(dialogue: Dialogue, name: str) -> Label:
    """Put a label of the account on a dialogue, found by its name or made."""
    name = " ".join(name.split())
    if not name or len(name) > LABEL_LENGTH:
        raise TextMissingError(name)
    known = Label.objects.filter(account_id=dialogue.account_id)
    label = known.filter(name__in=spellings(name)).first() or known.filter(name__iexact=name).first()
    if label is None:
        label, _ = Label.objects.get_or_create(account_id=dialogue.account_id, name=name)
    dialogue.labels.add(label)
    announce(Change("dialogue", dialogue.account_id, dialogue.pk))
    return label


@transaction.atomic
def remove_label(dialogue: Dialogue, label: Label) -> None:
    """Take a label off a dialogue; a label on no dialogue any more is gone."""
    dialogue.labels.remove(label)
    if not label.dialogues.exists():
        label.delete()
    announce(Change("dialogue", dialogue.account_id, dialogue.pk))


@transaction.atomic
def add_note(dialogue: Dialogue, author: User | None, text: str) -> Note:
    """Write down what only members of the account see; without an author where a program writes that is nobody's."""
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > NOTE_LENGTH:
        raise TextMissingError(text[:1])
    now = timezone.now()
    note = Note.objects.create(id=next_id(), account_id=dialogue.account_id, dialogue=dialogue, author=author, text=text, created_at=now)
    announce(Change("outbound", dialogue.account_id, dialogue.pk))  # shown like an answer: at the end of the thread
    return note


def _changed(dialogue: Dialogue, **values: Any) -> bool:
    """Write values; announce and say True only where one of them was another before."""
    if not Dialogue.objects.filter(pk=dialogue.pk).exclude(**values).update(**values):
        return False
    announce(Change("dialogue", dialogue.account_id, dialogue.pk))
    return True
