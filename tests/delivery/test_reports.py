"""Reports of how outgoing messages ended, told to customers' programs over real HTTP; on both databases."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from outbox_rows import NOW
from worker_twins import Carrier, until

from recado.core.outbound_id import to_public
from recado.core.receipt import DeliveryReceipt, OutboundState, UndeliveredReason
from recado.core.submit import SegmentAccepted, SegmentRefused
from recado.delivery.macros import build_call
from recado.delivery.reports import Reported
from recado.store.fates import owe_reports
from recado.store.ids import IdGenerator
from recado.store.outbox import apply_receipts

pytestmark = pytest.mark.anyio
TEMPLATE = "?smsid=#SMSID#&stan=#STAN#&data=#DATA#&przyczyna=#PRZYCZYNA#"
SAYS = {
    OutboundState.DELIVERED: ("DELIVRD", "000", None),
    OutboundState.UNDELIVERED: ("UNDELIV", "001", UndeliveredReason.WRONG_NUMBER),
}


class Told:
    """Messages that were sent, and receipts about them."""

    def __init__(self, outbox):
        self.outbox, self.con, self.ids = outbox, outbox.con, IdGenerator(1).stream(0)

    def sent(self, *, recipient="48501222333", destination=None, account_id=1, **more):
        job = self.outbox.reply(recipient=recipient, account_id=account_id)
        ((message,),) = self.con.rows("SELECT outbound_message_id FROM outbox_job WHERE id = ?", (job,))
        self.con.execute("UPDATE outbox_job SET state = 'done' WHERE id = ?", (job,))
        sql = "UPDATE outbox_outboundmessage SET state = 'sent', receipt_destination_id = ? WHERE id = ?"
        self.con.execute(sql, (destination, message))
        at = self.con.dialect.timestamp(NOW)
        rest = {"state": "sent", "carrier_state": "", "carrier_error": "", "updated_at": at, **more}
        self.outbox.insert(
            "outbox_segment", id=message, outbound_message_id=message, position=1, connection_id=3, carrier_message_id=f"c{message}", **rest
        )
        return message

    def receipt(self, message, state=OutboundState.DELIVERED, minutes=0):
        word, error, reason = SAYS[state]
        at = NOW + timedelta(minutes=minutes)
        with self.con.transaction():
            touched = apply_receipts(self.con, [DeliveryReceipt(3, f"c{message}", word, error, at, b"", state, reason)], self.ids)
            return owe_reports(self.con, [one.outbound_id for one in touched if one.is_news], self.ids, NOW)

    def jobs(self):
        sql = "SELECT outbound_message_id, destination_id, state, attempt_count FROM outbox_job WHERE kind = 'push_receipt' ORDER BY id"
        return list(map(tuple, self.con.rows(sql)))


@pytest.fixture
def told(outbox):
    return Told(outbox)


def queries(receiver):
    return [{key: value[0] for key, value in parse_qs(head.split("?")[1].split()[0]).items()} for head in receiver.heads]


async def test_a_receipt_is_told_to_the_place_the_message_names(told, outbox, working, receiving):
    async with receiving() as receiver:
        place = outbox.destination(receiver.url + TEMPLATE, kind="receipts")
        message = told.sent(destination=place)
        assert told.receipt(message) == 1
        async with working():
            await until(lambda: told.jobs()[0][2] == "done")
    assert queries(receiver) == [{"smsid": to_public(message), "stan": "DELIVRD", "data": "2026-03-01 12:00:00"}]


async def test_a_message_that_names_no_place_is_told_to_the_accounts_default_and_a_failure_says_why(told, outbox, working, receiving):
    async with receiving() as receiver:
        outbox.destination(receiver.url + TEMPLATE, kind="receipts", is_default=True)
        message = told.sent()
        told.receipt(message, OutboundState.UNDELIVERED)
        async with working():
            await until(lambda: told.jobs()[0][2] == "done")
    (asked,) = queries(receiver)
    assert (asked["stan"], asked["przyczyna"]) == ("UNDELIV", "wrong_number")


@pytest.mark.parametrize("off", [{"kind": "url"}, {"is_enabled": False}, {"is_default": False}])
async def test_nobody_is_told_who_did_not_ask(told, outbox, off):
    outbox.destination("http://127.0.0.1:9/", **{"kind": "receipts", "is_default": True, **off})
    assert told.receipt(told.sent()) == 0
    assert told.jobs() == []


async def test_another_accounts_place_hears_nothing(told, outbox):
    outbox.insert("accounts_account", id=2, name="Other", language="pl", time_zone="UTC", is_suspended=False, created_at=NOW)
    other = outbox.destination("http://127.0.0.1:9/", kind="receipts", is_default=True)
    outbox.con.execute("UPDATE outbox_destination SET account_id = 2")
    assert told.receipt(told.sent()) + told.receipt(told.sent(destination=other)) + told.receipt(told.sent(account_id=None)) == 0


async def test_the_same_receipt_twice_is_told_once_and_a_correction_is_told_too(told, outbox):
    outbox.destination("http://127.0.0.1:9/", kind="receipts", is_default=True)
    message = told.sent()
    owed = [told.receipt(message, state) for state in (OutboundState.UNDELIVERED,) * 2 + (OutboundState.DELIVERED,) * 2]
    assert owed == [1, 0, 1, 0]


async def test_a_late_report_tells_the_latest(told, outbox, working, receiving, response, clock):
    async with receiving(response(500)) as receiver:
        outbox.destination(receiver.url + TEMPLATE, kind="receipts", is_default=True)
        message = told.sent()
        told.receipt(message, OutboundState.UNDELIVERED)
        async with working():
            await until(lambda: told.jobs()[0][3] == 1)
            told.receipt(message, minutes=5)
            receiver.answer = response(200, b"OK")
            clock.advance(6)
            await until(lambda: [job[2] for job in told.jobs()] == ["done", "done"])
    assert [asked["stan"] for asked in queries(receiver)] == ["UNDELIV", "DELIVRD", "DELIVRD"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nERROR", "answered 'ERROR' instead of OK"),
        (
            b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
            "answered HTTP 302; redirects are not followed",
        ),
    ],
)
async def test_any_other_answer_is_tried_again_with_a_log_of_attempts(told, outbox, working, receiving, answer, error):
    async with receiving(answer) as receiver:
        outbox.destination(receiver.url + TEMPLATE, kind="receipts", is_default=True)
        told.receipt(told.sent())
        async with working():
            await until(lambda: told.jobs()[0][3] == 1)
    ((job,),) = outbox.con.rows("SELECT id FROM outbox_job WHERE kind = 'push_receipt'")
    assert (outbox.state(job)[0], outbox.state(job)[3]) == ("waiting", error)
    assert [attempt[4] for attempt in outbox.attempts(job)] == [error]


async def test_private_addresses_are_refused(told, outbox, working):
    outbox.destination("http://127.0.0.1:9/", kind="receipts", is_default=True)
    told.receipt(told.sent())
    async with working(allow_private=False):
        await until(lambda: told.jobs()[0][2] == "dead")


async def test_reports_about_one_phone_arrive_in_order(told, outbox, working, receiving):
    async with receiving() as receiver:
        outbox.destination(receiver.url + TEMPLATE, kind="receipts", is_default=True)
        messages = [told.sent() for _ in range(10)]
        for message in messages:
            told.receipt(message)
        async with working():
            await until(lambda: {job[2] for job in told.jobs()} == {"done"})
    assert [asked["smsid"] for asked in queries(receiver)] == list(map(to_public, messages))


async def test_what_a_carrier_refuses_is_told_at_once(told, outbox, working, receiving):
    async with receiving() as receiver:
        outbox.destination(receiver.url + TEMPLATE, kind="receipts", is_default=True)
        outbox.reply()
        async with working(Carrier((SegmentRefused("ESME_RINVDSTADR (0x0000000B)", permanent=True),))):
            await until(lambda: told.jobs()[:1] and told.jobs()[0][2] == "done")
    assert [(asked["stan"], asked["przyczyna"]) for asked in queries(receiver)] == [("UNDELIV", "wrong_number")]


async def test_a_receipt_that_came_before_the_answer_is_told_when_it_is_found(told, outbox, working, receiving):
    async with receiving() as receiver:
        outbox.destination(receiver.url + TEMPLATE, kind="receipts", is_default=True)
        outbox.reply()
        with told.con.transaction():
            apply_receipts(told.con, [DeliveryReceipt(3, "early", "DELIVRD", "000", NOW, b"", OutboundState.DELIVERED)], told.ids)
        async with working(Carrier((SegmentAccepted("early"),))):
            await until(lambda: told.jobs()[:1] and told.jobs()[0][2] == "done")
    assert [asked["stan"] for asked in queries(receiver)] == ["DELIVRD"]


async def test_a_report_whose_message_or_place_is_gone_is_given_up(told, outbox, working):
    place = outbox.destination("http://127.0.0.1:9/", kind="receipts")
    outbox.job(1, "push_receipt", NOW, destination_id=place, outbound_message_id=4711)
    outbox.job(2, "push_receipt", NOW, destination_id=4711, outbound_message_id=told.sent())
    outbox.job(3, "push_receipt", NOW, destination_id=place, outbound_message_id=told.sent())
    async with working():
        await until(lambda: [outbox.state(job)[0] for job in (1, 2, 3)] == ["dead", "dead", "done"])
    assert [outbox.state(job)[3] for job in (1, 2, 3)] == ["the message is gone", "the destination is gone", ""]


REPORTED = Reported(0xEBA39E4FE1, "48501222333", OutboundState.UNSENT, "too_late", "order7", NOW, "Europe/Warsaw")


def test_every_macro_of_a_report_is_filled():
    template = "http://h/#SMSID#?s=#STAN#&d=#DATA#&p=#PRZYCZYNA#&n=#NUMER#&u=#UNIQUEID#&w=#WIADOMOSC#"
    address = "http://h/eba39e4fe1?s=ERR&d=2026-03-01%2013%3A00%3A00&p=message_expired&n=48501222333&u=order7&w="
    assert build_call("GET", template, REPORTED).url == address


def test_a_post_without_macros_carries_the_usual_form():
    call = build_call("POST", "http://h/in?shop=1", REPORTED)
    assert call.url == "http://h/in?shop=1"
    assert call.body == b"smsid=eba39e4fe1&stan=ERR&data=2026-03-01+13%3A00%3A00&przyczyna=message_expired"
