"""What the bell of the demo's owner has to tell: replies of the story that were not delivered.

What belongs here: the notifications of the demo. What does not: the story (`demo_story`) and its happening (`demo`).
"""

from recado.apps.accounts.models import Account, User
from recado.apps.notifications.services import notify
from recado.apps.outbox.models import OutboundMessage
from recado.core.receipt import OutboundState


def ring(account: Account) -> None:
    """Tell the account's people of the replies that did not arrive."""
    people = list(User.objects.filter(memberships__account=account))
    written_to = OutboundMessage.objects.filter(account=account, dialogue_id__isnull=False)
    failed = written_to.filter(state=OutboundState.UNDELIVERED.value).order_by("id")
    for message in failed:
        values = {"name": message.recipient, "reason": message.reason}
        notify(account, people, "reply.undelivered", values, f"/inbox/{message.dialogue_id}/")
