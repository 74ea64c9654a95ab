"""Answers as octets: however they are cut, what they end with, and what no answer is."""

import contextlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.delivery.http_answer import HEAD_LIMIT, AnswerReader, BadAnswerError

LIMIT = 100
WHOLE = [
    (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b\r\n\r\nOK", 200, b"OK", True),
    (b"HTTP/1.1 200 OK\nContent-Length: 2\n\nOK", 200, b"OK", True),
    (b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nOK", 200, b"OK", True),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nO\r\n1;x=y\r\nK\r\n0\r\nTrailer: x\r\n\r\n", 200, b"OK", True),
    (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b"", True),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK", 200, b"OK", False),
    (b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nOK", 200, b"OK", False),
    (
        b"HTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n",
        410,
        b"",
        True,
    ),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n" + b"x" * 101, 200, b"x" * LIMIT, False),
]


def read(octets, cuts=()):
    reader = AnswerReader(LIMIT)
    edges = [0, *sorted(cut % (len(octets) + 1) for cut in cuts), len(octets)]
    answer = None
    for start, end in itertools.pairwise(edges):
        if end > start and answer is None:
            answer = reader.feed(octets[start:end])
    return reader, answer


@pytest.mark.parametrize(("octets", "status", "body", "is_reusable"), WHOLE)
@given(cuts=st.lists(st.integers(0, 500), max_size=6))
def test_an_answer_is_the_same_however_it_is_cut(octets, status, body, is_reusable, cuts):
    reader, answer = read(octets, cuts)
    assert (answer.status, answer.body, reader.is_reusable) == (status, body, is_reusable)
    assert answer.is_cut is (len(octets) > 130 and b"x" * 100 in octets)
    assert "x-early" not in answer.headers


def test_two_answers_follow_one_another_on_a_connection():
    reader = AnswerReader(LIMIT)
    for body in (b"OK", b"NO"):
        reader.begin()
        assert not reader.has_begun
        assert reader.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" + body).body == body
        assert reader.has_begun


@pytest.mark.parametrize("more", [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK", b"garbage"])
def test_more_than_was_asked_for_makes_the_connection_useless(more):
    reader, answer = read(WHOLE[0][0] + more)
    assert (answer.body, reader.is_reusable) == (b"OK", False)


@pytest.mark.parametrize("coding", [b"", b"Transfer-Encoding: gzip\r\n"])
def test_without_a_length_the_end_of_the_connection_is_the_end(coding):
    reader, answer = read(b"HTTP/1.1 200 OK\r\n" + coding + b"\r\nO")
    assert answer is None
    assert (reader.end().body, reader.is_reusable) == (b"O", False)


@pytest.mark.parametrize(
    "octets",
    [b"", b"HTTP/1.1 200 OK\r\nX: 1", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nO", b"HTTP/1.1 100 Continue\r\n\r\n", WHOLE[3][0][:60]],
)
def test_an_end_in_the_middle_is_no_answer(octets):
    reader, answer = read(octets)
    assert (answer, reader.end()) == (None, None)


@pytest.mark.parametrize(
    "octets",
    [
        b"SSH-2.0-OpenSSH\r\n",
        b"\0\0\0\0",
        b"HTTP/1.1 2OO OK\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nOK",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * HEAD_LIMIT,
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * HEAD_LIMIT,
    ],
)
def test_what_is_no_answer_is_refused(octets):
    with pytest.raises(BadAnswerError, match=r"\w"):
        read(octets)


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=4))
def test_no_octets_break_the_reader(octets, cuts):
    with contextlib.suppress(BadAnswerError):
        read(octets, cuts)
