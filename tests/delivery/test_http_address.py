"""Addresses of requests: the quick way for usual ones says what the library says."""

import httpx2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recado.delivery.errors import DeliveryError
from recado.delivery.http_address import read_address
from recado.delivery.http_request import BadRequestError, write_headers, write_request

SIGNS = "aZ09-._~!$&'()*+,;=:@/?%#[]{}|\\^`\"<> ąß\t"


@given(st.text(SIGNS, max_size=30))
@example("/a/./b/../c?x=/../y")
@example("/%7e%zz%")
@example("//x//?")
@example("/.well-known/x?a=.b")
@example("?q=1")
def test_path_and_query_are_those_the_library_would_ask_for(rest):
    text = "http://shop.example:8080" + rest
    try:
        url = httpx2.URL(text)
        known = (url.raw_path, url.raw_host.decode(), url.port)
    except (httpx2.InvalidURL, UnicodeError, ValueError) as error:
        with pytest.raises((type(error), DeliveryError)):
            read_address(text)
        return
    try:
        place, target = read_address(text)
    except DeliveryError:  # a user, or another port
        assert url.userinfo or url.port != 8080 or url.host != "shop.example"
        return
    assert (target, place.name, place.port) == known


@pytest.mark.parametrize(
    ("text", "name", "port", "host"),
    [
        ("https://Shop.Example/x", "shop.example", 443, b"host: shop.example\r\n"),
        ("http://192.0.2.1:8080/", "192.0.2.1", 8080, b"host: 192.0.2.1:8080\r\n"),
        ("http://[2001:db8::1]/", "2001:db8::1", 80, b"host: [2001:db8::1]\r\n"),
        ("https://żółw.pl/", "xn--w-uga1v8h.pl", 443, b"host: xn--w-uga1v8h.pl\r\n"),
    ],
)
def test_a_place_knows_what_to_ask_for(text, name, port, host):
    place, _ = read_address(text)
    assert (place.name, place.port, place.head.startswith(host)) == (name, port, True)
    assert place.is_address is (name[0] in "12")


def test_a_request_is_written_whole():
    written = write_request("POST", b"/in?a=1", b"host: h\r\n", [("x-own", "1")], b"body")
    assert written == b"POST /in?a=1 HTTP/1.1\r\nhost: h\r\nx-own: 1\r\ncontent-length: 4\r\n\r\nbody"
    assert write_request("GET", b"/", b"", [], b"") == b"GET / HTTP/1.1\r\n\r\n"


@pytest.mark.parametrize("target", [b"", b"/ x", b"/\r\nx: y", b"/\xff", b"/\0"])
def test_no_address_can_break_out_of_the_first_line(target):
    with pytest.raises(BadRequestError):
        write_request("GET", target, b"", [], b"")


@given(st.text(max_size=8), st.text(max_size=8))
def test_headers_are_one_line_each_or_refused(name, value):
    try:
        written = write_headers([(name, value)])
    except BadRequestError:
        return
    assert written.count(b"\n") == 1
    assert written == f"{name}: {value}\r\n".encode("ascii")
