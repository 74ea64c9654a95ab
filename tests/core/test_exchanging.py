"""Exchanging one keyword of a compiled number gives what compiling all of them anew gives."""

from hypothesis import given
from hypothesis import strategies as st

from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes, with_keyword
from recado.core.number import NumberKind, NumberState
from recado.core.phrase import phrases_of
from recado.core.routes import MatchKind, NumberRoutes

WORDS = st.lists(st.sampled_from(["red", "shoes", "łaska", "laska"]), min_size=1, max_size=3).map(" ".join)


@st.composite
def keywords(draw, key: int) -> KeywordRow:
    kind, synonyms = draw(st.sampled_from(MatchKind)), tuple(draw(st.lists(WORDS, max_size=2)))
    return KeywordRow(key, 1, draw(st.integers(1, 2)), draw(WORDS), kind, synonyms=synonyms)


@st.composite
def histories(draw) -> list[KeywordRow | int]:
    """Draw changes: a keyword as it is now, or the id of one that is gone."""
    return [draw(st.one_of(keywords(key), st.just(key))) for key in draw(st.lists(st.integers(1, 4), max_size=8))]


def rows_of(row: KeywordRow) -> tuple[list[RuleRow], list[ActionRow]]:
    return [RuleRow(10 + row.id, 1, row.account_id, row.id)], [ActionRow(10 + row.id, "send_reply", text=row.word)]


def facts(routes: NumberRoutes) -> tuple:
    phrases = sorted(phrases_of(routes.phrases), key=lambda one: (one.keyword_id, one.tokens))
    places = {key: sorted(words) for key, words in routes.spelled.items()}
    return dict(routes.by_folded), routes.longest_keyword, phrases, routes.account_ids, places


@given(st.sampled_from([NumberKind.SHARED_LONG, NumberKind.INDIVIDUAL_LONG, NumberKind.ECO]), histories())
def test_one_after_the_other_is_all_at_once(kind, history):
    number = NumberRow(1, "4301", kind, NumberState.ASSIGNED, 1)
    routes = compile_routes(1, [number], [], [], []).numbers["4301"]
    now: dict[int, KeywordRow] = {}
    for change in history:
        key = change if isinstance(change, int) else change.id
        now.pop(key, None)
        if isinstance(change, KeywordRow):
            now[key] = change
        routes = with_keyword(routes, key, now.get(key), *(rows_of(now[key]) if key in now else ([], [])), {})
    every = [rows_of(row) for row in now.values()]
    rules, actions = [rule for some, _ in every for rule in some], [one for _, some in every for one in some]
    assert facts(routes) == facts(compile_routes(1, [number], now.values(), rules, actions).numbers["4301"])
