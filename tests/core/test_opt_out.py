"""Reading opt-outs: what is one, what is asked about, what a person should see (product.md §4)."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from recado.core.opt_out import WORDS_READ, Reading, Verdict, read_opt_out, says_nothing
from recado.core.opt_out_phrases import FILLER_WORDS, GUESSED_FROM, TELLING, meant_by, phrase_at
from recado.core.opt_out_words import OPT_OUT
from recado.core.text import fold, tokenise
from recado.testing.opt_out_texts import STAYS, UNCLEAR, WANTS_OUT, keyword_length

OUT, IN, ASK, FLAG = Verdict.OPT_OUT, Verdict.OPT_IN, Verdict.ASK_BACK, Verdict.FLAG
GARDENER, HANDYMAN, PROMO = ("gardener",), ("zlota", "raczka"), ("promo",)
EVERY_TEXT = (*WANTS_OUT, *STAYS, *UNCLEAR)


def read(text: str) -> Reading | None:
    return read_opt_out(fold(tokenise(text)), keyword_length)


def verdict(text: str) -> Verdict | None:
    reading = read(text)
    return reading and reading.verdict


@pytest.mark.parametrize(
    ("text", "word", "keywords"),
    [
        ("STOP", "stop", ()),
        ("Stop. Thank you", "stop", ()),
        ("Dzień dobry, proszę mnie już wypisać, dziękuję!", "mnie juz wypisac", ()),
        ("stop 503340503", "stop", ()),
        ("stop 503-340-503 🙏🏽", "stop", ()),
        ("STOP GARDENER", "stop", (GARDENER,)),
        ("gardener stop", "stop", (GARDENER,)),
        ("stop złota rączka proszę", "stop", (HANDYMAN,)),
        ("stop promo gardener promo", "stop", (PROMO, GARDENER)),
        ("opt-out", "opt out", ()),
        ("S.T.O.P!", "s t o p", ()),
        ("'stop'", "stop", ()),
        ("‘unsubscribe’", "unsubscribe", ()),
        ("nie chcę już więcej smsów", "nie chce juz wiecej smsow", ()),
        ("do not text me", "do not text", ()),
        ("Stop, koniec", "stop", ()),
        ("Не пишіть мені більше", "не пишіть", ()),
        ("STOP?", "stop", ()),
        ("STOP" + "!" * 5000, "stop", ()),
    ],
)
def test_an_opt_out_is_the_word_with_nothing_but_courtesy_keywords_and_digits(text, word, keywords):
    assert read(text) == Reading(OUT, word, keywords)


@pytest.mark.parametrize("text", ["cancel 12/05", "Rezygnuję 14.05", "koniec?", "end gardener 5"])
def test_a_word_of_every_day_with_digits_or_as_a_question_is_asked_about(text):
    assert verdict(text) is ASK


@pytest.mark.parametrize(
    ("text", "expected"),
    [("START", IN), ("Start, please!", IN), ("wznów", IN), ("start gardener", IN), ("Start?", None), ("start roznosić ulotki", None)],
)
def test_an_opt_in_follows_the_same_rules_but_is_never_a_question(text, expected):
    assert verdict(text) is expected


def test_an_opt_in_names_its_keyword():
    assert read("start gardener") == Reading(IN, "start", (GARDENER,))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("SOTP", "stop"),
        ("stpo", "stop"),
        ("wypsz", "wypisz"),
        ("Sotp, dziękuję", "stop"),
        ("sotp gardener", "stop"),
        ("unsubscribr 🙏", "unsubscribe"),
        ("стпо", "стоп"),
    ],
)
def test_a_slip_is_asked_about(text, meant):
    reading = read(text)
    assert reading is not None
    assert (reading.verdict, reading.word) == (ASK, meant)


@pytest.mark.parametrize("text", ["shop", "step", "stok", "stół", "stos", "stopy", "sun", "quite", "and", "goniec", "Anmelden", "стол"])
def test_an_ordinary_word_near_an_opt_out_word_is_what_it_says(text):
    assert read(text) is None


@pytest.mark.parametrize("text", ["Stop przy Rynku 5?", "nie stop", "Nie przestawajcie, stop words to kurs", "stop start", "Stop, Anna"])
def test_an_opt_out_word_in_a_sentence_is_for_a_person(text):
    assert verdict(text) is FLAG


@pytest.mark.parametrize(("text", "expected"), [("stop 5?", FLAG), ("stop gardener?", FLAG), ("koniec promo?", None), ("promo end?", None)])
def test_a_question_about_a_keyword_or_a_number_is_no_order(text, expected):
    assert verdict(text) is expected


@pytest.mark.parametrize(
    "text", ["kiedy koniec promocji", "wypisz mi receptę", "weekend", "nonstop", "bus stop", "dont stop", "", "?!", "7"]
)
def test_everything_else_says_nothing(text):
    assert read(text) is None


def test_a_text_that_is_a_keyword_is_left_to_it():
    for own in [("stop", "smog"), ("sotp",), ("start",)]:
        assert read_opt_out(own, lambda tokens, own=own: len(own) if tuple(tokens) == own else 0) is None


def test_no_keyword_hides_an_opt_out():
    reading = read_opt_out(("please", "stop"), len)
    assert reading == Reading(OUT, "stop")


def test_courtesy_that_is_a_keyword_does_not_narrow_an_opt_out():
    reading = read_opt_out(("stop", "thanks"), lambda tokens: int(tokens[0] == "thanks"))
    assert reading == Reading(OUT, "stop")


def test_a_very_long_text_is_never_an_opt_out():
    assert verdict("stop " + "please " * (WORDS_READ - 1)) is OUT
    assert verdict("stop " + "please " * WORDS_READ) is FLAG


TYPED = st.text(st.one_of(st.characters(exclude_categories=("Cs",)), st.sampled_from("sStTopP ęŁ'?!5👍")), max_size=30)
SIGNS = st.text("!.,;:-_ 🙏👍…\n", max_size=4)


@given(TYPED)
def test_any_text_is_read_and_always_the_same_way(text):
    assert read(text) == read(text)


@given(st.lists(st.sampled_from([*sorted(TELLING), *sorted(FILLER_WORDS)[:30], "gardener", "zlota", "?", "5", "rose"]), max_size=12))
def test_any_mixture_of_words_is_read(words):
    reading = read_opt_out(words, keyword_length)
    assert reading is None or reading.word


@given(st.sampled_from(EVERY_TEXT), SIGNS, SIGNS, st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_letter_case_marks_and_signs_around_change_nothing(text, before, after, change):
    assert verdict(f"{before} {change(text)} {after}") is verdict(text)
    folded = " ".join(fold(tokenise(text)))
    assert read(folded) == read(text)


@given(st.sampled_from([text for text in WANTS_OUT if verdict(text) is OUT]), st.sampled_from(["", ".", "\n", " 😀 "]))
def test_spaces_and_signs_between_words_change_no_opt_out(text, between):
    words = [token for token in fold(tokenise(text)) if token.isalnum()]
    assume(not any("'" in token for token in tokenise(text)))  # part of a word
    assume(tuple(words[1:]) != HANDYMAN)  # a keyword of two words has nothing between them
    assert verdict(f" {between} ".join(words)) is OUT


OTHER_WORD = st.text("bcdfghijklmnqrvxz", min_size=1, max_size=9).filter(
    lambda word: word not in FILLER_WORDS and phrase_at([word], 0) is None and not keyword_length([word])
)


@given(st.sampled_from([text for text in WANTS_OUT if verdict(text) is OUT]), OTHER_WORD, st.booleans())
def test_one_word_more_that_is_no_courtesy_never_leaves_an_opt_out(text, word, is_first):
    assert verdict(f"{word} {text}" if is_first else f"{text} {word}") is not OUT


@given(st.sampled_from([word for words in OPT_OUT.values() for word in words if " " not in word and len(word) >= GUESSED_FROM]), st.data())
def test_a_letter_left_out_is_asked_about_or_means_something_else(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    slip = word[:at] + word[at + 1 :]
    assert verdict(slip) in ({ASK, OUT} if meant_by(slip) else {None, OUT})


def share(texts: tuple[str, ...], *verdicts: Verdict | None) -> float:
    return sum(verdict(text) in verdicts for text in texts) / len(texts)


def test_nobody_who_stays_is_opted_out_and_few_are_asked():
    assert [text for text in STAYS if verdict(text) is OUT] == []
    assert share(STAYS, ASK) <= 0.02


def test_few_who_want_out_are_missed():
    assert share(WANTS_OUT, OUT) >= 0.82
    assert share(WANTS_OUT, OUT, ASK, FLAG) >= 0.98
    assert share(WANTS_OUT, IN) == 0


def test_the_texts_are_many_and_judged_once():
    assert len(EVERY_TEXT) == len(set(EVERY_TEXT)) >= 260


PIECES = ["stop", "Stop.", "'stop'", "don't", "a_b", "please", "now", "5", "-", "x\x00stop", "\x1f", "\x7f", "red"]


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_a_text_that_says_nothing_at_once_is_read_as_nothing(words):
    text = " ".join(words)
    if says_nothing(text):
        assert read_opt_out(fold(tokenise(text)), lambda _words: 0) is None
