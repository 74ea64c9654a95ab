import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.apps.keywords.words import alternatives, is_reserved, looks_like, mixes_scripts, near_forms, skeleton


@pytest.mark.parametrize(
    ("word", "other", "expected"),
    [
        ("gardener", "gardner", True),
        ("gardener", "gardenerr", True),
        ("gardener", "garbener", True),
        ("gardener", "gadrener", True),
        ("gardener", "9ardener", True),
        ("gardener", "gardener", False),
        ("gardener", "gardener2", False),
        ("gardener2", "gardener3", False),
        ("gardener", "gardeners2", False),
        ("gardener", "grdneer", False),
        ("rose", "rosa", False),
        ("rose", "roses", False),
        ("roses", "rosess", True),
    ],
)
def test_words_one_slip_apart_look_alike(word, other, expected):
    assert looks_like(word, other) is expected
    assert looks_like(other, word) is expected


@given(st.text("abcd", min_size=5, max_size=8), st.data())
def test_leaving_out_any_letter_is_one_slip(word, data):
    position = data.draw(st.integers(0, len(word) - 1))
    shorter = word[:position] + word[position + 1 :]
    assert looks_like(word, shorter) is (len(shorter) >= 5)


@given(st.text("abcxyz", min_size=5, max_size=9), st.text("abcxyz", min_size=5, max_size=9))
def test_looking_alike_goes_both_ways(word, other):
    assert looks_like(word, other) == looks_like(other, word)


@given(st.text("abоа01x", min_size=1, max_size=7), st.text("abоа01x", min_size=1, max_size=7))
def test_look_alikes_have_a_near_form_in_common(word, other):
    if looks_like(word, other) or skeleton(word) == skeleton(other):
        assert near_forms(word) & near_forms(other)


@pytest.mark.parametrize(
    ("folded", "is_shared", "expected"),
    [
        (("stop",), False, True),
        (("pomoc",), True, True),
        (("стоп",), False, True),
        (("wznow",), False, True),
        (("opt", "out"), False, True),
        (("koniec", "lata"), True, False),
        (("tak",), True, True),
        (("tak",), False, False),
        (("a",), True, True),
        (("7",), True, True),
        (("a",), False, False),
        (("gardener",), True, False),
        (("stop", "gardener"), True, False),
    ],
)
def test_words_kept_from_everybody(folded, is_shared, expected):
    assert is_reserved(folded, is_shared=is_shared) is expected


@pytest.mark.parametrize(
    ("word", "expected"), [("GARDENER", False), ("GАRDENER", True), ("OGRÓDEK2", False), ("САД", False), ("ΑBC", True)]
)
def test_letters_of_two_scripts_are_noticed(word, expected):
    assert mixes_scripts(word) is expected


def test_alternatives_use_the_name_of_the_business():
    assert alternatives("OGRODNIK", "Kwiaciarnia Róża")[:2] == ["OGRODNIK2", "OGRODNIKRÓŻA"]
    assert alternatives("ROSE", "A & B")[0] == "ROSE2"
