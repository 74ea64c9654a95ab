"""Feeder: gives the messages of campaigns to the workers, a little at a time.

So no more of a campaign wait than the links need for a moment: a stop is at once, a throttle is exact, who opts out meanwhile gets nothing,
and replies never queue behind a hundred thousand rows. What belongs here: the loop, whose turn it is, whom it tells. What does not: what
one step does (`feeding`), handing over (`worker`), SQL.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import structlog

from recado.config import Database
from recado.core.receipt import UnsentReason
from recado.delivery.database_thread import DatabaseThread, Transactions
from recado.delivery.feeding import NOTHING, Step, clear, feed, is_hungry, room
from recado.delivery.worker import Notice
from recado.store import campaign_messages as messages
from recado.store import campaigns
from recado.store.campaigns import Underway
from recado.store.dialect import POSTGRESQL, SQLITE, Connection
from recado.store.fates import owe_reports

log = structlog.get_logger(__name__)

TURN_SECONDS = 0.5
STEPS = 10
"""For one campaign before it is another's turn."""
OPT_OUTS_AGAIN = timedelta(minutes=1)
"""So far back each look for opt-outs goes: they are seen when they are committed, which is later than they are noted."""
OPT_OUTS_AT_FIRST = timedelta(days=1)
LONGEST_PAUSE = 5.0


class Feeder:
    """Feeds the campaigns of an installation. `start`, `wake` and `stop` are all there is to call; runs on one event loop."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        ids: Iterator[int],
        *,
        transactions: Transactions | None = None,
        on_released: Callable[[], None] = lambda: None,
        on_changed: Callable[[list[Notice]], None] = lambda _: None,
        turn_seconds: float = TURN_SECONDS,
    ) -> None:
        """Run `on_released` when there is something for the workers, `on_changed` at most once a turn, both on the loop.

        `ids` are for the jobs that report what is never sent.
        """
        self._now = now
        self._ids = ids
        self._transactions = transactions or DatabaseThread(database)
        self._dialect = POSTGRESQL if database.engine == "postgresql" else SQLITE
        self._on_released = on_released
        self._on_changed = on_changed
        self._turn_seconds = turn_seconds
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None
        self._stopping = False
        self._opt_outs_since: datetime | None = None
        self._seen: dict[int, Underway] = {}
        self._untold: dict[int, int] = {}
        """Campaigns that changed, with their accounts."""
        self._told_at = 0.0
        self._troubles = 0
        self.trouble = ""
        """What keeps the feeder from its work; empty when all is well."""

    def start(self) -> None:
        """Begin on the running loop."""
        self._loop = asyncio.get_running_loop()
        self._main = self._loop.create_task(self._run(), name="feeder")

    def wake(self) -> None:
        """Say that a campaign began or was stopped; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    async def stop(self) -> None:
        """Finish the step under way and end."""
        self._stopping = True
        self._woken.set()
        if self._main is not None:
            await self._main
        await asyncio.to_thread(self._transactions.close)

    async def _run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            try:
                is_busy = await self.turn()
                self.trouble, self._troubles = "", 0
            except Exception as error:
                self._troubles += 1
                self.trouble = f"{type(error).__name__}: {error}"
                log.exception("feeder_trouble")
                await asyncio.sleep(min(0.05 * 2 ** min(self._troubles, 10), LONGEST_PAUSE))
                continue
            if not (is_busy or self._stopping):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), self._turn_seconds)

    async def turn(self) -> bool:
        """Take a turn with every campaign; say whether there is more to do at once."""
        found = await self._transactions.peek(campaigns.under_way)
        await self._take_back_what_nobody_wants(found)
        is_busy = False
        for campaign in found:
            if not self._stopping and is_hungry(campaign, self._now()):
                is_busy |= await self._steps(campaign)
        self._tell(found)
        return is_busy

    async def _steps(self, campaign: Underway) -> bool:
        """Take some steps with one campaign; whatever is wrong with it, the others go on."""
        places = room(campaign)
        for _ in range(STEPS):
            try:
                step = await self._step(campaign, places)
            except Exception as error:
                if self._dialect.is_outage(error):
                    raise
                log.exception("campaign_broke", campaign_id=campaign.campaign_id)
                return False
            places -= step.released
            if step.changed:
                self._untold[campaign.campaign_id] = campaign.account_id
            if step.released:
                self._on_released()
            if step.is_finished:
                log.info("campaign_sent", campaign_id=campaign.campaign_id, account_id=campaign.account_id)
            if not step.may_go_on or self._stopping or (campaign.state == "sending" and not places):
                return False
        return True

    async def _step(self, campaign: Underway, places: int) -> Step:
        now, campaign_id = self._now(), campaign.campaign_id
        if campaign.state == "stopped":
            return await self._transactions.run(lambda con: self._reported(con, clear(con, campaign_id, now), now))
        if places <= 0 and not campaign.is_over:
            return NOTHING
        return await self._transactions.run(lambda con: self._reported(con, feed(con, campaign_id, now, places), now))

    def _reported(self, con: Connection, step: Step, now: datetime) -> Step:
        """Owe the customers' programs the news of what is never sent."""
        if step.unsent:
            owe_reports(con, step.unsent, self._ids, now)
        return step

    async def _take_back_what_nobody_wants(self, found: list[Underway]) -> None:
        """Take back what waits with the workers for people who opted out, or were blocked, since it was given to them."""
        now = self._now()
        since, self._opt_outs_since = self._opt_outs_since or now - OPT_OUTS_AT_FIRST, now - OPT_OUTS_AGAIN
        if not any(one.open_count for one in found):
            return
        ids = await self._transactions.peek(lambda con: _unwanted_since(con, since))
        if ids:
            step = await self._transactions.run(lambda con: self._reported(con, _take_back(con, ids, now), now))
            log.info("campaign_messages_taken_back", count=len(step.unsent))

    def _tell(self, found: list[Underway]) -> None:
        """Tell once a turn which campaigns changed, by the feeder or by the workers."""
        seen = {one.campaign_id: one for one in found}
        self._untold |= {one.campaign_id: one.account_id for one in found if self._seen.get(one.campaign_id) != one}
        self._seen = seen
        moment = asyncio.get_running_loop().time()
        if self._untold and moment - self._told_at >= self._turn_seconds:
            self._told_at = moment
            self._on_changed([Notice("campaign", account_id, campaign_id) for campaign_id, account_id in self._untold.items()])
            self._untold = {}


def _take_back(con: Connection, message_ids: list[int], now: datetime) -> Step:
    return Step(unsent=tuple(messages.take_back(con, message_ids, UnsentReason.OPTED_OUT, now)))


def _unwanted_since(con: Connection, since: datetime) -> list[int]:
    late = messages.late_refusals(con, since)
    return messages.not_wanted_any_more(con, late) if late else []
