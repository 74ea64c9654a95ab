"""Polish words with and without marks meet, whichever of the two is the keyword; who typed the marks gets the exact one first."""

from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from recado.core.compiling import KeywordRow, NumberRow, RuleRow, compile_routes
from recado.core.number import NumberKind, NumberState
from recado.core.opt_out_words import RESERVED
from recado.core.ownership import find_owner
from recado.core.routes import MatchKind

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PHONE, SHARED, OWN = "48501222333", "4301", "48664200300"
WITHOUT_MARKS = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")
KNOWN = st.sampled_from(["łaska", "żółw", "ŹDŹBŁO", "gęślą", "jaźń", "Róża", "świętość", "Ćma", "kwiaty na święta", "zażółć"])
LETTERS = "aąbcćdeęfghijklłmnńoóprsśtuwyzźżAĄBCĆDEĘFGHIJKLŁMNŃOÓPRSŚTUWYZŹŻ"
WORDS = KNOWN | st.text(LETTERS, min_size=4, max_size=12)


def routes(*words: tuple[int, int, str], kind: MatchKind = MatchKind.EXACT, number: str = SHARED):
    """Compile keywords, each with account and id, and a rule of ten times the id."""
    is_shared = number == SHARED
    given = NumberRow(1, number, NumberKind.SHARED_SHORT if is_shared else NumberKind.INDIVIDUAL_LONG, NumberState.ASSIGNED, 1)
    keywords = [KeywordRow(key, 1, account, word, kind) for account, key, word in words]
    return compile_routes(1, [given], keywords, [RuleRow(10 * row.id, 1, row.account_id, row.id) for row in keywords], [])


def found(compiled, text: str, number: str = SHARED) -> tuple[int | None, list[int]]:
    match = find_owner(compiled, PHONE, number, text, NOW)
    return match.account_id, [rule.id for rule in match.rules]


def bare(word: str) -> str:
    return word.translate(WITHOUT_MARKS)


def is_ordinary(word: str) -> bool:
    return bare(word).lower() not in RESERVED


@given(WORDS)
def test_a_keyword_is_found_by_its_typing_without_marks_and_the_other_way_round(word):
    assume(is_ordinary(word))
    for keyword, typed in ((word, bare(word)), (bare(word), word), (word, word.upper()), (word.lower(), bare(word).upper())):
        assert found(routes((1, 1, keyword)), typed) == (1, [10])
        assert found(routes((1, 1, keyword)), f"{typed} i tyle")[0] == 1


@given(WORDS, st.booleans())
def test_the_exact_spelling_goes_first(word, marked_is_older):
    assume(is_ordinary(word) and bare(word) != word)
    first, second = (word, bare(word)) if marked_is_older else (bare(word), word)
    compiled = routes((1, 1, first), (2, 2, second))
    assert found(compiled, first) == (1, [10])
    assert found(compiled, second) == (2, [20])


@pytest.mark.parametrize("kind", MatchKind)
@given(word=WORDS)
def test_it_holds_for_every_kind_on_an_individual_number(kind, word):
    assume(is_ordinary(word))
    for keyword, typed in ((word, bare(word)), (bare(word), word)):
        assert found(routes((1, 1, keyword), kind=kind, number=OWN), typed, OWN)[1] == [10]
    if bare(word) != word:
        both = routes((1, 1, bare(word)), (1, 2, word), kind=kind, number=OWN)
        assert found(both, word, OWN)[1] == [20, 10]
        assert found(both, bare(word), OWN)[1] == [10, 20]
