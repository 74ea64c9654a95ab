"""Submissions over real links: windows, throttling, silence, cuts, several links, the rate limit."""

import asyncio
import time
from dataclasses import replace

import pytest

from recado.core.submit import Opening, OutboundText, SegmentAccepted, SegmentRefused
from recado.gateway import smpp_connection
from recado.protocols.smpp import BindMode, SubmitSmResp
from recado.testing.links import LinkWorld, until
from recado.testing.smsc import FakeSmsc, SmscBehaviour

TEXT = OutboundText(1, "48503340503", "48501222333", "Thank you")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(smpp_connection, "THROTTLE_DELAYS", (0.01, 0.02))


def play(scenario, behaviour=None, **settings):
    async def run():
        world = LinkWorld()
        async with FakeSmsc(behaviour or SmscBehaviour()) as smsc, world.connected(smsc, **settings) as connection:
            return await scenario(smsc, connection)

    return asyncio.run(run())


def answering(*statuses):
    """Answer the submissions with these statuses in turn, the last one for ever; None is silence."""

    def answer(request, count):
        status = statuses[min(count, len(statuses)) - 1]
        return None if status is None else SubmitSmResp(request.sequence_number, status, "" if status else f"id-{count}")

    return SmscBehaviour(answer_submit=answer)


def test_a_text_is_submitted_and_named():
    async def scenario(smsc, connection):
        assert await connection.submit(TEXT) == (SegmentAccepted("00000001"),)
        (request,) = smsc.submitted
        assert (request.source_addr, request.destination_addr, request.short_message) == ("48503340503", "48501222333", b"Thank you")
        assert connection.statuses[0].submitted_count == 1

    play(scenario)


def test_a_long_text_goes_out_in_order_under_one_reference():
    async def scenario(smsc, connection):
        first = await connection.submit(OutboundText(1, "4301", "48501222333", "a" * 400))
        await connection.submit(OutboundText(2, "4301", "48501222333", "b" * 400))
        assert [type(outcome) for outcome in first] == [SegmentAccepted] * 3
        headers = [request.short_message[3:6] for request in smsc.submitted]
        assert [header[1:] for header in headers] == [bytes([3, n]) for n in (1, 2, 3)] * 2
        assert len({header[0] for header in headers[:3]}) == 1
        assert headers[0][0] != headers[3][0]

    play(scenario)


def test_after_a_refusal_no_further_segment_is_sent():
    async def scenario(smsc, connection):
        outcomes = await connection.submit(OutboundText(1, "4301", "48501222333", "a" * 400))
        assert outcomes == (SegmentAccepted("id-1"), SegmentRefused("ESME_RINVDSTADR (0x0000000B)", permanent=True))
        assert len(smsc.submitted) == 2

    play(scenario, answering(0, 0x0B))


def test_a_throttled_submission_is_sent_again_after_a_pause():
    async def scenario(smsc, connection):
        assert await connection.submit(TEXT) == (SegmentAccepted("id-3"),)

    play(scenario, answering(0x58, 0x14, 0))


def test_a_carrier_that_throttles_for_long_gets_rest():
    async def scenario(smsc, connection):
        assert await connection.submit(TEXT) == (SegmentRefused("ESME_RTHROTTLED (0x00000058)", permanent=False),)
        assert len(smsc.submitted) == 3

    play(scenario, answering(0x58))


def test_an_unknown_status_is_a_temporary_refusal():
    async def scenario(smsc, connection):
        assert await connection.submit(TEXT) == (SegmentRefused("0x000004FF", permanent=False),)

    play(scenario, answering(0x4FF))


def test_silence_leaves_it_uncertain_and_a_late_answer_is_harmless():
    async def scenario(smsc, connection):
        assert await connection.submit(TEXT) == (SegmentRefused("timeout", permanent=False, uncertain=True),)
        smsc.sessions[0].send(SubmitSmResp(smsc.submitted[0].sequence_number, 0, "late"))
        assert await connection.submit(TEXT) == (SegmentAccepted("id-2"),)

    play(scenario, answering(None, 0), response_timeout_seconds=0.2)


def test_a_cut_while_waiting_leaves_it_uncertain():
    async def scenario(smsc, connection):
        waiting = [asyncio.ensure_future(connection.submit(TEXT)) for _ in range(5)]
        await until(lambda: len(smsc.submitted) == 5)
        smsc.sessions[0].cut()
        assert await asyncio.gather(*waiting) == [(SegmentRefused("link_lost", permanent=False, uncertain=True),)] * 5
        await until(lambda: connection.statuses[0].is_bound)

    play(scenario, answering(None))


def test_without_a_link_nothing_is_sent_and_later_it_may_work():
    async def run():
        world = LinkWorld()
        smsc = FakeSmsc()
        await smsc.start()
        await smsc.stop()
        connection = world.open(smsc.port)
        await until(lambda: connection.statuses[0].last_error)
        assert await connection.submit(TEXT) == (SegmentRefused("link_down", permanent=False),)
        await smsc.start()
        await until(lambda: connection.statuses[0].is_bound)
        assert await connection.submit(TEXT) == (SegmentAccepted("00000001"),)
        await connection.stop()
        await smsc.stop()

    asyncio.run(run())


