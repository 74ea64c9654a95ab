"""Boards, as messages come for them: what each knows of who writes, and the rows of what they wrote.

What belongs here: loading once for a group, rows. What does not: what is shown (`core.board`), decisions of people (`apps.boards`).
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from recado.core.action import PostToBoard
from recado.core.board import Board, Moderation, Naming, NewPost, PostState, SeenBoard
from recado.core.decision import Decision
from recado.core.message import InboundMessage
from recado.core.taking_part import Asked, Seen
from recado.store.activity_tables import BOARD_POST
from recado.store.dialect import POSTGRESQL, Connection
from recado.store.insert import BIGINT, BOOLEAN, TEXT, TIMESTAMP

if TYPE_CHECKING:
    from recado.store.activities import Phone, Wanted
    from recado.store.write import Rows

_BOARDS = """SELECT b.id, b.account_id, b.name, b.moderation, b.word_list, b.most_per_phone, b.within_minutes, b.naming, b.is_open,
    b.closed_text, b.refused_text FROM boards_board b WHERE b.id IN (SELECT k.a FROM {keys}) ORDER BY b.id"""
_LOCK = " FOR UPDATE OF b"
"""Until the group is written nobody changes how the board is moderated, so that nothing is shown by a rule that is gone."""
_LATELY = """SELECT k.a, k.b, k.c, (SELECT COUNT(*) FROM boards_post p
    WHERE p.board_id = k.a AND p.msisdn = k.b AND p.is_test = k.c AND p.received_at > k.d AND p.reason <> 'closed') FROM {keys}"""
_NAMES = """SELECT c.account_id, c.msisdn, c.first_name FROM {keys} CROSS JOIN contacts_contact c
    WHERE c.account_id = k.a AND c.msisdn = k.b"""
_CHANGED = "UPDATE boards_board SET version = version + 1 WHERE id = ?"
Writer: TypeAlias = tuple[int, str, bool]
"""Board, MSISDN, and whether it is a simulated phone."""


@dataclass(slots=True)
class Boards:
    """The boards that messages of a group may go to."""

    boards: dict[int, Board] = field(default_factory=dict)
    account_of: dict[int, int] = field(default_factory=dict)
    lately: dict[Writer, int] = field(default_factory=dict)
    names: dict[tuple[int, str], str] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    """Boards whose open pages are to notice."""

    def seen(self, target_id: int, message: InboundMessage) -> Seen | None:
        """Return a board and what it knows of the sender."""
        board = self.boards.get(target_id)
        if board is None:
            return None
        lately = self.lately.get((target_id, message.sender, message.is_test), 0)
        return SeenBoard(board, lately, self.names.get((self.account_of[target_id], message.sender), ""))

    def asked(self, phone: "Phone") -> Collection[Asked]:  # noqa: ARG002  # as of the others
        """Return nothing: a board asks nobody."""
        return ()

    def collect(self, rows: "Rows", message: InboundMessage, decision: Decision, _dialogue_id: int | None, action: Any) -> None:
        """Add what was posted; the next message of the phone in this group counts it."""
        post = action.result
        if not isinstance(post, NewPost) or decision.account_id is None:
            return
        decided_at = None if post.state is PostState.PENDING else rows.now
        about = (post.text, post.name, post.state.value, post.reason, post.by_itself)
        row = (next(rows.ids), decision.account_id, post.board_id, message.id, message.sender, message.is_test)
        rows.take_part(BOARD_POST, (*row, *about, rows.stamp(message.received_at), decided_at))
        if self.boards[post.board_id].is_open:
            writer = (post.board_id, message.sender, message.is_test)
            self.lately[writer] = self.lately.get(writer, 0) + 1
        if post.board_id not in self.changed:
            self.changed.add(post.board_id)
            rows.changed.append((_CHANGED, (post.board_id,)))


def load_boards(con: Connection, wanted: "Wanted", now: datetime) -> Boards | None:
    """Load the boards that rules in play name, and what they had of the group's phones lately."""
    ids = wanted.targets.get(PostToBoard)
    if not ids:
        return None
    found = Boards()
    sql = _BOARDS + _LOCK if con.dialect is POSTGRESQL else _BOARDS
    for board_id, account_id, name, moderation, words, most, minutes, naming, is_open, closed, refused in con.rows_for(
        sql, (BIGINT,), [(key,) for key in sorted(ids)]
    ):
        within = timedelta(minutes=minutes)
        found.boards[board_id] = Board(
            board_id, name, Moderation(moderation), words, most, within, Naming(naming), bool(is_open), closed, refused
        )
        found.account_of[board_id] = account_id
    _load_people(con, wanted, now, found)
    return found


def _load_people(con: Connection, wanted: "Wanted", now: datetime, found: Boards) -> None:
    """Count what the phones sent lately, and find their names where a board says them."""
    keys = [
        (board.id, msisdn, is_test, con.dialect.timestamp(now - board.within))
        for board in found.boards.values()
        for account_id, msisdn, is_test in wanted.people
        if account_id == found.account_of[board.id]
    ]
    for board_id, msisdn, is_test, count in con.rows_for(_LATELY, (BIGINT, TEXT, BOOLEAN, TIMESTAMP), keys):
        found.lately[board_id, msisdn, bool(is_test)] = count
    naming = {found.account_of[board.id] for board in found.boards.values() if board.naming is Naming.FIRST_NAME}
    people = [(account_id, msisdn) for account_id, msisdn, _ in wanted.people if account_id in naming]
    for account_id, msisdn, first_name in con.rows_for(_NAMES, (BIGINT, TEXT), people):
        found.names[account_id, msisdn] = first_name
