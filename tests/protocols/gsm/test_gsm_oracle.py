"""Alphabet and segments against a foreign implementation, where that one is right."""

import smpplib.gsm
from hypothesis import given
from hypothesis import strategies as st

from recado.protocols.gsm import encode, segments, split
from recado.protocols.gsm.alphabet import GSM7_LETTERS

# The foreign table lacks § and the form feed.
LETTERS = sorted(GSM7_LETTERS - {"§", "\f"})


@given(st.text(st.sampled_from(LETTERS), max_size=200))
def test_gsm7_is_encoded_alike(text):
    assert encode(segments(text).encoding, text) == smpplib.gsm.gsm_encode(text)


@given(st.text(st.sampled_from([letter for letter in LETTERS if letter not in "^{}\\[~]|€"]), min_size=100, max_size=700))
def test_text_without_extension_letters_is_cut_alike(text):
    parts, data_coding, _ = smpplib.gsm.make_parts(text)
    ours = split(text, 0)
    assert data_coding == segments(text).data_coding
    assert [part[6:] for part in ours] == [part[6:] for part in parts] if len(parts) > 1 else ours == parts


@given(st.text(st.characters(min_codepoint=0x100, max_codepoint=0x17F), min_size=30, max_size=300))
def test_ucs2_without_surrogates_is_cut_alike(text):
    parts, data_coding, _ = smpplib.gsm.make_parts(text)
    ours = split(text, 0)
    assert data_coding == segments(text).data_coding == 8
    assert [part[6:] for part in ours] == [part[6:] for part in parts] if len(parts) > 1 else ours == parts
