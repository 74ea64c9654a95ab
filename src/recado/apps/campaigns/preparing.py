"""Preparing: when a campaign begins, its recipients are chosen and their messages written, a portion in each transaction.

What belongs here: the steps from `scheduled` over `preparing` to `sending`. What does not: when to look (`server.preparing`), the choice
(`audience`), the messages (`making`), the rows (`store.preparing`), giving them to the workers (the feeder).

People are written in the order of their numbers, and `Campaign.prepared_to` is the number of the last one written, changed in the
transaction that writes them: after a crash preparing goes on behind it and writes nobody twice. Reading and making texts happens outside
transactions, so that on SQLite receiving waits for the writing of one portion at most.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from recado.apps.campaigns.audience import loaded_audience_of
from recado.apps.campaigns.errors import CampaignRefusal
from recado.apps.campaigns.holding import let_go
from recado.apps.campaigns.making import Maker, Write
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.multimedia import shared_content
from recado.apps.campaigns.sender import check_sender
from recado.apps.campaigns.texts import PORTION, load_people, portions
from recado.apps.changes import Change, announce
from recado.apps.ids import next_id
from recado.apps.outbox.senders import NoSenderError, Sender
from recado.apps.sql import lent_connection
from recado.core.survey import Survey
from recado.store.audience import Loaded
from recado.store.dialect import Connection
from recado.store.preparing import Common, NewMessage, OvertakenError, write_portion
from recado.store.survey_sends import begin_sessions, is_left_out, sessions_of, survey_sent

State = Campaign.State
T = TypeVar("T")
_TOLD_EVERY = 10
"""Open pages hear of one portion in so many, which is a few times a second."""


def in_own_transaction(work: Callable[[Connection], T]) -> T:
    """Run work in a transaction of Django's connection."""
    with transaction.atomic():
        return work(lent_connection())


def due_campaigns(now: datetime) -> list[int]:
    """Return the campaigns whose time has come, and those whose preparing was interrupted, the oldest first."""
    is_due = Q(state=State.PREPARING) | Q(state=State.SCHEDULED, scheduled_at__lte=now)
    return list(Campaign.objects.filter(is_due, account__is_suspended=False).order_by("id").values_list("pk", flat=True))


def prepare(campaign_id: int, now: datetime, write: Write = in_own_transaction) -> bool:
    """Write the messages of a campaign that is due, all of them; return whether it is being sent now.

    Where the sender cannot be used any more it is stopped, with the reason in `trouble`. Where somebody stopped it meanwhile, or prepares
    it as well, what is written stays and nothing more is.
    """
    if not _begin(campaign_id, now):
        return False
    campaign = Campaign.objects.select_related("account", "account__plan", "number", "sender_name").get(pk=campaign_id)
    try:
        sender = check_sender(campaign)
    except NoSenderError as error:
        _stop(campaign, error.reason.value)
        return False
    survey = survey_sent(lent_connection(), campaign.survey_id) if campaign.survey_id is not None else None
    if campaign.survey_id is not None and (survey is None or not survey.is_open(now, is_test=campaign.is_test)):
        _stop(campaign, CampaignRefusal.SURVEY_CLOSED.value)
        return False
    loaded = loaded_audience_of(campaign, now)
    _note_skipped(campaign, loaded)
    try:
        for index, _written in enumerate(_portions_written(campaign, sender, loaded, write, survey)):
            if not index % _TOLD_EVERY:
                announce(Change("campaign", campaign.account_id, campaign.pk))
    except OvertakenError:
        return False
    with transaction.atomic():
        is_mine = Campaign.objects.filter(pk=campaign.pk, state=State.PREPARING).update(state=State.SENDING)
        if is_mine:
            let_go(campaign.pk, timezone.now())
    announce(Change("campaign", campaign.account_id, campaign.pk))
    announce(Change("jobs", campaign.account_id))
    return bool(is_mine)


def _begin(campaign_id: int, now: datetime) -> bool:
    """Note that preparing begins; return whether it is to be done."""
    scheduled = Campaign.objects.filter(pk=campaign_id, state=State.SCHEDULED, scheduled_at__lte=now, account__is_suspended=False)
    if scheduled.update(state=State.PREPARING, started_at=now):
        return True
    return Campaign.objects.filter(pk=campaign_id, state=State.PREPARING).exists()


def _stop(campaign: Campaign, trouble: str) -> None:
    now = timezone.now()
    with transaction.atomic():
        begun = Campaign.objects.filter(pk=campaign.pk, state=State.PREPARING)
        if begun.update(state=State.STOPPED, trouble=trouble, finished_at=now):
            let_go(campaign.pk, now)
    announce(Change("campaign", campaign.account_id, campaign.pk))


def _note_skipped(campaign: Campaign, loaded: Loaded) -> None:
    skipped = loaded.audience.skipped
    Campaign.objects.filter(pk=campaign.pk, state=State.PREPARING).update(
        duplicate_count=skipped.duplicate,
        opted_out_count=skipped.opted_out,
        blocked_count=skipped.blocked,
        invalid_count=skipped.invalid,
        excluded_count=skipped.excluded,
    )


def _portions_written(campaign: Campaign, sender: Sender, loaded: Loaded, write: Write, survey: Survey | None) -> Iterator[int]:
    """Write portion after portion behind the last one; yield how far it is."""
    phones = loaded.audience.phones
    common, maker, prepared_to = _common(campaign), Maker(campaign, sender, write), campaign.prepared_to
    first = bisect_right(phones, prepared_to)
    for index, some in enumerate(portions(phones[first:])):
        people = load_people(lent_connection(), campaign.account_id, some, loaded.entry_ids)
        messages = maker.messages(people, first + index * PORTION)
        behind, prepared_to = prepared_to, some[-1]
        write(_Portion(common, messages, behind, prepared_to, survey))
        yield prepared_to


@dataclass(frozen=True, slots=True)
class _Portion:
    """The writing of one portion."""

    common: Common
    messages: Sequence[NewMessage]
    behind: int
    prepared_to: int
    survey: Survey | None = None

    def __call__(self, con: Connection) -> None:
        now = timezone.now()
        if self.survey is None:
            write_portion(con, self.common, self.messages, self.behind, self.prepared_to, now)
        else:
            self._ask(con, self.survey, now)

    def _ask(self, con: Connection, survey: Survey, now: datetime) -> None:
        """Write the portion of a survey with the sessions of those who get it; who began meanwhile by themselves gets nothing."""
        is_test = self.common.is_test
        before = sessions_of(con, survey, [one.recipient for one in self.messages], is_test=is_test)
        asked = [one for one in self.messages if not is_left_out(survey, before.get(one.recipient))]
        written = write_portion(con, self.common, asked, self.behind, self.prepared_to, now)
        phones = [one.recipient for one in written if not one.reason]
        begin_sessions(con, survey, phones, before, self.common.campaign_id, iter(next_id, None), now, is_test=is_test)


def _common(campaign: Campaign) -> Common:
    started_at = campaign.started_at or timezone.now()
    minutes = campaign.validity_minutes
    return Common(
        campaign_id=campaign.pk,
        account_id=campaign.account_id,
        origin=campaign.origin,
        author_id=campaign.author_id,
        is_test=campaign.is_test,
        kind=campaign.kind,
        is_flash=campaign.is_flash,
        valid_until=started_at + timedelta(minutes=minutes) if minutes else None,
        receipt_destination_id=campaign.receipt_destination_id,
        created_at=started_at,
        survey_id=campaign.survey_id,
        mms=shared_content(campaign),
    )
