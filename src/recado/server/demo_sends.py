"""The demo's group sends: one that is over, as a test, with answers; and a draft.

What belongs here: these two. What does not: the people (`demo_story`). The finished one is written down as it would have become.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.services import create_draft, set_groups
from recado.apps.contacts.models import Contact, Group
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Origin, OutboundMessage, SendKind
from recado.core.number import NumberKind
from recado.core.receipt import OutboundState, UndeliveredReason
from recado.protocols.gsm.segment import segments
from recado.store.ids import IdGenerator

FINISHED = "Dzień dobry {first_name}, od soboty cebulki tulipanów w 12 odmianach, od 1,50 zł. Zapraszamy! Kwiaciarnia Róża"
DRAFT = "{first_name}, w piątek i sobotę róże 10% taniej dla stałych klientów. Pokaż tego SMS-a przy kasie."


BEGUN = timedelta(days=2, hours=3)
"""So long ago; the answers are of the story."""
ANSWERS = ("Czy są jeszcze sadzonki lawendy?", "Zamawiam 12 tulipanów na sobotę")


def load(flowers: Account, node: int) -> None:
    """Load both once, after the story has happened."""
    own = Number.objects.get(account=flowers, kind=NumberKind.INDIVIDUAL_LONG)
    author = flowers.memberships.earliest("id").user
    group = Group.objects.get(account=flowers, name="Stali klienci")
    draft = create_draft(flowers, author=author, name="Róże dla stałych klientów", text=DRAFT, kind=SendKind.FULL, number=own)
    set_groups(draft, [group])
    begun = timezone.now() - BEGUN
    finished = create_draft(flowers, author=author, name="Cebulki tulipanów", text=FINISHED, kind=SendKind.FULL, number=own, is_test=True)
    set_groups(finished, list(Group.objects.filter(account=flowers)))
    people = list(Contact.objects.filter(account=flowers).order_by("msisdn"))
    ids = IdGenerator(node * 2).stream(int(begun.timestamp() * 1000))
    messages = [_message(next(ids), finished, own, place, contact, begun) for place, contact in enumerate(people)]
    OutboundMessage.objects.bulk_create(messages)
    Campaign.objects.filter(pk=finished.pk).update(
        state=Campaign.State.SENT,
        scheduled_at=begun,
        started_at=begun,
        finished_at=begun + timedelta(seconds=4),
        recipient_count=len(messages),
        segment_count=sum(message.segment_count for message in messages),
        opted_out_count=1,
        duplicate_count=2,
    )
    Message.objects.filter(account=flowers, text__in=ANSWERS).update(campaign_id=finished.pk)


def _message(message_id: int, campaign: Campaign, own: Number, place: int, contact: Contact, at: datetime) -> OutboundMessage:
    text = " ".join(campaign.text.replace("{first_name}", contact.first_name).split()).replace(" ,", ",")
    is_delivered = place % 7 != 3  # noqa: PLR2004  # one or two whose phone was off
    dialogue = Dialogue.objects.filter(account=campaign.account, number=own, msisdn=contact.msisdn).first()
    return OutboundMessage(
        id=message_id,
        account=campaign.account,
        number=own,
        connection_id=own.connection_id,
        dialogue_id=dialogue.pk if dialogue else None,
        sender=own.digits,
        recipient=contact.msisdn,
        text=text,
        segment_count=segments(text).count,
        state=OutboundState.DELIVERED if is_delivered else OutboundState.UNDELIVERED,
        reason="" if is_delivered else UndeliveredReason.MESSAGE_EXPIRED,
        origin=Origin.CAMPAIGN,
        author=campaign.author,
        campaign_id=campaign.pk,
        is_test=True,
        created_at=at,
        sent_at=at + timedelta(seconds=1),
        finished_at=at + timedelta(seconds=4),
    )
