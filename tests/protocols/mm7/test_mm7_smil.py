"""SMIL: slides as phones write them, and what we write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.protocols.mm7.smil import SmilSlide, Source, duration, read_smil, write_smil


@pytest.mark.parametrize(
    ("value", "milliseconds"),
    [
        ("5s", 5000),
        ("5000ms", 5000),
        ("5", 5000),
        ("0.5s", 500),
        ("1min", 60000),
        ("01:02", 62000),
        ("1:00:00.5", 3600500),
        ("indefinite", 0),
        ("", 0),
        ("-1s", 0),
        ("9" * 30, 0),
    ],
)
def test_durations_are_read(value: str, milliseconds: int) -> None:
    assert duration(value) == milliseconds


@pytest.mark.parametrize(
    ("body", "slides"),
    [
        (
            '<par dur="5s"><img src="cid:1.gif"/><text src="a.txt"/></par><par dur="1000ms"><AUDIO src="&lt;2&gt;" dur="9s"/></par>',
            [SmilSlide((Source("1.gif"), Source("a.txt", is_text=True)), 5000), SmilSlide((Source("2"),), 1000)],
        ),
        (
            '<seq><par><seq><img src="a" dur="2s"/></seq></par><img src="b%20c"/></seq>',
            [SmilSlide((Source("a"),), 2000), SmilSlide((Source("b c"),))],
        ),
        ('<par><par><ref src="a"/></par><par><video src="b"/></par></par>', [SmilSlide((Source("a"),)), SmilSlide((Source("b"),))]),
        ("<par/><par><img/></par>", []),
    ],
)
def test_slides_are_read(body: str, slides: list[SmilSlide]) -> None:
    doctype = '<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "http://www.w3.org/TR/REC-smil/SMIL10.dtd">'
    for before in ("", '<?xml version="1.0"?>\n' + doctype):
        assert list(read_smil(f"{before}<smil><head/><body>{body}</body></smil>".encode())) == slides


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<smil>",
        b"<smil/>",
        b"\xff\xfe",
        b"<!DOCTYPE s [<!ENTITY a 'b'>]><smil><body><img src='&a;'/></body></smil>",
        b" " * 70000,
        b"<smil><body>" + b"<par>" * 1000,
    ],
)
def test_what_is_no_smil_has_no_slides(data: bytes) -> None:
    assert read_smil(data) == ()


@given(
    st.lists(
        st.builds(
            SmilSlide,
            st.lists(st.builds(Source, st.from_regex(r"[a-z0-9.@_-]{1,9}", fullmatch=True), st.booleans()), min_size=1, max_size=3).map(
                tuple
            ),
            st.integers(1, 60_000),
        ),
        max_size=4,
    )
)
def test_what_we_write_is_read_as_it_was(slides: list[SmilSlide]) -> None:
    assert list(read_smil(write_smil(slides))) == slides
