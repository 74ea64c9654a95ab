"""What a message says when it is handed on to a phone, and when it would go round in circles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.phone_forward import CUT, MOST_SEGMENTS, forwarded_text, readable
from recado.core.phone_loop import loops, quoted_senders
from recado.protocols.gsm import segments

PHONES = st.one_of(st.from_regex(r"48[1-9][0-9]{8}", fullmatch=True), st.from_regex(r"49[1-9][0-9]{8,11}", fullmatch=True))
TEXTS = st.text(max_size=2500)


def count(text: str) -> int:
    return segments(text).count


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("48501222333", "501 222 333"),
        ("4915112345678", "+4915112345678"),
        ("485012223334", "+485012223334"),
        ("4301", "4301"),
        ("MyBank", "MyBank"),
    ],
)
def test_senders_are_written_as_people_read_them(address, shown):
    assert readable(address) == shown
    assert quoted_senders(f"{shown}: Hi")[-1:] == (address,)


def test_the_text_follows_the_sender():
    assert forwarded_text("48501222333", " Zażółć ", count) == "501 222 333: Zażółć"


@given(PHONES, TEXTS)
def test_a_text_is_whole_or_cut_with_a_mark_and_never_too_long(sender, text):
    written = forwarded_text(sender, text, count)
    whole = f"{readable(sender)}: {text.strip()}"
    assert count(written) <= MOST_SEGMENTS
    assert written == whole or (written.endswith(CUT) and whole.startswith(written.removesuffix(CUT)))


@given(PHONES, PHONES, PHONES, TEXTS, TEXTS)
def test_what_was_handed_on_is_recognised_however_it_comes_back(sender, target, other, text, added):
    written = forwarded_text(sender, text, count)
    assert sender in quoted_senders(written)
    assert loops(target, other, f"{added} {written.upper()}", {target}, []) == "phone_own_number"
    if target != other:
        assert loops(target, other, f"{added} {written}\n", set(), [written]) == "phone_echo"


@pytest.mark.parametrize(
    ("target", "sender", "text", "own", "handed_on", "refusal"),
    [
        ("48600700800", "48501222333", "Hello", set(), [], None),
        ("48600700800", "48600700800", "Hello", set(), [], "phone_same_phone"),
        ("48600700800", "48501222333", "Hello", {"48600700800"}, [], "phone_own_number"),
        ("48600700800", "48501222333", "501 222 333: Hello", set(), ["501 222 333: Hello"], "phone_echo"),
        ("48600700800", "48501222333", "FWD: 501 222 333:  hello  ", set(), ["501 222 333: Hello"], "phone_echo"),
        ("48600700800", "48501222333", "Call 501 222 333: today", set(), ["501 222 333: Hello"], None),
    ],
)
def test_a_circle_is_recognised(target, sender, text, own, handed_on, refusal):
    assert loops(target, sender, text, own, handed_on) == refusal
