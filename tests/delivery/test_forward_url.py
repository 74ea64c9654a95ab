"""One attempt to forward: what counts as success, what is written down."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.delivery.errors import DeliveryError
from recado.delivery.forward_url import Answer, forward, judge, retry_after
from recado.delivery.http_client import HttpClient
from recado.delivery.macros import Forwarded
from recado.delivery.request_log import LOGGED, without_secrets

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MESSAGE = Forwarded(77, "48501222333", "48503340503", "Gardener", NOW)


def judged(status: int, body: bytes = b"", **headers: str) -> DeliveryError | None:
    return judge(Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, body, is_cut=False), NOW)


@pytest.mark.parametrize("body", [b"OK", b"OK\n", b" \r\n OK\t\r\n"])
def test_status_200_with_ok_is_success(body):
    assert judged(200, body) is None


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, b"", "answered nothing instead of OK"),
        (200, b"ok", "answered 'ok' instead of OK"),
        (200, b"OK OK", "answered 'OK OK' instead of OK"),
        (200, b"ERROR", "answered 'ERROR' instead of OK"),
        (200, b"<html>\n<p>OK", "answered '<html> <p>OK' instead of OK"),
        (200, b"\xef\xbb\xbfOK", "answered '\ufeffOK' instead of OK"),
        (201, b"OK", "answered HTTP 201"),
        (204, b"", "answered HTTP 204"),
        (302, b"OK", "answered HTTP 302; redirects are not followed"),
        (404, b"OK", "answered HTTP 404"),
        (500, b"OK", "answered HTTP 500"),
    ],
)
def test_everything_else_fails_and_may_be_tried_again(status, body, reason):
    failure = judged(status, body)
    assert failure is not None
    assert (failure.reason, failure.permanent, failure.slows) == (reason.replace("\ufeff", "\\ufeff"), False, False)


def test_ok_at_the_start_of_a_cut_body_is_no_success():
    assert judge(Answer(200, {}, b"OK" + b" " * 100, is_cut=True), NOW) is not None


def test_gone_concerns_the_whole_endpoint_and_gives_nothing_up():
    failure = judged(410)
    assert failure is not None
    assert (failure.is_gone, failure.slows, failure.permanent) == (True, True, False)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_an_overloaded_endpoint_slows_all_its_jobs_down(status):
    failure = judged(status, retry_after="120")
    assert failure is not None
    assert failure.slows
    assert failure.retry_after == timedelta(minutes=2)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("", None),
        ("0", timedelta(0)),
        (" 90 ", timedelta(seconds=90)),
        ("99999999999999999999", timedelta(hours=24)),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
        ("Sun, 01 Mar 2026 12:10:00 GMT", timedelta(minutes=10)),
        ("Sun, 01 Mar 2026 12:10:00", timedelta(minutes=10)),
        ("Sun, 01 Mar 2026 11:00:00 GMT", timedelta(0)),
        ("Sun, 01 Mar 2099 11:00:00 GMT", timedelta(hours=24)),
        ("Sun, 99 Mar 2026 11:00:00 GMT", None),
        ("Mon, 01 Jan 2027 00:00:00 +99999999999999", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header, wait):
    assert retry_after(header, NOW) == wait


@given(st.text())
def test_any_retry_after_is_read_without_falling_over(header):
    wait = retry_after(header, NOW)
    assert wait is None or timedelta(0) <= wait <= timedelta(hours=24)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://h/?token=abc&numer=48", "http://h/?token=***&numer=48"),
        ("http://h/?a=1&API_KEY=x", "http://h/?a=1&API_KEY=***"),
        ("http://h/?haslo=x&keyword=y", "http://h/?haslo=***&keyword=y"),
        ("http://u:p@h/?a=1", "http://***@h/?a=1"),
        ("http://h/?access_token=x#f", "http://h/?access_token=***#f"),
        ("http://[h/", "(an address that cannot be read)"),
    ],
)
def test_secrets_are_not_written_down(url, shown):
    assert without_secrets(url) == shown


async def test_a_successful_attempt_says_what_was_sent_and_answered(receiving):
    async with receiving() as receiver, HttpClient(allow_private=True) as client:
        outcome = await forward(client, "GET", receiver.url + "?n=#NUMER#&w=#WIADOMOSC#&token=s3cret", MESSAGE, NOW)
    assert receiver.heads[0].startswith("GET /in?n=48501222333&w=Gardener&token=s3cret HTTP/1.1\r\n")
    assert outcome.failure is None
    assert (outcome.status, outcome.body) == (200, "OK")
    assert outcome.request == f"GET {receiver.url}?n=48501222333&w=Gardener&token=***"


async def test_a_post_is_written_down_with_its_form(receiving):
    async with receiving() as receiver, HttpClient(allow_private=True) as client:
        outcome = await forward(client, "POST", receiver.url + "?pass=#ID#&n=#NUMER#", MESSAGE, NOW)
    assert receiver.bodies == [b"pass=77&n=48501222333"]
    assert (
        outcome.request == f"POST {receiver.url}\ncontent-type: application/x-www-form-urlencoded; charset=utf-8\n\npass=***&n=48501222333"
    )


async def test_a_failed_attempt_keeps_the_start_of_the_answer(receiving, response):
    async with receiving(response(500, b"\x00\xff" + b"x" * 100_000)) as receiver, HttpClient(allow_private=True) as client:
        outcome = await forward(client, "GET", receiver.url, MESSAGE, NOW)
    assert outcome.failure is not None
    assert outcome.status == 500
    assert outcome.body.startswith("\ufffd\ufffdx")
    assert len(outcome.body) == LOGGED


async def test_without_an_answer_there_is_the_request_and_the_reason():
    async with HttpClient() as client:
        outcome = await forward(client, "GET", "http://127.0.0.1/?n=#NUMER#", MESSAGE, NOW)
        unusable = await forward(client, "GET", "http://#NUMER#/", MESSAGE, NOW)
    assert outcome.failure is not None
    assert outcome.failure.permanent
    assert (outcome.status, outcome.request) == (None, "GET http://127.0.0.1/?n=48501222333")
    assert unusable.request == "GET http://#NUMER#/"
