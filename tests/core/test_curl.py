"""A logged request as a command: whatever it says, the shell reads exactly that."""

import shlex

from hypothesis import given
from hypothesis import strategies as st

from recado.core.curl import as_curl

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00"), min_size=1)
URL = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1).map("https://shop.example/?".__add__)


def test_a_get_and_a_post():
    assert as_curl("GET https://a.example/?n=1&w=it's") == "curl --globoff --request GET --url 'https://a.example/?n=1&w=it'\"'\"'s'"
    posted = as_curl('POST https://a.example/\ncontent-type: application/json\n\n{"a": 1}')
    assert shlex.split(posted)[4:] == [
        "--header",
        "content-type: application/json",
        "--data-raw",
        '{"a": 1}',
        "--url",
        "https://a.example/",
    ]


def test_where_nothing_was_sent_there_is_no_command():
    assert as_curl("") == as_curl("connection 3".partition(" ")[0]) == ""


@given(URL, st.lists(TEXT.map(str.strip).filter(bool)), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00")))
def test_the_shell_reads_what_was_sent_and_nothing_else(url, values, body):
    headers = "".join(f"\nx-own: {value}" for value in values)
    words = shlex.split(as_curl(f"POST {url}{headers}\n\n{body}"))
    expected = ["curl", "--globoff", "--request", "POST", *[word for value in values for word in ("--header", f"x-own: {value}")]]
    assert words == expected + (["--data-raw", body] if body else []) + ["--url", url]
