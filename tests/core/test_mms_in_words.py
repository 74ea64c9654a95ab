"""An MMS told as a plain text."""

import pytest

from recado.core.mms_in_words import as_plain_text, in_words
from recado.protocols.gsm import segments


@pytest.mark.parametrize(
    ("subject", "text", "types", "language", "line"),
    [
        ("", "", ["image/jpeg", "image/png"], "en", "[2 pictures]"),
        ("Holi\nday", " Hi ", ["video/mp4"], "pl", "[1 film] Holi day: Hi"),
        ("", "Hi", [], "en", "Hi"),
        ("Subject", "", ["application/pdf", "audio/amr"], "de", "[1 sound, 1 file] Subject"),
        ("", "", [], "pl", ""),
    ],
)
def test_what_it_has_is_said_and_nothing_else(subject, text, types, language, line):
    assert as_plain_text(subject, text, types, language) == line


@pytest.mark.parametrize(("count", "words"), [(1, "1 plik"), (2, "2 pliki"), (5, "5 plikow"), (12, "12 plikow"), (22, "22 pliki")])
def test_polish_forms_follow_the_number(count, words):
    assert in_words(["application/pdf"] * count, "pl-pl") == words


def test_the_words_make_no_text_longer_than_it_must_be():
    types = ["image/jpeg", "audio/amr", "video/mp4", "text/vcard", "application/pdf"]
    assert all(
        segments(as_plain_text("", "x" * 70, types * count, language)).count == 1 for count in (1, 2, 5) for language in ("en", "pl")
    )
