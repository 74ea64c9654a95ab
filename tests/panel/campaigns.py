"""Group sends as the tests of the panel look at them: a draft, one that waits, one under way, one that is over."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from panel.conversations import number
from recado.apps.accounts.models import Account, User
from recado.apps.campaigns.models import Campaign, CampaignGroup
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.ids import next_id
from recado.apps.outbox.models import Origin, OutboundMessage, SendKind
from recado.core.receipt import OutboundState

TEXT = "Dzień dobry {first_name}, w sobotę tulipany po 3 zł."
FIRST = 48_601_000_000


def people(account: Account, count: int = 3, name: str = "Ogród") -> int:
    """Make a group of people with names; return its id."""
    group = add_group(account, name)
    for place in range(count):
        add_contact(account, str(FIRST + place), {"first_name": f"Osoba{place}"}, [group.pk])
    return group.pk


def draft(account: Account, user: User | None = None, **fields) -> Campaign:
    """Make a draft that can be sent: from the account's own number to a group of three."""
    content = {"name": "Tulipany", "text": TEXT, "kind": SendKind.FULL, "number": number(account), "author": user}
    made = Campaign.objects.create(account=account, **(content | fields))
    CampaignGroup.objects.create(campaign=made, group_id=people(account))
    return made


def scheduled(account: Account, user: User | None = None) -> Campaign:
    """Make one that waits for tomorrow."""
    return draft(account, user, state=Campaign.State.SCHEDULED, scheduled_at=timezone.now() + timedelta(days=1))


def written(
    account: Account,
    user: User | None = None,
    *,
    state: Campaign.State = Campaign.State.SENDING,
    messages: Mapping[OutboundState, int] | None = None,
    reason: str = "",
    **fields,
) -> Campaign:
    """Make one whose messages are written, so many in each state."""
    counts = {OutboundState.DELIVERED: 2, OutboundState.QUEUED: 1} if messages is None else messages
    now = timezone.now()
    is_over = state in {Campaign.State.SENT, Campaign.State.STOPPED}
    made = draft(
        account,
        user,
        state=state,
        started_at=now,
        finished_at=now if is_over else None,
        recipient_count=sum(counts.values()),
        segment_count=sum(counts.values()),
        cost=9 * sum(counts.values()),
        opted_out_count=2,
        **fields,
    )
    states = [one for one, count in counts.items() for _ in range(count)]
    OutboundMessage.objects.bulk_create(_message(made, place, one, reason) for place, one in enumerate(states))
    return made


def _message(campaign: Campaign, place: int, state: OutboundState, reason: str) -> OutboundMessage:
    now = timezone.now()
    is_final = state in {OutboundState.DELIVERED, OutboundState.UNDELIVERED, OutboundState.UNSENT}
    return OutboundMessage(
        id=next_id(),
        account=campaign.account,
        number=campaign.number,
        connection=campaign.number.connection if campaign.number else None,
        sender=campaign.number.digits if campaign.number else "",
        recipient=str(FIRST + place),
        text=f"Dzień dobry Osoba{place}, w sobotę tulipany po 3 zł.",
        state=state.value,
        reason=reason if state in {OutboundState.UNDELIVERED, OutboundState.UNSENT} else "",
        origin=Origin.CAMPAIGN,
        campaign_id=campaign.pk,
        cost=9,
        is_test=campaign.is_test,
        created_at=now,
        sent_at=None if state in {OutboundState.QUEUED, OutboundState.UNSENT} else now,
        finished_at=now if is_final else None,
    )
