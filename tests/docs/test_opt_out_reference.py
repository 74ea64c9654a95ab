"""The page about opting out says what the lists have and what is measured."""

import pytest
from pages import DOCS

from recado.core.opt_out import WORDS_READ, Verdict, read_opt_out
from recado.core.opt_out_words import HELP, OPT_IN, OPT_OUT
from recado.core.text import fold, tokenise
from recado.testing.opt_out_texts import STAYS, UNCLEAR, WANTS_OUT, keyword_length

PAGE = (DOCS / "reference/opt-out.md").read_text()


@pytest.mark.parametrize("language", OPT_OUT)
def test_each_language_has_its_words_on_the_page(language):
    row = next(line for line in PAGE.splitlines() if f"(`{language}`)" in line)
    words = [word for words in (OPT_OUT, OPT_IN, HELP) for word in words[language] if " " not in word]
    assert [word for word in words if f"`{word}`" not in row] == []
    assert f"| {sum(' ' in word for word in OPT_OUT[language])} |" in row


def test_each_reading_is_on_the_page():
    assert [verdict for verdict in Verdict if f"`{verdict}`" not in PAGE] == []
    assert f"{WORDS_READ} words are looked at" in PAGE


def count(texts: tuple[str, ...], verdict: Verdict | None) -> int:
    readings = [read_opt_out(fold(tokenise(text)), keyword_length) for text in texts]
    return sum((reading.verdict if reading else None) is verdict for reading in readings)


def test_the_rates_on_the_page_are_those_measured():
    assert f"on the {len(WANTS_OUT) + len(STAYS) + len(UNCLEAR)} texts" in PAGE
    stops = [["stop" in text.lower() for text in texts].count(True) for texts in (STAYS, WANTS_OUT)]
    assert f"| false opt-outs, of {len(STAYS)} who stay | {count(STAYS, Verdict.OPT_OUT)} | {stops[0]} |" in PAGE
    assert f"| opted out at once, of {len(WANTS_OUT)} who want out | {count(WANTS_OUT, Verdict.OPT_OUT)} | {stops[1]} |" in PAGE
    assert f"| asked back, of {len(WANTS_OUT)} | {count(WANTS_OUT, Verdict.ASK_BACK)} |" in PAGE
    assert f"| flagged for a person, of {len(WANTS_OUT)} | {count(WANTS_OUT, Verdict.FLAG)} |" in PAGE
    assert f"| missed, of {len(WANTS_OUT)} | {count(WANTS_OUT, None)} | {len(WANTS_OUT) - stops[1]} |" in PAGE
    assert f"| asked back for nothing, of {len(STAYS)} | {count(STAYS, Verdict.ASK_BACK)} |" in PAGE
    assert f"| flagged for nothing, of {len(STAYS)} | {count(STAYS, Verdict.FLAG)} |" in PAGE
