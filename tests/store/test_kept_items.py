"""Received items come back from text as they were, whatever a carrier sent."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recado.core.message import Concatenation, Encoding, InboundPart
from recado.core.receipt import DeliveryReceipt, OutboundState, UndeliveredReason
from recado.store.kept_items import UnreadableItemError, dumps, loads

ANY_TEXT = st.text(st.characters(exclude_categories=()))
MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))]))
NUMBERS = st.integers(0, 2**63 - 1)
PARTS = st.builds(
    InboundPart,
    NUMBERS,
    ANY_TEXT,
    ANY_TEXT,
    ANY_TEXT,
    st.sampled_from(Encoding),
    MOMENTS,
    st.binary(),
    NUMBERS,
    st.none() | st.builds(Concatenation, NUMBERS, st.sampled_from([8, 16]), st.integers(0, 255), st.integers(0, 255)),
    st.none() | ANY_TEXT,
    st.booleans(),
    st.lists(st.text()).map(tuple),
)
RECEIPTS = st.builds(
    DeliveryReceipt,
    NUMBERS,
    ANY_TEXT,
    ANY_TEXT,
    ANY_TEXT,
    MOMENTS,
    st.binary(),
    st.none() | st.sampled_from(OutboundState),
    st.none() | st.sampled_from(UndeliveredReason),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the texts
@given(PARTS | RECEIPTS)
def test_what_is_written_is_read_back(item):
    text = dumps(item)
    assert text.isascii()
    assert "\0" not in text
    back = loads(text)
    assert back == item
    assert type(back) is type(item)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"kind": "part"}', '{"kind": "part", "colour": 1}', '{"kind": "pigeon"}'])
def test_what_is_not_an_item_is_refused(text):
    with pytest.raises(UnreadableItemError):
        loads(text)


def test_a_moment_stays_aware():
    part = InboundPart(1, "48501222333", "48503340503", "x", Encoding.GSM7, datetime(2026, 11, 22, tzinfo=UTC), b"", 0)
    assert loads(dumps(part)).received_at.tzinfo is not None
