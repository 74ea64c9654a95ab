"""HTML is cut into tags and texts without losing words, whatever it is, and soon."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.protocols.mail.html_tags import Tag, tokens
from recado.protocols.mail.html_text import text_of

LENGTH = 200_000


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a<b>c</B>d", ["a", Tag("b"), "c", Tag("b", is_end=True), "d"]),
        ("<br/>", [Tag("br", is_closed=True)]),
        ("<a title='1 > 0' HREF=x&amp;y>", [Tag("a", attributes={"title": "1 > 0", "href": "x&y"})]),
        ("I <3 you & 1 < 2", ["I ", "<", "3 you & 1 ", "<", " 2"]),
        ("a<!-- <b> -->c<!-->d<!doctype x>e<?f?>", ["a", "c", "d", "e"]),
        ("<script>if (a<b) '</p>'</SCRIPT >c", [Tag("script"), Tag("script", is_end=True), "c"]),
        ("a<b c", ["a", "<b c"]),
        ("a<!-- b", ["a", "<!-- b"]),
        ('<a b="c>d', [Tag("a"), "d"]),
    ],
)
def test_tags_and_texts_in_order(source, expected):
    assert list(tokens(source)) == expected


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "</", '<a b="', "<a b ", "<script>", "<![x[", "<?", "<p>", "<a 'x' ", "&#"])
def test_hostile_mails_do_not_take_long(piece):
    text_of((piece * LENGTH)[:LENGTH])


@given(st.text(alphabet="ab<>!-/?[]\"'= &;#x"))
def test_nothing_breaks_it_and_what_is_no_markup_is_text(source):
    found = list(tokens(source))
    if "<" not in source and "&" not in source:
        assert "".join(map(str, found)) == source


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<html><head><title>t</title><body>words", "words"),
        ("<p>own</p><blockquote>theirs</blockquote>", "own\n\ntheirs"),
        ('<div id="appendonsend">x</div><div class="gmail_quote">y</div>', "x\ny"),
    ],
)
def test_quotes_are_kept_where_they_are_wanted(source, text):
    assert text_of(source, keeps_quotes=True) == text
