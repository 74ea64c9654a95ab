"""Cards that people send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.vcard import Card, read_card

OLD = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=BB=C3=B3=C5=82w;Ala;;;\r\n"
    b"TEL;CELL:+48 501 222 333\r\nORG:Kwiaciarnia;Sklep\r\nEMAIL;INTERNET:ala@example.com\r\nEND:VCARD\r\n"
)
NEW = (
    b"BEGIN:VCARD\nVERSION:3.0\nFN:Jan\\, Kowal\n ski\nitem1.TEL;TYPE=CELL:501222333\nTEL:501222333\nEND:VCARD\n"
    b"BEGIN:VCARD\nFN:Other\nEND:VCARD"
)


@pytest.mark.parametrize(
    ("content", "card"),
    [
        (OLD, Card("Ala Żółw", "Ala", "Żółw", "Kwiaciarnia", ("+48 501 222 333",), "ala@example.com")),
        (NEW, Card("Jan\\, Kowalski", "", "", "", ("501222333",), "")),
        (b"BEGIN:VCARD\nEND:VCARD", Card()),
        (b"no card", None),
        (b"", None),
    ],
)
def test_name_phones_and_mail_are_read(content, card):
    assert read_card(content) == card


@given(st.binary(max_size=300))
def test_nothing_breaks_the_reader(content):
    found = read_card(b"BEGIN:VCARD\nTEL;ENCODING=QUOTED-PRINTABLE;CHARSET=nope:" + content + b"\nEND:VCARD")
    assert found is None or all(len(phone) <= 32 for phone in found.phones)
