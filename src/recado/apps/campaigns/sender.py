"""Where a campaign leaves from: checked when it is sent, and as the estimate has to know it before.

What belongs here: the questions a campaign's sender raises. What does not: senders as such (`apps.outbox.senders`), taking pool numbers
(`making`).
"""

from recado.apps.campaigns.models import Campaign
from recado.apps.connections.queries import reference_width
from recado.apps.outbox.models import SendKind
from recado.apps.outbox.pool import pool_numbers
from recado.apps.outbox.senders import NoSenderError, Sender, SenderRefusal, sender_for
from recado.apps.surveys.models import Survey


def check_sender(campaign: Campaign) -> Sender:
    """Return where a campaign leaves from; raise NoSenderError."""
    kind = SendKind(campaign.kind)
    if campaign.survey_id is not None and not _is_surveys_own(campaign):
        raise NoSenderError(SenderRefusal.NOT_SURVEYS_NUMBER)
    return sender_for(campaign.account, kind, sender_name=campaign.sender_name, number=campaign.number, is_test=campaign.is_test)


def sender_shown(campaign: Campaign) -> str:
    """Return what stands for `{number}` before it is known exactly: with ECO+ one number of the pool is as long as another."""
    if campaign.kind == SendKind.ECO:
        return next((number.digits for number in pool_numbers()), "")
    if campaign.sender_name is not None and campaign.kind == SendKind.FULL:
        return campaign.sender_name.name
    return campaign.number.digits if campaign.number is not None else ""


def sending_width(campaign: Campaign) -> int:
    """Return by how many bits the pieces of long texts will be joined; where numbers of the pool differ, the dearer way."""
    if campaign.kind == SendKind.ECO and not campaign.is_test:
        return max((reference_width(connection_id) for connection_id in {number.connection_id for number in pool_numbers()}), default=8)
    try:
        return reference_width(check_sender(campaign).connection_id)
    except NoSenderError:  # it cannot be sent like this anyway
        return 8


def sending_numbers(campaign: Campaign) -> list[int]:
    """Return the numbers a campaign may leave from; who opted out of one of the pool gets nothing from any other of it."""
    if campaign.kind == SendKind.ECO:
        return [number.id for number in pool_numbers()]
    return [campaign.number_id] if campaign.number_id and (campaign.sender_name_id is None or campaign.kind == SendKind.MMS) else []


def _is_surveys_own(campaign: Campaign) -> bool:
    """Say whether a survey is sent from the number it takes place on, and from nothing else."""
    if campaign.kind != SendKind.FULL or campaign.sender_name is not None or campaign.number_id is None:
        return False
    return Survey.objects.filter(account=campaign.account_id, pk=campaign.survey_id or 0, number=campaign.number_id).exists()
