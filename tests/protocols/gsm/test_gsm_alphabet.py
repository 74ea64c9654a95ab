"""Octets to text and back, for every data_coding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.protocols.gsm import Alphabet, decode, encode, is_gsm7
from recado.protocols.gsm.alphabet import GSM7_LETTERS, alphabet_of

# GSM 03.38 table, written column by column as the specification prints it (not row by row as the source does).
COLUMNS = [
    "@£$¥èéùìòÇ\nØø\rÅå",
    "Δ_ΦΓΛΩΠΨΣΘΞ?ÆæßÉ",
    " !\"#¤%&'()*+,-./",
    "0123456789:;<=>?",
    "¡ABCDEFGHIJKLMNO",
    "PQRSTUVWXYZÄÖÑÜ§",
    "¿abcdefghijklmno",
    "pqrstuvwxyzäöñüà",
]
BASIC = [(column << 4 | row, letter) for column, letters in enumerate(COLUMNS) for row, letter in enumerate(letters)]
EXTENSION = [
    (0x0A, "\f"),
    (0x14, "^"),
    (0x28, "{"),
    (0x29, "}"),
    (0x2F, "\\"),
    (0x3C, "["),
    (0x3D, "~"),
    (0x3E, "]"),
    (0x40, "|"),
    (0x65, "€"),
]


@pytest.mark.parametrize(("septet", "letter"), [pair for pair in BASIC if pair[0] != 0x1B])
def test_every_basic_septet_is_its_letter(septet, letter):
    assert decode(0, bytes([septet])) == (letter, Alphabet.GSM7)
    assert encode(Alphabet.GSM7, letter) == bytes([septet])


@pytest.mark.parametrize(("septet", "letter"), EXTENSION)
def test_every_extension_septet_is_its_letter(septet, letter):
    assert decode(0, b"a\x1b" + bytes([septet]) + b"b")[0] == f"a{letter}b"
    assert encode(Alphabet.GSM7, letter) == b"\x1b" + bytes([septet])


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        (b"", ""),
        (b"\x1bA", "A"),
        (b"\x1b\x00", "@"),
        (b"a\x1b", "a "),
        (b"\x1b\x1b", " "),
        (b"\x1b\x1be", " e"),
        (b"\x1b\x1b\x1be", " €"),
        (b"\xe9t\xe9", "été"),
        (b"\x80\x9f", "��"),
        (b"\xa0", "\xa0"),
        (b"\x1b\xe9", "é"),
    ],
)
def test_septets_with_no_meaning_are_replaced_as_documented(octets, text):
    assert decode(0, octets)[0] == text


@given(st.text(st.sampled_from(sorted(GSM7_LETTERS))))
def test_gsm7_text_reads_back_as_written(text):
    assert is_gsm7(text)
    assert decode(0, encode(Alphabet.GSM7, text)) == (text, Alphabet.GSM7)


@given(st.text())
def test_text_is_gsm7_exactly_when_it_can_be_encoded(text):
    if is_gsm7(text):
        encode(Alphabet.GSM7, text)
    else:
        with pytest.raises(UnicodeEncodeError):
            encode(Alphabet.GSM7, text)


@pytest.mark.parametrize("text", ["\x1b", "a\x1be", "€\x1b"])
def test_an_escape_is_no_letter(text):
    assert not is_gsm7(text)
    with pytest.raises(UnicodeEncodeError):
        encode(Alphabet.GSM7, text)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff\ufffe")))
def test_ucs2_text_reads_back_as_written(text):
    assert decode(8, encode(Alphabet.UCS2, text)) == (text, Alphabet.UCS2)


@given(st.integers(-1, 300), st.binary(max_size=60))
def test_no_octets_under_any_data_coding_fail_or_hold_what_a_database_refuses(data_coding, octets):
    text, _ = decode(data_coding, octets)
    assert "\0" not in text
    text.encode()  # no lone surrogates


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        ("Zażółć 😀".encode("utf-16-be"), "Zażółć 😀"),
        (b"\x00A\x01", "A�"),
        (b"\xd8\x3d", "�"),
        (b"\xd8\x3d\x00A", "�A"),
        (b"\xde\x00\x00A", "�A"),
        (b"\xfe\xff\x00A", "A"),
        (b"\xff\xfeA\x00", "A"),
        (b"\x00\x00\x00A", "�A"),
        (b"", ""),
    ],
)
def test_ucs2_with_faults_keeps_what_can_be_read(octets, text):
    assert decode(8, octets) == (text, Alphabet.UCS2)


@pytest.mark.parametrize(
    ("data_coding", "octets", "text"),
    [
        (1, b"plain @ $", "plain @ $"),
        (1, b"\xe9t\xe9", "été"),
        (3, b"\xe9t\xe9 @ \x00", "été @ �"),
        (5, "日本".encode("shift_jis"), "日本"),
        (6, "Привет".encode("iso8859_5"), "Привет"),
        (7, "שלום".encode("iso8859_8"), "שלום"),
        (10, "日本".encode("iso2022_jp"), "日本"),
        (13, b"hello", "hello"),
        (13, b"\x1b$(D\x80\xe9", "\x1b$(D\x80é"),
        (14, "한국".encode("euc_kr"), "한국"),
    ],
)
def test_eight_bit_text_is_read_by_the_set_data_coding_names(data_coding, octets, text):
    assert decode(data_coding, octets) == (text, Alphabet.LATIN1)


@pytest.mark.parametrize("data_coding", [2, 4, 9, 0x14, 0x15, 0x20, 0x38, 0x54, 0x60, 0xF4, 0xF5, 0xF7])
def test_binary_content_has_no_text(data_coding):
    assert decode(data_coding, b"hello") == ("", Alphabet.BINARY)


@pytest.mark.parametrize(
    ("codings", "alphabet"),
    [
        ([0, 11, 12, 15, *range(0x10, 0x14), 0x1C, *range(0x40, 0x44), *range(0x80, 0xE0), *range(0xF0, 0xF4)], Alphabet.GSM7),
        ([8, *range(0x18, 0x1C), *range(0x58, 0x5C), *range(0xE0, 0xF0)], Alphabet.UCS2),
        ([2, 4, 9, *range(0x14, 0x18), *range(0x20, 0x40), *range(0x60, 0x80), *range(0xF4, 0xF8), *range(0xFC, 0x100)], Alphabet.BINARY),
        ([1, 3, 5, 6, 7, 10, 13, 14], Alphabet.LATIN1),
    ],
)
def test_data_coding_groups_name_their_alphabet(codings, alphabet):
    assert {alphabet_of(coding) for coding in codings} == {alphabet}


def test_other_alphabets_are_encoded_too_and_binary_is_not():
    assert encode(Alphabet.LATIN1, "é") == b"\xe9"
    with pytest.raises(ValueError, match="octets already"):
        encode(Alphabet.BINARY, "x")
