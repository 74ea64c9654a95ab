"""Macros of forward templates: names, encoding, phone and date forms."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.delivery.errors import DeliveryError
from recado.delivery.macros import Forwarded, build_call

MESSAGE = Forwarded(4503599627370497, "48501222333", "48503340503", "Żółw & 50% = 1+1 #7", datetime(2026, 7, 1, 22, 30, 5, tzinfo=UTC))


def with_text(text: str, **more) -> Forwarded:
    return Forwarded(1, **{"sender": "48501222333", "recipient": "4301", "text": text, "received_at": MESSAGE.received_at, **more})


@pytest.mark.parametrize(
    ("template", "url"),
    [
        ("http://h/?n=#NUMER#&o=#NUMEROD#", "http://h/?n=48501222333&o=48501222333"),
        ("http://h/?w=#WIADOMOSC#", "http://h/?w=%C5%BB%C3%B3%C5%82w%20%26%2050%25%20%3D%201%2B1%20%237"),
        ("http://h/?d=#DATA#", "http://h/?d=2026-07-02%2000%3A30%3A05"),
        ("http://h/?i=#ID#&s=#IDSMS#", "http://h/?i=4503599627370497&s=4503599627370497"),
        ("http://h/?do=#NUMERDO#&l=#LIMIT#", "http://h/?do=48503340503&l="),
        ("http://h/?a=#NOSUCH#&b=1", "http://h/?a=&b=1"),
        ("http://h/?n=#numer#", "http://h/?n=48501222333"),
        ("http://h/in/#NUMER#/x?id=#ID#", "http://h/in/48501222333/x?id=4503599627370497"),
        ("http://h:81?id=#ID#", "http://h:81?id=4503599627370497"),
        ("https://h/plain", "https://h/plain"),
        ("  https://h/?token=abc&x=#NUMER##NUMERDO# ", "https://h/?token=abc&x=4850122233348503340503"),
    ],
)
def test_get_fills_the_address(template, url):
    call = build_call("GET", template, MESSAGE)
    assert (call.method, call.url, call.body) == ("GET", url, b"")


def test_post_without_macros_sends_the_standard_form():
    call = build_call("POST", "http://h/in?token=abc", MESSAGE)
    assert call.url == "http://h/in?token=abc"
    assert call.headers == {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}
    assert parse_qsl(call.body.decode()) == [
        ("numer", "48501222333"),
        ("wiadomosc", MESSAGE.text),
        ("data", "2026-07-02 00:30:05"),
        ("id", "4503599627370497"),
        ("numerdo", "48503340503"),
    ]


def test_post_moves_the_parameters_with_macros_into_the_form():
    call = build_call("POST", "http://h/in/#ID#?token=a%26b&od=#NUMER#&s%C5%82owo=SMS:+#WIADOMOSC#", MESSAGE)
    assert call.url == "http://h/in/4503599627370497?token=a%26b"
    assert parse_qsl(call.body.decode()) == [("od", "48501222333"), ("słowo", "SMS: " + MESSAGE.text)]


@pytest.mark.parametrize(
    "template", ["http://#WIADOMOSC#/", "http://#NUMER#.example.com/", "http://h:#ID#/", "#WIADOMOSC#", "#NUMER#://h/"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_sender_cannot_choose_the_host(template, method):
    with pytest.raises(DeliveryError) as raised:
        build_call(method, template, with_text("evil.example"))
    assert raised.value.permanent


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Europe/Warsaw", "2026-07-02 00:30:05"),
        ("UTC", "2026-07-01 22:30:05"),
        ("No/Such", "2026-07-02 00:30:05"),
        ("", "2026-07-02 00:30:05"),
    ],
)
def test_the_date_is_in_the_zone_of_the_account(zone, written):
    call = build_call("POST", "http://h/", with_text("x", zone=zone))
    assert parse_qs(call.body.decode())["data"] == [written]


@pytest.mark.parametrize(("sender", "written"), [("+48501222333", "48501222333"), ("INFO", "INFO"), ("4301", "4301")])
def test_numbers_have_no_plus(sender, written):
    assert build_call("GET", "http://h/?n=#NUMER#", with_text("x", sender=sender)).url == f"http://h/?n={written}"


@given(st.text(), st.sampled_from(["GET", "POST"]))
def test_any_text_arrives_as_it_was_written_and_nowhere_else(text, method):
    call = build_call(method, "http://h/in?w=#WIADOMOSC#", with_text(text))
    parts = urlsplit(call.url)
    sent = parts.query if method == "GET" else call.body.decode("ascii")
    assert (parts.scheme, parts.netloc, parts.path, parts.fragment) == ("http", "h", "/in", "")
    assert parse_qsl(sent, keep_blank_values=True) == [("w", text.encode("utf-8", "replace").decode())]


@given(st.text(), st.text())
def test_any_template_gives_a_call_or_a_permanent_error(template, text):
    try:
        call = build_call("GET", template, with_text(text))
    except DeliveryError as error:
        refused = error
    else:
        refused = None
        assert "#WIADOMOSC#" not in call.url
    assert refused is None or refused.permanent
