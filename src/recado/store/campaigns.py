"""Campaigns under way, as their feeder finds and holds them: which there are, how far each is, when one is over.

What belongs here: rows of campaigns. What does not: their messages (`campaign_messages`), writing those (`apps.campaigns`), when one may
leave (`core.release`, `core.throttle`).
"""

from datetime import datetime, time
from typing import Any, NamedTuple

from recado.store.dialect import Connection

# Conditions are written so that no other plan than the partial indexes job_due_in_order, job_handing, outbound_by_campaign and
# outbound_kept_back looks good: neither a walk along all ids nor along all rows. SQLite uses both halves of a row value only if neither
# is a bare column, hence the `+ 0`.
_OPEN = """
    SELECT o.campaign_id, COUNT(*) FROM outbox_job j JOIN outbox_outboundmessage o ON o.id = j.outbound_message_id
    WHERE j.is_bulk = TRUE AND j.state {states} GROUP BY o.campaign_id"""
_OPEN_STATES = ("IN ('waiting', 'claimed')", "= 'handing' AND j.claimed_until IS NOT NULL")
_UNDER_WAY = """
    SELECT c.id, c.account_id, c.state, c.per_minute, c.released_to, c.released_at,
        (SELECT o.id FROM outbox_outboundmessage o WHERE o.campaign_id IS NOT NULL
            AND (o.campaign_id, o.id) > (c.id + 0, c.released_to + 0) AND (o.campaign_id, o.id) < (c.id + 1, 0)
            ORDER BY o.campaign_id, o.id LIMIT 1) IS NOT NULL,
        (SELECT MIN(o.scheduled_at) FROM outbox_outboundmessage o
            WHERE o.campaign_id = c.id AND o.state = 'queued' AND o.scheduled_at IS NOT NULL)
    FROM campaigns_campaign c JOIN accounts_account a ON a.id = c.account_id
    WHERE c.state = 'stopped' OR (c.state = 'sending' AND a.is_suspended = FALSE)
    ORDER BY c.id"""
_TAKE = """
    UPDATE campaigns_campaign SET released_to = released_to WHERE id = ? AND state = ?
    RETURNING account_id, per_minute, released_to, released_at, keeps_quiet_hours, is_test, started_at"""
_STARTED = "SELECT started_at FROM campaigns_campaign WHERE id = ?"
_HOURS = "SELECT quiet_from, quiet_until, time_zone FROM accounts_account WHERE id = ?"
_ADVANCE = "UPDATE campaigns_campaign SET released_to = ?, released_at = ? WHERE id = ?"
_FINISH = "UPDATE campaigns_campaign SET state = 'sent', finished_at = ? WHERE id = ? AND state = 'sending'"


class Underway(NamedTuple):
    """A campaign that is being sent, or was stopped."""

    campaign_id: int
    account_id: int
    state: str
    per_minute: int | None
    released_to: int
    released_at: datetime | None
    has_fresh: bool
    """Whether it has messages that nobody looked at yet."""
    kept_back_until: datetime | None
    """When the first of those kept back is due."""
    open_count: int
    """Its jobs that wait or are being worked."""

    @property
    def is_over(self) -> bool:
        """Whether nothing of it waits any more."""
        return not (self.has_fresh or self.kept_back_until or self.open_count)


class Taken(NamedTuple):
    """A campaign whose row is held until the end of the transaction."""

    account_id: int
    per_minute: int | None
    released_to: int
    released_at: datetime | None
    keeps_quiet_hours: bool
    is_test: bool
    started_at: datetime | None


class Hours(NamedTuple):
    """An account's quiet hours and its time zone."""

    quiet_from: time | None
    quiet_until: time | None
    time_zone: str


def under_way(con: Connection) -> list[Underway]:
    """Return all campaigns being sent, and the stopped ones of which something is left; those of suspended accounts rest."""
    open_jobs: dict[int | None, int] = {}
    for states in _OPEN_STATES:
        for campaign_id, count in con.rows(_OPEN.format(states=states)):
            open_jobs[campaign_id] = open_jobs.get(campaign_id, 0) + count
    found = [
        Underway._make((*row[:5], _moment(con, row[5]), bool(row[6]), _moment(con, row[7]), open_jobs.get(row[0], 0)))
        for row in con.rows(_UNDER_WAY)
    ]
    return [one for one in found if one.state == "sending" or not one.is_over]


def take(con: Connection, campaign_id: int, state: str) -> Taken | None:
    """Hold a campaign in that state for the rest of the transaction; None where it is in another by now."""
    for row in con.rows(_TAKE, (campaign_id, state)):
        account_id, per_minute, released_to, released_at, keeps_quiet_hours, is_test, started_at = row
        moments = _moment(con, released_at), _moment(con, started_at)
        return Taken(account_id, per_minute, released_to, moments[0], bool(keeps_quiet_hours), bool(is_test), moments[1])
    return None


def started_at(con: Connection, campaign_id: int) -> datetime | None:
    """Return when a campaign began."""
    row = con.row(_STARTED, (campaign_id,))
    return _moment(con, row[0]) if row else None


def hours_of(con: Connection, account_id: int) -> Hours:
    """Return an account's quiet hours."""
    quiet_from, quiet_until, time_zone = con.row(_HOURS, (account_id,)) or (None, None, "UTC")
    return Hours(_time(quiet_from), _time(quiet_until), time_zone)


def advance(con: Connection, campaign_id: int, released_to: int, released_at: datetime | None) -> None:
    """Write how far a campaign is."""
    con.execute(_ADVANCE, (released_to, con.dialect.timestamp(released_at) if released_at else None, campaign_id))


def finish(con: Connection, campaign_id: int, now: datetime) -> bool:
    """Write that a campaign is sent, if nothing of it waits any more; return whether it is."""
    if not all(one.is_over for one in under_way(con) if one.campaign_id == campaign_id):
        return False
    return con.execute(_FINISH, (con.dialect.timestamp(now), campaign_id)) > 0


def _moment(con: Connection, stored: Any) -> datetime | None:
    return con.dialect.moment(stored) if stored else None


def _time(stored: Any) -> time | None:
    """Return a stored time of day, which SQLite keeps as text."""
    return time.fromisoformat(stored) if isinstance(stored, str) else stored