def test_no_more_than_a_window_is_unanswered():
    async def scenario(smsc, connection):
        waiting = [asyncio.ensure_future(connection.submit(TEXT)) for _ in range(10)]
        await until(lambda: len(smsc.submitted) == 3)
        await asyncio.sleep(0.05)
        assert len(smsc.submitted) == 3
        assert connection.statuses[0].unanswered_submits == 3
        smsc.behaviour = SmscBehaviour()
        for request in list(smsc.submitted):
            smsc.sessions[0].send(SubmitSmResp(request.sequence_number, 0, "x"))
        assert all(outcome == SegmentAccepted for (outcome,) in [map(type, outcomes) for outcomes in await asyncio.gather(*waiting)])

    play(scenario, answering(None), window_size=3)


def test_cancelling_tells_what_was_handed_over_from_what_still_waited_for_its_turn():
    async def scenario(smsc, connection):
        waiting = [asyncio.ensure_future(connection.submit(TEXT)) for _ in range(5)]
        await until(lambda: len(smsc.submitted) == 2)
        for each in waiting:
            each.cancel()
        outcomes = [outcome for (outcome,) in await asyncio.gather(*waiting)]
        assert [outcome.uncertain for outcome in outcomes] == [True, True, False, False, False]
        assert {(outcome.error, outcome.permanent) for outcome in outcomes} == {("stopped", False)}
        assert len(smsc.submitted) == 2

    play(scenario, answering(None), window_size=2)


def test_cancelling_between_two_segments_tells_which_one_was_taken(monkeypatch):
    monkeypatch.setattr(smpp_connection, "THROTTLE_DELAYS", (60,))

    async def scenario(smsc, connection):
        waiting = asyncio.ensure_future(connection.submit(OutboundText(1, "4301", "48501222333", "a" * 400)))
        await until(lambda: len(smsc.submitted) == 2)
        await asyncio.sleep(0.05)
        waiting.cancel()
        assert await waiting == (SegmentAccepted("id-1"), SegmentRefused("stopped", permanent=False))

    play(scenario, answering(0, 0x58))


def test_submissions_take_turns_over_the_links():
    async def scenario(smsc, connection):
        for _ in range(6):
            await connection.submit(TEXT)
        counts = [sum(type(event).__name__ == "SubmitSm" for event in session.events) for session in smsc.sessions]
        assert counts == [2, 2, 2]

    play(scenario, links=3)


def test_a_lost_link_leaves_the_work_to_the_others():
    async def scenario(smsc, connection):
        smsc.sessions[0].cut()
        outcomes = await asyncio.gather(*(connection.submit(TEXT) for _ in range(4)))
        accepted = [outcome for (outcome,) in outcomes if isinstance(outcome, SegmentAccepted)]
        await asyncio.sleep(0)
        assert accepted
        assert isinstance((await connection.submit(TEXT))[0], SegmentAccepted)

    play(scenario, links=2)


def test_separate_links_send_and_receive():
    async def scenario(smsc, connection):
        assert {session.bind.mode for session in smsc.sessions} == {BindMode.RECEIVER, BindMode.TRANSMITTER}
        assert isinstance((await connection.submit(TEXT))[0], SegmentAccepted)

    play(scenario, bind_mode="both")


def test_a_receiver_alone_cannot_send():
    async def scenario(smsc, connection):
        assert await connection.submit(TEXT) == (SegmentRefused("link_down", permanent=False),)

    play(scenario, bind_mode="receiver")


@pytest.mark.parametrize(
    ("recipient", "text", "named"),
    [("4" * 30, "Hello", "destination_addr must be at most 20 octets"), ("48501222333", "a" * 40_000, "262 segments")],
)
def test_what_smpp_cannot_carry_is_refused_for_good_and_holds_nothing_up(recipient, text, named):
    async def scenario(smsc, connection):
        (outcome,) = await connection.submit(OutboundText(1, "4301", recipient, text))
        assert outcome.permanent
        assert named in outcome.error
        assert isinstance((await connection.submit(TEXT))[0], SegmentAccepted)
        assert len(smsc.submitted) == 1

    play(scenario)


def test_a_connection_says_how_much_it_can_take_and_why_it_takes_nothing():
    async def scenario(smsc, connection):
        assert connection.opening() == Opening(10 + 10 // 4)
        await connection.drain()
        assert connection.opening() == Opening(0, "link_drained")
        await connection.resume()
        await until(lambda: connection.opening().places)
        smsc.behaviour.bind_status = 0x0D
        smsc.bound[0].cut()
        await until(lambda: connection.opening() == Opening(0, "link_down"))

    play(scenario)


def test_an_answer_overtakes_a_group_send_that_waits_for_the_window():
    async def scenario(smsc, connection):
        bulk = [asyncio.ensure_future(connection.submit(replace(TEXT, text=f"bulk {n}", is_bulk=True))) for n in range(3)]
        await until(lambda: len(smsc.submitted) == 1)
        answer = asyncio.ensure_future(connection.submit(TEXT))
        await asyncio.sleep(0.05)
        smsc.behaviour = SmscBehaviour()
        smsc.sessions[0].send(SubmitSmResp(smsc.submitted[0].sequence_number, 0, "x"))
        await asyncio.gather(answer, *bulk)
        assert [request.short_message for request in smsc.submitted] == [b"bulk 0", b"Thank you", b"bulk 1", b"bulk 2"]

    play(scenario, answering(None), window_size=1)


def test_the_rate_limit_spaces_submissions_out():
    async def scenario(smsc, connection):
        began = time.monotonic()
        await asyncio.gather(*(connection.submit(TEXT) for _ in range(20)))
        return time.monotonic() - began

    assert play(scenario, max_per_second=50) > 0.25
