"""Which uncertain message a receipt is about: the one it can be, never a guess."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.receipt import DeliveryReceipt, OutboundState
from recado.core.reconcile import WITHIN, Uncertain, about

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
RECEIPT = DeliveryReceipt(
    3, "a", "DELIVRD", "000", NOW, b"", OutboundState.DELIVERED, sender="48503340503", recipient="48501222333", text=""
)
MESSAGE = Uncertain(1, "48503340503", "Thank you, you are in.", is_long=False, earliest_at=NOW, latest_at=NOW)
OTHER = replace(MESSAGE, outbound_id=2, text="See you on Sunday.")
LONG = replace(MESSAGE, text="One thing. " * 20 + "Another thing.", is_long=True)


def said(**more: object) -> DeliveryReceipt:
    return replace(RECEIPT, **more)


def found(receipt: DeliveryReceipt, *messages: Uncertain) -> int | None:
    meant = about(receipt, messages)
    return meant.outbound_id if meant else None


@pytest.mark.parametrize(
    ("receipt", "messages", "meant"),
    [
        (RECEIPT, [], None),
        (RECEIPT, [MESSAGE], 1),
        (RECEIPT, [MESSAGE, OTHER], None),
        (said(sender="4301"), [MESSAGE], None),
        (said(sender="Flowers"), [replace(MESSAGE, sender="FLOWERS")], 1),
        (said(sender=""), [MESSAGE], None),
        (said(sender="", text="Thank you"), [MESSAGE, OTHER], 1),
        (said(text="Thank you, you are"), [MESSAGE, OTHER], 1),
        (said(text="See you on Sunday."), [MESSAGE, OTHER], 2),
        (said(text="See you on Sunday."), [MESSAGE], None),
        (said(text="Thank"), [MESSAGE, replace(MESSAGE, outbound_id=2)], None),
        (said(text="\x01|"), [MESSAGE], 1),
        (said(text="\x01|"), [MESSAGE, OTHER], None),
        (said(text="Thank you  you are in"), [MESSAGE], 1),
        (said(text="Za"), [replace(MESSAGE, text="Zażółć")], 1),
        (said(text="Zazolc gesla"), [replace(MESSAGE, text="Zażółć gęślą")], 1),
        (said(text="Another thing"), [LONG, OTHER], 1),
        (said(text="Something else"), [LONG], None),
        (said(received_at=NOW + WITHIN), [MESSAGE], 1),
        (said(received_at=NOW + WITHIN + timedelta(seconds=1)), [MESSAGE], None),
        (said(received_at=NOW - timedelta(seconds=1)), [MESSAGE], None),
    ],
)
def test_a_receipt_is_about_the_one_message_it_can_be(receipt, messages, meant):
    assert found(receipt, *messages) == meant


@given(st.text(max_size=40), st.lists(st.text(max_size=40), max_size=4), st.booleans())
def test_whatever_a_carrier_writes_two_messages_alike_are_never_told_apart(text, texts, is_long):
    messages = [replace(MESSAGE, outbound_id=index, text=each, is_long=is_long) for index, each in enumerate(texts)]
    assert about(said(text=text), messages + messages) is None
