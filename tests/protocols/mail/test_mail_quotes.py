"""Of an answer only what its writer wrote goes on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mails import ANSWERS

from recado.protocols.mail.html_text import text_of
from recado.protocols.mail.quotes import own_words


@pytest.mark.parametrize("program", ANSWERS)
def test_the_own_words_are_what_stands_above_the_quote(program):
    own, _, rest = ANSWERS[program].partition("===\n" if "===\n" in ANSWERS[program] else "===")
    assert own_words(own + rest) == own.strip()


def test_what_is_written_below_and_between_quotes_is_kept():
    text = "On Thu, 26 Nov 2026 Jan wrote:\n> At five?\n\nYes.\n\n> Bring anything?\n\nA cake.\n"
    assert own_words(text) == "Yes.\n\nA cake."


def test_lines_that_a_program_broke_are_joined():
    wrapped = "Dear Jan, we are open tomorrow from ten in the morning until six in the\nevening, come whenever you like.\nAnna"
    assert own_words(wrapped) == wrapped.replace("the\nevening", "the evening")


@given(st.text())
def test_no_text_breaks_it_and_what_it_returns_stays(text):
    own_words(own_words(text))
    text_of(text)


@given(st.lists(st.text("abcdefgh ", min_size=1, max_size=30).map(str.strip).filter(bool), min_size=1, max_size=5))
def test_plain_lines_are_all_kept(lines):
    assert own_words("\n".join(lines)) == "\n".join(lines)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<div dir="ltr">Tak, <b>o 5</b>.</div><br><div class="gmail_quote"><div>czw. pisze:</div><br>x</div>', "Tak, o 5."),
        ('<div>Yes.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Jan</div><div>At five?</div>', "Yes."),
        ('<html><head><style>p {}</style></head><body>Yes.<br><br><blockquote type="cite">At five?</blockquote></body></html>', "Yes."),
        ("<p>One &amp; two</p>\r\n<p>Three\r\nfour</p><ul><li>a</li><li>b</li></ul>", "One & two\n\nThree four\n\na\nb"),
        ('<div>Tak.</div><div class="moz-cite-prefix">W dniu 1.1 pisze:<br></div><blockquote>x</blockquote>', "Tak."),
        ("<script>alert(1)</script>", ""),
    ],
)  # fmt: skip
def test_html_is_read_without_what_it_quotes(html, text):
    assert text_of(html) == text
