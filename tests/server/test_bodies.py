"""Bodies are taken in before the application is called."""

import asyncio

import pytest

from recado.server.bodies import SMALL, BufferedBodies


def run(app, pieces, *, headers=(), hangs=False):
    """Send the pieces of a body; return the status the caller sees, None if it hears nothing."""
    messages = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    if not hangs and messages:
        messages[-1]["more_body"] = False
    sent = []

    async def receive():
        if messages:
            return messages.pop(0)
        if hangs == "gone":
            return {"type": "http.disconnect"}
        return await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    asyncio.run(app({"type": "http", "headers": list(headers)}, receive, send))
    return sent[0]["status"] if sent else None


class Application:
    def __init__(self):
        self.bodies = []
        self.headers = None

    async def __call__(self, scope, receive, send):
        self.headers = scope["headers"]
        self.bodies.append((await receive())["body"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def application():
    return Application()


def test_a_body_in_pieces_arrives_whole(application):
    assert run(BufferedBodies(application), [b"a=1", b"&b=", b"2"]) == 200
    assert application.bodies == [b"a=1&b=2"]


def test_a_sender_who_never_ends_is_not_waited_for(application):
    assert run(BufferedBodies(application, seconds=0.05), [b"a="], hangs=True) == 408
    assert application.bodies == []


def test_a_body_cut_off_half_way_is_not_acted_upon(application):
    assert run(BufferedBodies(application), [b"phone=48501222333&text=Hel"], hangs="gone") is None
    assert application.bodies == []


def test_a_body_that_grows_too_large_is_answered_by_the_application_with_the_length_it_had(application):
    headers = [(b"transfer-encoding", b"chunked"), (b"host", b"localhost")]
    assert run(BufferedBodies(application, largest=5), [b"123", b"456"], headers=headers) == 200
    assert application.bodies == [b""]
    assert application.headers == [(b"host", b"localhost"), (b"content-length", b"6")]


def test_a_declared_length_that_is_too_large_is_answered_by_the_application_without_reading(application):
    assert run(BufferedBodies(application, largest=5), [b"123456"], headers=[(b"content-length", b"6")]) == 200
    assert application.bodies == [b""]


def test_large_bodies_share_what_may_be_held_and_give_it_back(application):
    large, small = b"x" * (SMALL + 1), b"x" * SMALL
    crowded = BufferedBodies(application, held_at_most=SMALL)
    assert run(crowded, [large]) == 503
    assert run(crowded, [small]) == 200
    roomy = BufferedBodies(application, held_at_most=SMALL + 1)
    assert [run(roomy, [large]), run(roomy, [large])] == [200, 200]
