"""Replies in the answers of programs, as far as they can be read."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.delivery.endpoint import Body
from recado.delivery.reply_reading import UnreadableError, is_ok, read_reply

TWIML = b'<?xml version="1.0"?><Response><Message><Body>Open at 9</Body><Media>http://x/y.png</Media></Message></Response>'


@pytest.mark.parametrize(
    ("body", "answer", "reply"),
    [
        (Body.JSON, b'{"reply": " Open at 9\\n"}', "Open at 9"),
        (Body.JSON, '{"reply": "Żółw"}'.encode(), "Żółw"),
        (Body.JSON, b"", ""),
        (Body.JSON, b"OK", ""),
        (Body.JSON, b'["reply"]', ""),
        (Body.JSON, b'{"status": "fine", "reply": null}', ""),
        (Body.JSON, b'{"reply": "  "}', ""),
        (Body.JSON, b'{"reply": "\\ud800"}', "?"),
        (Body.JSON, b"x" * 70_000, ""),
        (Body.XML, b"<reply>Open at 9</reply>", "Open at 9"),
        (Body.XML, b"<answer><reply>Open &amp; <b>warm</b></reply><reply>no</reply></answer>", "Open & warm"),
        (Body.XML, b"<a><b><reply>too deep</reply></b></a>", ""),
        (Body.XML, b"OK", ""),
        (Body.XML, b"<!DOCTYPE html><html><body>fine<br>", ""),
        (Body.TWILIO, b"<Response><Message>Open at 9</Message><Message>no</Message></Response>", "Open at 9"),
        (Body.TWILIO, TWIML, "Open at 9"),
        (Body.TWILIO, b"<Response/>", ""),
        (Body.TWILIO, b"<reply>not TwiML</reply>", ""),
        (Body.TEMPLATE, b"OK", ""),
        (Body.TEMPLATE, b"OK\r\nOpen at 9\r\n", "Open at 9"),
        (Body.TEMPLATE, b"ERROR\nOpen at 9", ""),
    ],
)
def test_a_reply_is_read_and_other_answers_hold_none(body, answer, reply):
    assert read_reply(body, answer) == reply


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        (Body.JSON, b'{"reply": 7}'),
        (Body.JSON, b'{"reply": "x'),
        (Body.JSON, b'{"a":' + b"[" * 60_000),
        (Body.JSON, b'{"reply": "' + b"x" * 70_000),
        (Body.XML, b'<!DOCTYPE a [<!ENTITY b "bbbb">]><reply>&b;</reply>'),
        (Body.XML, b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><reply>x</reply>'),
        (Body.XML, b"<reply>&undefined;</reply>"),
        (Body.XML, b"<a>" * 30 + b"x"),
        (Body.XML, b"<reply>unfinished"),
        (Body.XML, b'<?xml version="1.0" encoding="nobody-knows"?><reply>x</reply>'),
        (Body.TWILIO, b"<Response><Message>unfinished"),
    ],
)
def test_what_begins_like_a_reply_and_cannot_be_read_says_so(body, answer):
    with pytest.raises(UnreadableError):
        read_reply(body, answer)


@given(st.sampled_from(Body), st.binary() | st.text().map(str.encode) | st.binary().map(lambda rest: b"<reply>" + rest))
def test_no_answer_breaks_the_reading(body, answer):
    with contextlib.suppress(UnreadableError):
        assert "\x00" not in read_reply(body, answer)


@pytest.mark.parametrize(
    ("answer", "alone", "with_replies"),
    [(b" OK\n", True, True), (b"OK\nHello", False, True), (b"OKAY", False, False), (b"OK Hello", False, False), (b"", False, False)],
)
def test_ok_stands_alone_or_above_a_reply(answer, alone, with_replies):
    assert (is_ok(answer, takes_replies=False), is_ok(answer, takes_replies=True)) == (alone, with_replies)
