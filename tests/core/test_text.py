"""Tokens and normal forms: what people type finds the keyword that was meant (product.md §2)."""

import sys
from unicodedata import category, normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recado.core import text as module
from recado.core.text import exact_form, fold, folded_form, leading_tokens, tokenise

TYPED = st.text(
    st.one_of(st.characters(exclude_categories=("Cs",)), st.sampled_from("aŁłßİı é\u0301\u200b\ufe0f'’.!5½…ﷺ👍🏽\x00")), max_size=25
)


@pytest.mark.parametrize(
    ("typed", "tokens"),
    [
        ("Gardener", ("gardener",)),
        (" GARDENER\t2 pcs\r\n", ("gardener", "2", "pcs")),
        ("a_b don't", ("a_b", "don't")),
        ("don’t ‘x’", ("don't", "'x'")),
        ("stop!now", ("stop", "!", "now")),
        ("...", (".", ".", ".")),
        ("a…b", ("a", ".", ".", ".", "b")),
        ("Ｇａｒｄｅｎｅｒ", ("gardener",)),
        ("ﬁnal ㎏ Ⅷ", ("final", "kg", "viii")),
        ("½", ("1", "⁄", "2")),
        ("Łaska ŻÓŁW", ("łaska", "żółw")),
        ("cafe\u0301", ("café",)),
        ("STRASSE Straße", ("strasse", "strasse")),
        ("ПРИВЕТ", ("привет",)),
        ("नमस्ते", ("नमस्ते",)),
        ("❤️5", ("❤", "5")),
        ("👍👍🏽", ("👍", "👍", "🏽")),
        ("=\u0338", ("≠",)),
        # Zero-width characters and odd spaces are harmless.
        ("\ufeffGAR\u200bDE\u00adNER\u200d", ("gardener",)),
        ("red\u00a0shoes\u3000now\u2028!", ("red", "shoes", "now", "!")),
        ("\u200b \u2060", ()),
        ("a\x00b\x1bc", ("a", "b", "c")),
        ("ż\x00b\x85c", ("ż", "b", "c")),
        ("", ()),
    ],
)
def test_a_text_falls_into_tokens(typed, tokens):
    assert tokenise(typed) == tokens


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("łaska", "laska"),
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc gesla jazn"),
        ("Ærø smørrebrød Đorđe", "aero smorrebrod dorde"),
        ("İstanbul ısı", "istanbul isi"),
        ("straße", "strasse"),
        ("Þórr Œuvre ħŧŋ", "thorr oeuvre htn"),
        ("Ἀθῆναι", "αθηναι"),
        ("\u0308", "\u0308"),
        ("gardener", "gardener"),
    ],
)
def test_folding_takes_marks_off_and_writes_odd_letters_plainly(typed, folded):
    assert folded_form(typed) == folded


def test_the_two_forms_tell_spellings_apart():
    assert exact_form("ŁASKA") != exact_form("laska")
    assert folded_form("ŁASKA") == folded_form("laska")


@pytest.mark.parametrize(
    ("typed", "limit", "ends"),
    [("  Red  Shoes, 2", 2, [5, 12]), ("  Żółty  But, 2", 2, [7, 12]), ("a…b", 2, [1, 2, 2, 2]), ("Red", 5, [3]), ("Re\u200bd x", 1, [4])],
)
def test_ends_point_behind_each_token_of_the_text_as_typed(typed, limit, ends):
    assert leading_tokens(typed, limit)[1] == ends


@given(TYPED)
@settings(max_examples=300)
def test_tokens_are_their_own_normal_form(typed):
    tokens = tokenise(typed)
    assert tokenise(" ".join(tokens)) == tokens
    folded = fold(tokens)
    assert len(folded) == len(tokens)
    assert all(folded)


@given(TYPED)
@settings(max_examples=200)
def test_composed_and_decomposed_spellings_are_the_same(typed):
    assert tokenise(normalize("NFD", typed)) == tokenise(normalize("NFC", typed))


@given(TYPED, st.integers(1, 6))
@settings(max_examples=200)
def test_a_limit_gives_the_beginning_of_all_tokens(typed, limit):
    tokens, ends = leading_tokens(typed, limit)
    all_tokens, all_ends = leading_tokens(typed)
    assert (tokens, ends) == (all_tokens[: len(tokens)], all_ends[: len(tokens)])
    assert len(tokens) >= min(limit, len(all_tokens))
    assert ends == sorted(ends)


@given(st.text(st.characters(max_codepoint=127), max_size=40))
@settings(max_examples=200)
def test_the_short_way_for_ascii_agrees_with_the_general_one(typed):
    tokens, ends = leading_tokens(typed)
    assert leading_tokens(f"{typed} ż") == ([*tokens, "ż"], [*ends, len(typed) + 2])


def test_the_stretches_scanned_hold_every_mark_and_format_character():
    scanned = set(module._SCANNED)
    missed = [point for point in range(sys.maxunicode + 1) if point not in scanned and category(chr(point)) in {"Mn", "Mc", "Me", "Cf"}]
    assert missed == []


@given(
    st.one_of(
        TYPED,
        st.text(st.characters(max_codepoint=0x52F, exclude_categories=("Cs",)), max_size=40),
        st.text("ŁódźİıßЖ „”…–'’\u00ad\u0301 x5!"),
    )
)
def test_tokens_are_the_same_with_and_without_their_offsets_whichever_pattern_finds_them(typed):
    long_way = [token for raw in module._TOKEN.findall(typed) for token in module._normalise(raw)]
    assert module.all_tokens(typed) == leading_tokens(typed)[0] == long_way


def test_the_plain_pattern_knows_no_sign_that_is_a_mark_or_invisible_or_a_curly_apostrophe():
    plain = [chr(point) for point in range(sys.maxunicode) if module._PLAIN.match(chr(point))]
    assert len(plain) > 900
    assert not [sign for sign in plain if category(sign)[0] == "M" or module._INVISIBLES.match(sign) or sign in "‘’"]
    assert not [sign for sign in plain if len(module._normalise(sign)) > 1]
