"""The lists of opt-out words agree with each other and with how texts are folded."""

import pytest

from recado.core.opt_out_words import EVERYDAY, FILLER, HELP, INNOCENT, NOT_GUESSED, NOT_MEANT, OPT_IN, OPT_OUT, RESERVED
from recado.core.text import fold, tokenise

LISTS = {"OPT_OUT": OPT_OUT, "OPT_IN": OPT_IN, "HELP": HELP, "FILLER": FILLER, "INNOCENT": INNOCENT}
ENTRIES = {name: [entry for words in by_language.values() for entry in words] for name, by_language in LISTS.items()}


@pytest.mark.parametrize("name", LISTS)
def test_entries_are_written_as_texts_are_folded(name):
    assert [entry for entry in ENTRIES[name] if " ".join(fold(tokenise(entry))) != entry] == []


def test_no_entry_says_two_things():
    for name, entries in ENTRIES.items():
        others = [entry for other in ENTRIES if other != name for entry in ENTRIES[other]]
        assert set(entries).isdisjoint(others), name


def test_every_language_can_opt_out_and_in_and_ask_for_help():
    assert set(OPT_OUT) == set(OPT_IN) == set(HELP) == {"en", "pl", "de", "uk", "fr", "es", "cs"}


def test_exceptions_are_exceptions_from_something():
    assert set(ENTRIES["OPT_OUT"]) >= EVERYDAY | NOT_GUESSED
    assert RESERVED.isdisjoint(NOT_MEANT)


def test_no_filler_denies():
    negations = {"nie", "no", "not", "don't", "dont", "nicht", "kein", "keine", "не", "ne", "pas", "never", "nigdy"}
    assert [entry for entry in ENTRIES["FILLER"] if negations & set(entry.split())] == ["no thanks", "no thank you", "nie dziekuje"]


def test_what_ends_begins_or_explains_messages_is_reserved():
    assert {"stop", "wypisz", "opt out", "start", "wznow", "help", "pomoc"} <= RESERVED
    assert {"info", "tak", "rabat", "gardener"}.isdisjoint(RESERVED)
