"""What clamd answers, read; and how a file is put before it."""

import pytest

from recado.protocols.clamav import END, Answer, Verdict, chunk, read_answer


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (b"stream: OK\0", Answer(Verdict.CLEAN)),
        (b"stream: OK\n", Answer(Verdict.CLEAN)),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", Answer(Verdict.FOUND, "Win.Test.EICAR_HDB-1")),
        (b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0more", Answer(Verdict.FOUND, "Heuristics.Limits.Exceeded.MaxFileSize")),
        (b"INSTREAM size limit exceeded. ERROR\0", Answer(Verdict.ERROR, "INSTREAM size limit exceeded")),
        (b"stream: Can't allocate memory ERROR\0", Answer(Verdict.ERROR, "Can't allocate memory")),
        (b"stream: caf\xe9 FOUND\0", Answer(Verdict.FOUND, "caf\N{REPLACEMENT CHARACTER}")),
        (b"stream: FOUND\0", None),
        (b"stream: O", None),
        (b"UNKNOWN COMMAND\0", None),
        (b"ERROR\0", None),
        (b"PONG\0", None),
        (b"", None),
    ],
)
def test_a_verdict_is_read_and_nothing_else_is_one(octets, expected):
    assert read_answer(octets) == expected


def test_a_piece_stands_behind_its_length():
    assert chunk(b"abc") == b"\0\0\0\3abc"
    assert chunk(b"") == END
