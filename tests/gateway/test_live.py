"""Fan-out of notices to open pages."""

import asyncio
import itertools
from datetime import UTC, datetime

from recado.gateway.live import QUEUE_LENGTH, REPLAY_LENGTH, Event, Live, Notice


async def collect(live: Live, account_id: int, count: int, last_event_id: int | None = None) -> list[Event]:
    events: list[Event] = []
    async with asyncio.timeout(5):
        async for event in live.subscribe(account_id, last_event_id):
            events.append(event)
            if len(events) == count:
                break
    return events


def run(coroutine):
    return asyncio.run(coroutine)


def test_a_page_sees_the_notices_of_its_account_and_no_other():
    async def scene():
        live = Live(asyncio.get_running_loop())
        page = asyncio.create_task(collect(live, 1, 2))
        await asyncio.sleep(0)
        live.publish([Notice("message", 1, 10), Notice("message", 2, 20), Notice("outbound", 1, 10)])
        return await page

    assert [event.notice for event in run(scene())] == [Notice("message", 1, 10), Notice("outbound", 1, 10)]


def test_a_page_that_reconnects_gets_what_it_missed():
    async def scene():
        live = Live(asyncio.get_running_loop())
        live.publish([Notice("message", 1, number) for number in range(5)])
        return await collect(live, 1, 2, last_event_id=3)

    assert [event.notice.object_id for event in run(scene())] == [3, 4]


def test_a_page_that_was_away_too_long_is_told_to_fetch_anew():
    async def scene():
        live = Live(asyncio.get_running_loop(), first_id=100_000)
        live.publish([Notice("message", 1, 1)])
        return await collect(live, 1, 1, last_event_id=7)

    assert run(scene())[0].notice.kind == "refetch"


def test_a_page_gets_what_happened_since_it_was_rendered():
    async def scene():
        seconds = itertools.count(1000)
        live = Live(asyncio.get_running_loop(), now=lambda: datetime.fromtimestamp(next(seconds), UTC))
        for number in range(5):
            live.publish([Notice("message", 1, number)])  # at 1001 and so on
        later = await collect(live, 1, 2, last_event_id=live.last_id_before(1004))
        earlier = await collect(live, 1, 1, last_event_id=live.last_id_before(999))
        return [event.notice.object_id for event in later], earlier[0].notice.kind, live.last_id_before(2000)

    assert run(scene()) == ([3, 4], "refetch", 5)


def test_a_page_rendered_before_what_is_remembered_fetches_anew():
    async def scene():
        live = Live(asyncio.get_running_loop(), now=lambda: datetime.fromtimestamp(1000, UTC))
        live.publish([Notice("message", 1, number) for number in range(REPLAY_LENGTH + 1)])
        return await collect(live, 1, 1, last_event_id=live.last_id_before(1000))

    assert run(scene())[0].notice.kind == "refetch"


def test_a_page_too_slow_for_its_queue_is_told_to_fetch_anew():
    async def scene():
        live = Live(asyncio.get_running_loop())
        pages = live.subscribe(1)
        first = asyncio.create_task(anext(pages))
        await asyncio.sleep(0)
        live.publish([Notice("message", 1, number) for number in range(QUEUE_LENGTH + 1)])
        return await first

    assert run(scene()).notice.kind == "refetch"


def test_closing_ends_every_page():
    async def scene():
        live = Live(asyncio.get_running_loop())
        page = asyncio.create_task(collect(live, 1, 1))
        await asyncio.sleep(0)
        live.close()
        return await page, live.subscriber_count

    assert run(scene()) == ([], 0)


def test_publishing_from_another_thread_arrives():
    async def scene():
        live = Live(asyncio.get_running_loop())
        page = asyncio.create_task(collect(live, 1, 1))
        await asyncio.sleep(0)
        await asyncio.to_thread(live.publish_threadsafe, [Notice("message", 1, 5)])
        return await page

    assert run(scene())[0].notice.object_id == 5


def test_who_listens_hears_of_every_account():
    async def scene():
        live, heard = Live(asyncio.get_running_loop()), []
        live.listen(heard.append)
        live.publish([Notice("message", 1, 10), Notice("jobs", None), Notice("outbound", 2, 20)])
        return heard

    assert run(scene()) == [Notice("message", 1, 10), Notice("outbound", 2, 20)]
