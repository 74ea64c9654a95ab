"""Messages that are tried: with what is known about their senders, for many at once.

What belongs here: from examples and stored messages to `core.outcome.Trial`. What does not: deciding (`core.outcome`), one sender for a dry
run (`dry_run`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.apps import apps
from django.db.models import Min

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import BlockedSender, Contact, GroupMembership, OptOut
from recado.apps.numbers.models import Number
from recado.core.action import Scope
from recado.core.message import Encoding, InboundMessage
from recado.core.outcome import Trial
from recado.core.profile import Profile
from recado.core.sender import Place, SenderState

_AT_ONCE = 500
"""So many keys in one query; databases bound how many a statement takes."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an account knows about many phones that wrote to a number: their groups and opt-outs now, and what they wrote when."""

    contacts: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[int, Mapping[int, datetime | None]] = field(default_factory=dict)
    first_messages: Mapping[int, int] = field(default_factory=dict)
    """By dialogue, the id of the first message."""
    first_uses: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    """By dialogue and keyword, the id of the first message that used it."""
    opt_outs: Mapping[str, frozenset[Place]] = field(default_factory=dict)
    blocked: Collection[str] = ()

    def before(self, message: Any) -> SenderState:
        """Return what was known of the sender when a message came, save for groups, opt-outs and blocks, which are those of now."""
        contact_id = self.contacts.get(message.sender)
        used = self.first_uses.get(message.dialogue_id, {})
        return SenderState(
            message.sender,
            contact_id,
            self.groups.get(contact_id or 0, {}),
            frozenset(keyword_id for keyword_id, first in used.items() if first < message.pk),
            self.first_messages.get(message.dialogue_id, message.pk) >= message.pk,
            self.opt_outs.get(message.sender, frozenset()),
            message.sender in self.blocked,
        )


def trial(account: Account, number: Number, sender: SenderState, text: str, moment: datetime, profile: Profile) -> Trial:
    """Return a text as if it arrived on a number."""
    message = InboundMessage(0, number.connection_id or 0, sender.msisdn, number.digits, text, Encoding.GSM7, moment, is_test=True)
    return Trial(message, sender, account.pk, profile)


def trials_of(account: Account, number: Number, messages: Sequence[Any], profile: Profile, now: datetime) -> list[Trial]:
    """Return stored messages of one number as they came, each at its own time.

    What no keyword made the account's was an answer to what it wrote, or about consent and about nobody else.
    """
    known = known_about(account, messages, now)
    is_shared = number.capabilities.is_shared
    trials: list[Trial] = []
    for message in messages:
        sender, is_reply = known.before(message), is_shared and message.keyword_id is None
        came = InboundMessage(
            message.pk,
            message.connection_id or 0,
            message.sender,
            number.digits,
            message.text,
            Encoding(message.encoding),
            message.received_at,
            message.parts_received,
            message.parts_total,
            message.is_test,
        )
        trials.append(Trial(came, sender, account.pk, profile, is_reply, {account.pk: sender} if is_reply else {}))
    return trials


def known_about(account: Account, messages: Iterable[Any], now: datetime) -> Known:
    """Load what is known about the senders of messages, a few queries for all."""
    messages = list(messages)
    contacts: dict[str, int] = {}
    groups: dict[int, dict[int, datetime | None]] = defaultdict(dict)
    opt_outs: defaultdict[str, frozenset[Place]] = defaultdict(frozenset)
    blocked: set[str] = set()
    for phones in _chunks({message.sender for message in messages}):
        in_force = OptOut.objects.filter(account=account, msisdn__in=phones, lifted_at=None)
        for msisdn, scope, target in in_force.values_list("msisdn", "scope", "target_id"):
            opt_outs[msisdn] |= {(Scope(scope), target)}
        blocked.update(BlockedSender.objects.filter(account=account, msisdn__in=phones).values_list("msisdn", flat=True))
        contacts |= dict(Contact.objects.filter(account=account, msisdn__in=phones).values_list("msisdn", "pk"))
    for ids in _chunks(contacts.values()):
        held = GroupMembership.objects.filter(contact__in=ids).exclude(ends_at__lte=now)
        for contact_id, group_id, ends_at in held.values_list("contact_id", "group_id", "ends_at"):
            groups[contact_id][group_id] = ends_at
    first_messages: dict[int, int] = {}
    first_uses: dict[int, dict[int, int]] = defaultdict(dict)
    stored = apps.get_model("inbox", "Message")._default_manager.order_by()  # noqa: SLF001  # documented Django API
    for ids in _chunks({message.dialogue_id for message in messages if message.dialogue_id}):
        theirs = stored.filter(account=account, dialogue_id__in=ids)
        first_messages |= dict(theirs.values_list("dialogue_id").annotate(Min("pk")))
        for dialogue_id, keyword_id, first in theirs.exclude(keyword_id=None).values_list("dialogue_id", "keyword_id").annotate(Min("pk")):
            first_uses[dialogue_id][keyword_id] = first
    return Known(contacts, groups, first_messages, first_uses, opt_outs, blocked)


def _chunks(keys: Iterable[Any]) -> Iterable[list[Any]]:
    rest = iter(keys)
    while chunk := list(islice(rest, _AT_ONCE)):
        yield chunk
