"""From whom a group send can leave, as choices with what each means for who gets it.

What belongs here: the choices and their words. What does not: asking for sender names (`panel.settings`), picking pool numbers
(`apps.outbox`).
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from recado.apps.accounts.models import Account
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.queries import campaigns_of
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import SendKind
from recado.apps.outbox.senders import NoSenderError, SenderRefusal, mms_senders, sender_for
from recado.apps.senders.queries import authorised_names
from recado.core.number import NumberKind, NumberState
from recado.panel.templatetags.recado import own_number

INDIVIDUAL = (NumberKind.INDIVIDUAL_LONG, NumberKind.INDIVIDUAL_LONG_MMS, NumberKind.INDIVIDUAL_SHORT)


@dataclass(frozen=True, slots=True)
class SenderChoice:
    """One way to leave."""

    value: str
    label: str
    meaning: str
    is_there: bool = True
    """Whether it can be chosen now."""


def choices_for(account: Account, campaign: Campaign | None = None) -> list[SenderChoice]:
    """List what the account can send from; the draft's own choice stays on the list even where it is gone meanwhile."""
    has_pool = Number.objects.filter(kind=NumberKind.ECO, state=NumberState.ASSIGNED, connection__isnull=False).exists()
    choices = [
        SenderChoice(
            SendKind.ECO.value,
            _("ECO+: a number of the pool"),
            _("The cheapest way. People can answer; what they write is yours.")
            if has_pool
            else _("There are no pool numbers on this installation."),
            is_there=has_pool,
        )
    ]
    meaning = _("People see this name. A name cannot be answered.")
    choices.extend(SenderChoice(f"name-{name.pk}", name.name, meaning) for name in authorised_names(account))
    for number in _numbers(account):
        digits = own_number(number.digits)
        label = f"{digits} · {number.label}" if number.label else digits
        choices.append(SenderChoice(f"number-{number.pk}", label, _("Your own number. Answers arrive in your inbox.")))
    for number in mms_senders(account):
        label = _("%(number)s, as an MMS") % {"number": own_number(number.digits)}
        choices.append(
            SenderChoice(f"mms-{number.pk}", label, _("With photos, sounds or files and a subject. Answers arrive in your inbox."))
        )
    if campaign is not None and (chosen := value_of(campaign)) not in {one.value for one in choices}:
        choices.append(SenderChoice(chosen, label_of(campaign), _("It cannot be used any more. Choose another sender."), is_there=False))
    return choices


def usual_sender(account: Account) -> dict[str, Any]:
    """Give the sender a new draft begins with: that of the last one sent, else the first that is there."""
    there = [one.value for one in choices_for(account) if one.is_there]
    last = campaigns_of(account).exclude(state=Campaign.State.DRAFT).first()
    wanted = value_of(last).replace("mms-", "number-") if last else ""
    return sender_of(account, wanted if wanted in there else next(iter(there), SendKind.ECO.value))


def sender_of(account: Account, value: str) -> dict[str, Any]:
    """Give a choice as fields of a campaign; what is none any more is ECO+."""
    kind, _dash, given = value.partition("-")
    found_id = int(given) if given.isdecimal() else 0
    if kind == "name" and (name := authorised_names(account).filter(pk=found_id).first()):
        return {"kind": SendKind.FULL, "sender_name": name, "number": None}
    if kind == "number" and (number := _numbers(account).filter(pk=found_id).first()):
        return {"kind": SendKind.FULL, "sender_name": None, "number": number}
    if kind == "mms" and (number := next((one for one in mms_senders(account) if one.pk == found_id), None)):
        return {"kind": SendKind.MMS, "sender_name": None, "number": number}
    return {"kind": SendKind.ECO, "sender_name": None, "number": None}


def value_of(campaign: Campaign) -> str:
    """Name the choice of a campaign."""
    if campaign.kind == SendKind.ECO:
        return SendKind.ECO.value
    if campaign.kind == SendKind.MMS:
        return f"mms-{campaign.number_id or 0}"
    return f"name-{campaign.sender_name_id}" if campaign.sender_name_id else f"number-{campaign.number_id or 0}"


def label_of(campaign: Campaign) -> str:
    """Write the sender of a campaign for people."""
    if campaign.kind == SendKind.ECO:
        return _("ECO+, pool number")
    if campaign.sender_name is not None:
        return campaign.sender_name.name
    return own_number(campaign.number.digits) if campaign.number else _("no sender")


def sender_problem(campaign: Campaign) -> SenderRefusal | None:
    """Say why nothing can leave from the sender of a draft; None where it can."""
    try:
        sender_for(
            campaign.account,
            SendKind(campaign.kind),
            sender_name=campaign.sender_name,
            number=campaign.number,
            is_test=campaign.is_test,
        )
    except NoSenderError as error:
        return error.reason
    return None


def _numbers(account: Account) -> QuerySet[Number]:
    own = Number.objects.filter(account=account, kind__in=INDIVIDUAL, state=NumberState.ASSIGNED)
    return own.filter(connection__isnull=False, can_send=True).order_by("digits")
