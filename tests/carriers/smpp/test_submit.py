"""Outgoing texts as submit_sm."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recado.carriers.smpp.adapter import SmppCarrier
from recado.carriers.smpp.addresses import address_of
from recado.carriers.smpp.errors import VERDICTS, Verdict, describe_status, verdict_on
from recado.carriers.smpp.parts import read_content
from recado.carriers.smpp.receipts import STATES, meaning_of
from recado.carriers.smpp.settings import SmppSettings
from recado.core.receipt import OutboundState
from recado.core.submit import OutboundText
from recado.protocols.smpp import CommandStatus, DeliverSm


def submit(text, reference=7, **configured):
    return SmppCarrier(SmppSettings(**configured)).to_submit(OutboundText(1, "48503340503", "48501222333", text), reference)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("48503340503", (1, 1, "48503340503")),
        ("+48503340503", (1, 1, "48503340503")),
        ("4301", (3, 0, "4301")),
        ("InfoBank", (5, 0, "InfoBank")),
        ("Kwiaciarnia Róża", (5, 0, "Kwiaciarnia")),
        ("Łąka", (5, 0, "??ka")),
    ],
)
def test_an_address_gets_type_and_plan_by_what_it_is(given, expected):
    assert address_of(given) == expected


def test_a_short_text_is_one_segment_with_a_receipt_asked_for():
    (segment,) = submit("Dziękujemy".replace("ę", "e"))
    assert (segment.short_message, segment.data_coding, segment.esm_class, segment.registered_delivery) == (b"Dziekujemy", 0, 0, 1)
    assert (segment.source_addr, segment.destination_addr) == ("48503340503", "48501222333")


def test_no_receipt_is_asked_for_when_the_connection_says_so():
    assert submit("x", receipts=False)[0].registered_delivery == 0


def test_a_letter_outside_gsm_makes_it_ucs2():
    (segment,) = submit("Dziękuję")
    assert (segment.short_message, segment.data_coding) == ("Dziękuję".encode("utf-16-be"), 8)


def test_a_carrier_that_means_latin1_by_0_gets_latin1():
    (segment,) = submit("à @ £", default_alphabet="latin1")
    assert (segment.short_message, segment.data_coding) == ("à @ £".encode("latin-1"), 0)


@pytest.mark.parametrize(("bits", "header"), [("8", bytes([5, 0, 3, 7, 2, 1])), ("16", bytes([6, 8, 4, 0, 7, 2, 1]))])
def test_a_long_text_is_cut_with_headers(bits, header):
    segments = submit("a" * 161, reference_bits=bits)
    assert len(segments) == 2
    assert segments[0].short_message.startswith(header)
    assert {segment.esm_class for segment in segments} == {0x40}


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x1b\0\ufeff\ufffe"), max_size=600), st.sampled_from(["8", "16"])
)
def test_what_is_sent_reads_back_as_the_same_text(text, bits):
    segments = submit(text, reference_bits=bits)
    contents = [read_content(segment.esm_class, segment.data_coding, segment.short_message, ()) for segment in segments]
    assert "".join(content.text for content in contents) == text
    if len(segments) > 1:
        assert [content.concatenation.position for content in contents] == list(range(1, len(segments) + 1))


def test_every_status_of_the_specification_has_a_verdict():
    assert set(VERDICTS) == set(CommandStatus) - {CommandStatus.ESME_ROK}


def test_a_status_nobody_knows_is_temporary_and_named_by_its_number():
    assert verdict_on(0x4FF) is Verdict.TEMPORARY
    assert describe_status(0x4FF) == "0x000004FF"
    assert describe_status(0x0B) == "ESME_RINVDSTADR (0x0000000B)"


@pytest.mark.parametrize("status", [CommandStatus.ESME_RTHROTTLED, CommandStatus.ESME_RMSGQFUL])
def test_throttling_answers_ask_for_patience(status):
    assert verdict_on(status) is Verdict.THROTTLED


def test_only_undelivered_states_carry_a_reason():
    assert all((reason is not None) == (state is OutboundState.UNDELIVERED) for state, reason in STATES.values())
    assert meaning_of("whatever", "") == (None, None)


@pytest.mark.parametrize(("text", "data_coding"), [("Hello", 0x10), ("Dziękuję", 0x18)])
def test_a_flash_text_has_message_class_0_in_either_alphabet(text, data_coding):
    (segment,) = SmppCarrier().to_submit(OutboundText(1, "4301", "48501222333", text, is_flash=True), 7)
    assert segment.data_coding == data_coding


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=2))])
def test_a_carrier_is_told_in_utc_until_when_a_text_is_worth_delivering(zone):
    until = datetime(2026, 11, 26, 20, 5, 9, tzinfo=UTC).astimezone(zone)
    (segment,) = SmppCarrier().to_submit(OutboundText(1, "4301", "48501222333", "Hello", valid_until=until), 7)
    assert segment.validity_period == "261126200509000+"
    assert submit("Hello")[0].validity_period == ""


@pytest.mark.parametrize("sender", ["4301", "Kwiaciarnia", "4" * 25])
def test_an_address_that_cannot_be_written_is_refused_before_anything_is_sent(sender):
    message = OutboundText(1, sender, "48501222333", "Hello")
    if len(sender) > 20:
        with pytest.raises(ValueError, match="source_addr"):
            SmppCarrier().to_submit(message, 7)
    else:
        assert SmppCarrier().to_submit(message, 7)


def test_a_receipt_says_which_phone_which_sender_and_which_text_it_is_about():
    text = b"id:a1 sub:001 dlvrd:001 submit date:2611221000 done date:2611221001 stat:DELIVRD err:000 text:Thank you"
    event = DeliverSm(
        1, source_addr_ton=1, source_addr="+48501222333", dest_addr_ton=5, destination_addr="Flowers", esm_class=4, short_message=text
    )
    receipt = SmppCarrier().to_inbound(event, 3, datetime(2026, 11, 26, tzinfo=UTC))
    assert (receipt.sender, receipt.recipient, receipt.text) == ("Flowers", "48501222333", "Thank you")
