"""Messages that may be opt-outs: an opt-out word stands in a sentence, so that a person has to read it (product.md §4).

What belongs here: finding them for the inbox and the start page, and opting out who wrote one. What does not: recognising them
(`core.opt_out`), opt-outs themselves (`apps.contacts.opt_outs`).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from recado.apps.accounts.models import Account, User
from recado.apps.contacts.models import OptOut
from recado.apps.contacts.opt_outs import opt_out
from recado.apps.dialogues.models import Dialogue
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.core.decide import Flag

LOOKED_BACK = timedelta(days=30)
"""How long such a message asks for attention while its conversation is unread."""


def may_want_out(account: Account) -> QuerySet[Message]:
    """Return the account's messages that may be opt-outs; the few of them have an index."""
    return Message.objects.filter(account=account, flag=Flag.OPT_OUT.value)


def unread_count(account: Account, now: datetime, ceiling: int) -> int:
    """Count those that nobody has read and whose senders get messages still, at most up to `ceiling`."""
    unread = Dialogue.objects.filter(pk=OuterRef("dialogue_id"), unread_count__gt=0)
    left = OptOut.objects.filter(account=account, msisdn=OuterRef("sender"), scope=OptOut.Scope.ACCOUNT, lifted_at=None)
    lately = may_want_out(account).filter(id__gte=first_id_at(now - LOOKED_BACK), is_test=False)
    return lately.filter(Exists(unread), ~Exists(left)).order_by()[:ceiling].count()


def newest_in(dialogue: Dialogue) -> Message | None:
    """Return the newest message of an open conversation that may be an opt-out, unless its sender opted out since.

    Whoever marks the conversation as done has read it and thinks that it is none.
    """
    if dialogue.state != Dialogue.State.OPEN:
        return None
    newest = may_want_out(dialogue.account).filter(dialogue_id=dialogue.pk).defer("raw").order_by("-id").first()
    since = OptOut.objects.filter(account=dialogue.account, msisdn=dialogue.msisdn, scope=OptOut.Scope.ACCOUNT)
    return None if newest is None or since.filter(created_at__gte=newest.received_at).exists() else newest


def get_flagged_in(dialogue: Dialogue, message_id: int) -> Message:
    """Return a message of a conversation that may be an opt-out; raise Message.DoesNotExist for all others."""
    return may_want_out(dialogue.account).get(dialogue_id=dialogue.pk, pk=message_id)


@transaction.atomic
def opt_out_writer(message: Message, user: User | None, now: datetime) -> OptOut:
    """Note that whoever wrote a message wants nothing more of its account, with the message as the proof."""
    assert message.account is not None  # noqa: S101  # tells the type checker: it was found within an account
    return opt_out(
        message.account,
        message.sender,
        OptOut.Scope.ACCOUNT,
        now=now,
        user=user,
        text=message.text,
        number_id=message.number_id,
        message_id=message.pk,
    )
