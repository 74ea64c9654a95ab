"""One step of giving a campaign's messages to the workers, or of taking back a stopped one's; each within the transaction that is open.

What belongs here: putting together what `core.throttle` and `core.release` say with the rows of `store`. What does not: which campaign's
turn it is and how often (`feeder`), SQL. A step holds the campaign's row, so of several processes one feeds a campaign at a time.
"""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from recado.core.quiet import QuietHours
from recado.core.receipt import UnsentReason
from recado.core.release import Waiting, due
from recado.core.throttle import Throttle
from recado.store import campaign_messages as messages
from recado.store import campaigns
from recado.store.campaign_messages import Next
from recado.store.campaigns import Underway
from recado.store.dialect import Connection
from recado.store.phone_zones import zone_named, zones_of

BACKLOG = 2000
"""Messages of a campaign that may wait with the workers: what the links need for a second or two. They are what a stop must take back."""
THROTTLED_BACKLOG_SECONDS = 5
LEAST_BACKLOG = 3
PORTION = 500
"""Messages looked at in one transaction: some 20 ms, so that what comes in meanwhile hardly waits."""

TAKEN_BACK_AT_ONCE = 1000
LOOKED_AHEAD = 100
"""How many more than may be released are looked at, because some of them will be kept back."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did."""

    released: int = 0
    unsent: tuple[int, ...] = ()
    """Messages that will never be sent; the customers' programs are told."""
    is_finished: bool = False
    may_go_on: bool = False
    """Whether another step would find something to do at once."""

    @property
    def changed(self) -> bool:
        """Whether there is something to tell."""
        return bool(self.released or self.unsent or self.is_finished)


NOTHING = Step()


def room(campaign: Underway) -> int:
    """Return how many more of a campaign's messages may wait with the workers."""
    bound = BACKLOG
    if campaign.per_minute:
        bound = min(BACKLOG, max(LEAST_BACKLOG, campaign.per_minute * THROTTLED_BACKLOG_SECONDS // 60))
    return max(0, bound - campaign.open_count)


def is_hungry(campaign: Underway, now: datetime) -> bool:
    """Whether a step would find something to do."""
    if campaign.state != "sending" or campaign.is_over:
        return True
    if not room(campaign) or not _allowance(campaign.per_minute, campaign.released_at, now):
        return False
    return campaign.has_fresh or (campaign.kept_back_until is not None and campaign.kept_back_until <= now)


def feed(con: Connection, campaign_id: int, now: datetime, places: int) -> Step:
    """Release the next messages, at most as many as there are places and the throttle lets through; finish the campaign after the last."""
    campaign = campaigns.take(con, campaign_id, "sending")
    if campaign is None:
        return NOTHING
    allowed = min(places, _allowance(campaign.per_minute, campaign.released_at, now), PORTION)
    if allowed > 0:
        kept = messages.due(con, campaign_id, campaign.released_to, now, allowed)
        new = messages.fresh(con, campaign_id, campaign.released_to, min(PORTION, allowed + LOOKED_AHEAD) - len(kept))
    else:
        kept, new = [], []
    if not (kept or new):
        return Step(is_finished=campaigns.finish(con, campaign_id, now))
    unwanted = messages.unwanted(con, campaign_id, campaign.account_id, campaign.started_at, [*kept, *new])
    sorting = _Sorting(now, allowed, unwanted, *_quiet(con, campaign))
    looked_at = sorting.sort([*kept, *new])
    messages.release(con, campaign.account_id, sorting.released, now)
    for until, ids in sorting.kept_back.items():
        messages.keep_back(con, ids, until)
    unsent = [one for reason, ids in sorting.unsent.items() for one in messages.unsend(con, ids, reason, now)]
    released_to = new[looked_at - len(kept) - 1].message_id if looked_at > len(kept) else campaign.released_to
    released = len(sorting.released)
    campaigns.advance(con, campaign_id, released_to, _settled(campaign, now, released))
    return Step(
        released,
        tuple(unsent),
        may_go_on=released < allowed or allowed == PORTION,
    )


def clear(con: Connection, campaign_id: int, now: datetime) -> Step:
    """Take back the next messages of a stopped campaign: first those that wait with the workers, then those kept back, then the others."""
    campaign = campaigns.take(con, campaign_id, "stopped")
    if campaign is None:
        return NOTHING
    if waiting := messages.handed_out(con, campaign_id, TAKEN_BACK_AT_ONCE):
        return Step(unsent=tuple(messages.take_back(con, waiting, UnsentReason.STOPPED, now)), may_go_on=True)
    if kept := messages.kept_back(con, campaign_id, TAKEN_BACK_AT_ONCE):
        return Step(unsent=tuple(messages.unsend(con, kept, UnsentReason.STOPPED, now)), may_go_on=True)
    new = messages.fresh(con, campaign_id, campaign.released_to, TAKEN_BACK_AT_ONCE)
    if not new:
        return NOTHING
    unsent = messages.unsend(con, (one.message_id for one in new), UnsentReason.STOPPED, now)
    campaigns.advance(con, campaign_id, new[-1].message_id, campaign.released_at)
    return Step(unsent=tuple(unsent), may_go_on=len(new) == TAKEN_BACK_AT_ONCE)


@dataclass(slots=True)
class _Sorting:
    """Goes through messages in order and says of each what becomes of it."""

    now: datetime
    allowed: int
    unwanted: set[int]
    quiet: QuietHours | None
    zone: tzinfo
    released: list[Next] = field(default_factory=list)
    kept_back: dict[datetime, list[int]] = field(default_factory=dict)
    unsent: dict[UnsentReason, list[int]] = field(default_factory=dict)

    def sort(self, those: list[Next]) -> int:
        """Return how many were looked at before no more may be released."""
        for position, one in enumerate(those):
            if one.state != "queued":
                continue
            zones = zones_of(one.recipient, self.zone) if self.quiet else ()
            waiting = Waiting(one.scheduled_at, one.valid_until, one.message_id in self.unwanted)
            outcome = due(waiting, self.now, self.quiet, zones)
            if isinstance(outcome, UnsentReason):
                self.unsent.setdefault(outcome, []).append(one.message_id)
            elif outcome > self.now:
                self.kept_back.setdefault(outcome, []).append(one.message_id)
            elif len(self.released) < self.allowed:
                self.released.append(one)
            else:
                return position
        return len(those)


def _quiet(con: Connection, campaign: campaigns.Taken) -> tuple[QuietHours | None, tzinfo]:
    """Return the quiet hours a campaign keeps and the zone of phones that do not tell theirs; a test wakes nobody."""
    hours = campaigns.hours_of(con, campaign.account_id)
    zone = zone_named(hours.time_zone)
    if not campaign.keeps_quiet_hours or campaign.is_test or hours.quiet_from is None or hours.quiet_until is None:
        return None, zone
    return QuietHours(hours.quiet_from, hours.quiet_until), zone


def _allowance(per_minute: int | None, released_at: datetime | None, now: datetime) -> int:
    return Throttle(per_minute).allowance(released_at, now) if per_minute else BACKLOG


def _settled(campaign: campaigns.Taken, now: datetime, released: int) -> datetime | None:
    if not released:
        return campaign.released_at
    return Throttle(campaign.per_minute).settle(campaign.released_at, now, released) if campaign.per_minute else now
