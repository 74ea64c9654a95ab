"""The conflict checker and the matcher agree: on every pair of keywords over a small alphabet, and about who wins."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from recado.core.compiling import KeywordRow, NumberRow, RuleRow
from recado.core.condition import Condition, Occasion
from recado.core.conflicts import Neighbours, moment_of_both, shadowed, verdicts
from recado.core.draft import Rows
from recado.core.meeting import meeting_of
from recado.core.number import NumberKind, NumberState
from recado.core.ownership import find_owner
from recado.core.routes import MatchKind, Rule
from recado.core.text import tokenise

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
NUMBER = NumberRow(1, "48664200300", NumberKind.INDIVIDUAL_LONG, NumberState.ASSIGNED, 1)
ALPHABET = ("a", "b", "l", "ł")
"""Three words, one of them also with a mark."""
KINDS = [(kind, False) for kind in MatchKind] + [(MatchKind.EXACT, True)]
LONGEST_KEYWORD, LONGEST_TEXT = 3, 5


def sequences(longest: int) -> list[str]:
    return [" ".join(tokens) for length in range(1, longest + 1) for tokens in product(ALPHABET, repeat=length)]


def rows_of(*keywords: KeywordRow, **fields) -> Rows:
    return Rows(NUMBER, keywords, tuple(RuleRow(row.id, 1, 1, row.id, **fields.get(f"rule_{row.id}", {})) for row in keywords))


def keyword(key: int, word: str, kind: MatchKind = MatchKind.EXACT, *synonyms: str, follows: bool = False, **fields) -> KeywordRow:
    return KeywordRow(key, 1, 1, word, kind, follows, synonyms=synonyms, **fields)


class Matcher:
    """The production matcher, asked which of all keywords a text is matched by."""

    def __init__(self, keywords: list[KeywordRow]) -> None:
        self.routes = rows_of(*keywords).compiled()
        self.known: dict[str, frozenset[int]] = {}

    def __call__(self, text: str) -> frozenset[int]:
        if text not in self.known:
            rules = find_owner(self.routes, "48604218377", NUMBER.digits, text, NOW).rules
            self.known[text] = frozenset(rule.keyword_id or 0 for rule in rules)
        return self.known[text]


def test_checker_and_matcher_agree_on_every_pair_of_a_small_alphabet():
    words = sequences(LONGEST_KEYWORD)
    keywords = [keyword(key, word, kind, follows=follows) for key, (word, (kind, follows)) in enumerate(product(words, KINDS), 1)]
    matched_by = Matcher(keywords)
    texts = sequences(LONGEST_TEXT)
    masks = {row.id: 0 for row in keywords}
    shorter = [(1 << sum(len(ALPHABET) ** step for step in range(1, length + 1))) - 1 for length in range(LONGEST_TEXT + 1)]
    for position, text in enumerate(texts):
        for key in matched_by(text):
            masks[key] |= 1 << position
    wrong = []
    for at, one in enumerate(keywords):
        for other in keywords[at:]:
            both, meeting = masks[one.id] & masks[other.id], meeting_of(one, other)
            if meeting is None:
                wrong += [(one, other, "missed")] if both else []
                continue
            first = meeting.texts[0]
            length = len(first.split())
            if any(not {one.id, other.id} <= matched_by(text) for text in meeting.texts):
                wrong.append((one, other, meeting.texts))
            if both & shorter[min(length - 1, LONGEST_TEXT)] or (length <= LONGEST_TEXT and not both):
                wrong.append((one, other, f"{first} is not the shortest"))
    assert wrong == []


def test_the_index_finds_what_comparing_all_pairs_finds():
    keywords = [keyword(key, word, kind) for key, (word, kind) in enumerate(product(sequences(2), MatchKind), 1)]
    index = Neighbours(keywords)
    for one in keywords:
        found = {other.id: meeting_of(one, other) for other in keywords if other is not one}
        near = {key for key, meeting in found.items() if meeting and meeting.is_contained}
        assert {other.id for other, _ in index.near(one)} == near
        assert {other.id for other in index.meeting(one)} == {key for key, meeting in found.items() if meeting} - near


@pytest.mark.parametrize(
    ("first", "second", "texts", "is_contained"),
    [
        (keyword(1, "Rose"), keyword(2, "ROSE", MatchKind.REMOVING), ("Rose",), True),
        (keyword(1, "Łaska"), keyword(2, "Laska"), ("Łaska", "Laska"), True),
        (keyword(1, "Rose"), keyword(2, "Rose red"), None, None),
        (keyword(1, "Rose", MatchKind.BASE), keyword(2, "Rose red"), ("Rose red",), True),
        (keyword(1, "Rose", MatchKind.BASE), keyword(2, "red shoes", MatchKind.PHRASE), ("Rose red shoes",), False),
        (keyword(1, "Buy red", MatchKind.PHRASE), keyword(2, "red shoes", MatchKind.PHRASE), ("Buy red shoes",), False),
        (keyword(1, "Buy shoes"), keyword(2, "shoes", MatchKind.PHRASE), ("Buy shoes",), True),
        (keyword(1, "Tulip", MatchKind.EXACT, "Rose"), keyword(2, "ROSE"), ("Rose",), True),
        (keyword(1, "C&A-Shop"), keyword(2, "shop", MatchKind.PHRASE), ("C&A-Shop",), True),
    ],
)
def test_the_example_is_the_shortest_text_of_both(first, second, texts, is_contained):
    meeting = meeting_of(first, second)
    assert (meeting and meeting.texts, meeting and meeting.is_contained) == (texts, is_contained)


def test_each_of_two_spellings_wins_where_it_is_written():
    marked, bare = keyword(1, "Łaska"), keyword(2, "Laska")
    found = verdicts(rows_of(marked, bare), (marked, bare), ("Łaska", "Laska"), NOW)
    assert [(one.text, one.winner_id, one.otherwise_id) for one in found] == [("Łaska", 1, None), ("Laska", 2, None)]


def test_a_winner_with_conditions_leaves_the_rest_to_the_other():
    base, phrase = keyword(1, "Rose", MatchKind.BASE), keyword(2, "red", MatchKind.PHRASE)
    conditions = {"rule_1": {"condition": Condition(occasion=Occasion.FIRST)}}
    (found,) = verdicts(rows_of(base, phrase, **conditions), (base, phrase), ("Rose red",), NOW)
    assert (found.winner_id, found.otherwise_id) == (1, 2)


def test_keywords_that_never_hold_at_once_do_not_fight():
    june, july = keyword(1, "Rose", ends_at=NOW), keyword(2, "Rose", MatchKind.BASE, starts_at=NOW)
    assert moment_of_both(june, july, NOW - DAY) is None
    assert moment_of_both(keyword(1, "Rose", ends_at=NOW + DAY), july, NOW - DAY) == NOW
    assert moment_of_both(keyword(1, "Rose"), keyword(2, "Rose"), NOW) == NOW


FIRST = Condition(occasion=Occasion.FIRST)


@pytest.mark.parametrize(
    ("rules", "never"),
    [
        ([{}, {}], [(2, 1)]),
        ([{}, {"priority": 1}], [(1, 2)]),
        ([{}, {"condition": FIRST}], []),
        ([{"condition": FIRST}, {"condition": FIRST}], [(2, 1)]),
        ([{"ends_at": NOW}, {}], []),
        ([{"ends_at": NOW}, {"ends_at": NOW - DAY}], [(2, 1)]),
        ([{"starts_at": NOW}, {"starts_at": NOW - DAY}], []),
        ([{}, {"starts_at": NOW, "ends_at": NOW + DAY}], [(2, 1)]),
        ([{}, {}, {}], [(2, 1), (3, 1)]),
    ],
)
def test_a_rule_behind_one_that_always_acts_is_named(rules, never):
    made = [Rule(key, 1, (), 1, "Rose", **fields) for key, fields in enumerate(rules, 1)]
    assert [(late.id, early.id) for late, early in shadowed(made)] == never


@pytest.mark.parametrize("text", ["Róża", "C&A", "½ off", "it’s", "a…b"])
def test_pieces_of_a_keyword_are_its_tokens(text):
    meeting = meeting_of(keyword(1, text, MatchKind.PHRASE), keyword(2, "zzz", MatchKind.PHRASE))
    assert meeting is not None
    assert set(tokenise(meeting.texts[0])) == {*tokenise(text), "zzz"}
