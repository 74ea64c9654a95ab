"""Addresses are read only where this installation made them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.protocols.mail.signed import AddressBook, BounceAddress, MmsAddress, ReplyAddress

BOOK = AddressBook("a secret", "Sms.Example.org")
REPLY = ReplyAddress(12, 4_611_686_018_427_387_000, date(2027, 2, 1))
IDS = st.integers(0, 2**63 - 1)


@given(IDS, IDS, st.dates(date(2026, 1, 1), date(2200, 1, 1)))
def test_an_address_reads_back_in_any_case_and_is_short_enough_for_every_server(account, dialogue, day):
    address = BOOK.reply(ReplyAddress(account, dialogue, day))
    assert BOOK.read(address) == BOOK.read(address.upper()) == ReplyAddress(account, dialogue, day)
    assert len(address.partition("@")[0]) <= 64


@given(IDS)
def test_a_bounce_address_reads_back(job):
    assert BOOK.read(BOOK.bounce(BounceAddress(job))) == BounceAddress(job)


@given(IDS, st.integers(1, 10**6), st.from_regex(r"([0-9]{3,15})?", fullmatch=True))
def test_an_address_for_mms_reads_back_with_its_number_and_answers_no_mail(connection, edition, number):
    address = BOOK.mms(MmsAddress(connection, edition, number))
    assert BOOK.read_mms(address) == BOOK.read_mms(address.upper()) == MmsAddress(connection, edition, number)
    assert BOOK.read(address) is None
    assert len(address.partition("@")[0]) <= 64


@pytest.mark.parametrize(
    "address",
    [
        BOOK.mms(MmsAddress(7, 1)).replace("@", "+@"), BOOK.mms(MmsAddress(7, 1)).replace("@", "+anna@"),
        BOOK.mms(MmsAddress(7, 1)).replace("@", "+1234567890123456@"), BOOK.reply(REPLY).replace("reply+", "mms+"), BOOK.reply(REPLY),
        AddressBook("another secret", "sms.example.org").mms(MmsAddress(7, 1)), "mms+@sms.example.org", "mms@sms.example.org",
    ],
)  # fmt: skip
def test_an_address_for_mms_that_we_did_not_make_is_nobody_s(address):
    assert BOOK.read_mms(address) is None


@given(st.integers(0, 200), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_changing_any_letter_makes_it_nobody_s(position, letter):
    address = BOOK.reply(REPLY)
    at = position % address.index("@")
    changed = address[:at] + letter + address[at + 1 :]
    assert BOOK.read(changed) == (REPLY if changed == address else None)


@pytest.mark.parametrize(
    "address",
    [
        "", "@", "reply+@sms.example.org", "reply@sms.example.org", "postmaster@sms.example.org", "reply+aaaa@sms.example.org",
        BOOK.reply(REPLY).replace("reply+", "bounce+"), BOOK.reply(REPLY).replace("@sms.", "@mms."), BOOK.reply(REPLY) + ".example.com",
        BOOK.reply(REPLY).replace("@", "a@"), "reply+" + "a" * 5000 + "@sms.example.org", "reply+ą@sms.example.org",
        AddressBook("another secret", "sms.example.org").reply(REPLY),
    ],
)  # fmt: skip
def test_a_forged_address_is_nobody_s(address):
    assert BOOK.read(address) is None


@given(st.text())
def test_no_address_breaks_it(address):
    assert BOOK.read(address) is None
    assert BOOK.read_mms(address) is None
