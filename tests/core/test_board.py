"""What becomes of a message for a board."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.action import PostToBoard
from recado.core.board import Board, Moderation, Naming, NewPost, PostState, SeenBoard, name_of
from recado.core.board_text import LONGEST, cleaned, has_link, has_phone
from recado.core.condition import UTC_CLOCK
from recado.core.message import Encoding, InboundMessage
from recado.core.sender import SenderState
from recado.core.taking_part import Entrant, Taken

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PHONE = "48501222333"
BOARD = Board(7, "Party", Moderation.AUTOMATIC, "pumpkin", 3, timedelta(minutes=10), Naming.DIGITS, True, "We are closed.", "Slowly.")
MANUAL = replace(BOARD, moderation=Moderation.MANUAL)


def taken(board: Board, text: str, lately: int = 0) -> Taken:
    message = InboundMessage(1, 1, PHONE, "4301", f"PARTY {text}", Encoding.GSM7, NOW, 1, 1, False)
    entrant = Entrant(message, SenderState(PHONE), 1, 1, NOW, UTC_CLOCK, argument=text)
    return SeenBoard(board, lately).take(PostToBoard(7, "Party"), entrant)


def post(board: Board, text: str, lately: int = 0) -> NewPost:
    action = taken(board, text, lately).action
    assert isinstance(action, PostToBoard)
    assert isinstance(action.result, NewPost)
    return action.result


@pytest.mark.parametrize(
    ("text", "state", "reason"),
    [
        ("Happy birthday!", PostState.SHOWN, ""),
        ("you PUMPK1N", PostState.PENDING, "word: pumpkin"),
        ("look at example.com", PostState.PENDING, "link"),
        ("call 503 340 503", PostState.PENDING, "phone"),
    ],
)
def test_a_board_by_itself_shows_what_nothing_speaks_against(text: str, state: PostState, reason: str) -> None:
    assert (post(BOARD, text).state, post(BOARD, text).reason) == (state, reason)
    assert (post(MANUAL, text).state, post(MANUAL, text).reason) == (PostState.PENDING, reason)


@given(st.text(min_size=1), st.integers(0, 5))
def test_with_a_person_deciding_nothing_is_ever_shown_by_itself(text: str, lately: int) -> None:
    action = taken(MANUAL, text, lately).action
    if action is not None:
        assert isinstance(action, PostToBoard)
        assert isinstance(action.result, NewPost)
        assert (action.result.state, action.result.by_itself) == (PostState.PENDING, False)


def test_who_sends_too_much_is_told_so_and_the_rest_waits() -> None:
    assert post(BOARD, "hello", 2).state is PostState.SHOWN
    assert (post(BOARD, "hello", 3).state, post(BOARD, "hello", 3).reason) == (PostState.PENDING, "rate")
    assert taken(BOARD, "hello", 3).reply == "Slowly."
    assert taken(replace(BOARD, refused_text=""), "hello", 3).reply is None


def test_a_closed_board_keeps_the_message_and_promises_nothing() -> None:
    closed = replace(BOARD, is_open=False)
    assert (post(closed, "hello").state, post(closed, "hello").reason) == (PostState.REJECTED, "closed")
    assert taken(closed, "hello").reply == "We are closed."
    assert taken(replace(closed, closed_text=""), "hello").reply == ""


@pytest.mark.parametrize("text", ["", "  ", "\u200b\u202e", "\u200d\ufe0f", "\x00\x07"])
def test_nothing_to_show_is_not_posted(text: str) -> None:
    found = taken(BOARD, text)
    assert (found.action, found.reply, found.steps[0].values["deed"]) == (None, None, "empty")


@given(st.text())
def test_what_is_shown_is_one_line_without_invisible_signs_and_no_longer_than_it_may(text: str) -> None:
    shown = cleaned(text)
    assert len(shown) <= LONGEST
    assert not any(sign < " " or sign in "\n\r\u2028\u202e\u200b" for sign in shown)
    assert shown == cleaned(shown)


def test_a_family_stays_one_picture_and_towers_of_marks_fall() -> None:
    assert cleaned("👨\u200d👩\u200d👧") == "👨\u200d👩\u200d👧"
    assert len(cleaned("Z" + "\u0338" * 50)) == 3
    assert cleaned("word " * 100).endswith("word…")


@pytest.mark.parametrize("text", ["https://a.b", "www.shop", "bit.ly/x", "EXAMPLE.COM", "anna@example.org"])
def test_addresses_are_seen(text: str) -> None:
    assert has_link(text)


@pytest.mark.parametrize("text", ["Hej.To ja", "22.11.2026", "o 18.30", "super.pozdrawiam", "100 lat!!!"])
def test_sentences_dates_and_hours_are_no_addresses_and_no_phones(text: str) -> None:
    assert not has_link(text)
    assert not has_phone(text)


@pytest.mark.parametrize(
    ("naming", "msisdn", "name"),
    [
        (Naming.NOTHING, PHONE, ""),
        (Naming.DIGITS, PHONE, "…333"),
        (Naming.DIGITS, "4301", ""),
        (Naming.DIGITS, "Shop", ""),
        (Naming.FIRST_NAME, PHONE, "Anna"),
    ],
)
def test_never_more_of_a_phone_than_three_digits(naming: Naming, msisdn: str, name: str) -> None:
    assert name_of(naming, msisdn, "Anna\u202e") == name
