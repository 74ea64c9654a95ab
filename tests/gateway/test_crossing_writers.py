"""Writers and workers at the same accounts at once: nobody waits in a circle, nothing is lost, and the sums equal the events."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import pytest

from recado.config import Database
from recado.core.ledger import Book, Event
from recado.core.message import Encoding, InboundPart
from recado.core.receipt import OutboundState
from recado.core.routes import Routes
from recado.gateway.receive import receive_group
from recado.store import handed_over, handing, jobs
from recado.store.charging import CreditGoneError, Entry, book
from recado.store.dialect import Connection, connect
from recado.store.ids import IdGenerator
from recado.store.recount import SUBJECTS, recount
from recado.store.snapshot import load_routes
from recado.store.write import LostRaceError
from recado.testing.routing import SHARED, action, configure, keyword_with_rule

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
WRITERS, WORKERS, GROUPS, IN_GROUP, PHONES = 3, 3, 12, 20, 200
WORDS = ("GARDENER", "ROSES")
"""Of two accounts; each is answered."""


def prepare(con: Connection, money: tuple[int, int] = (1_000_000, 1_000_000)) -> Routes:
    with con.transaction():
        made = configure(con, NOW)
        _, rule = keyword_with_rule(con, made.accounts[1], made.shared_id, WORDS[1], con.dialect.timestamp(NOW))
        action(con, rule, "send_reply", text="Red ones.")
        con.execute("UPDATE keywords_rule SET daily_ceiling = 2000000000")
        for place, (account, amount) in enumerate(zip(made.accounts, money, strict=True)):
            if amount:
                book(con, Entry(place + 1, account, Book.BANK, Book.CUSTOMER, amount, Event.TOP_UP, place + 1), NOW)
            con.execute("UPDATE billing_wallet SET floor = 0 WHERE account_id = ?", (account,))
    return load_routes(con)


def part(word: str, phone: int, number: int) -> InboundPart:
    return InboundPart(1, str(48_500_000_000 + phone), SHARED, word, Encoding.GSM7, NOW, b"\0", number)


class Crowd:
    """Threads with a connection and a node of their own."""

    def __init__(self, database: Database, routes: Routes) -> None:
        self.database, self.routes = database, routes
        self.barrier = threading.Barrier(WRITERS + WORKERS)
        self.writing = WRITERS
        self.deadlocks, self.errors = 0, list[BaseException]()

    def run(self) -> None:
        works = [(self._write, place) for place in range(WRITERS)] + [(self._work, WRITERS + place) for place in range(WORKERS)]
        threads = [threading.Thread(target=self._guarded, args=work) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        if self.errors:
            raise self.errors[0]

    def _guarded(self, work: Callable[[Connection, int], None], node: int) -> None:
        try:
            with closing(connect(self.database)) as con:
                self.barrier.wait(30)
                work(con, node)
        except BaseException as error:  # noqa: BLE001  # shown by the test
            self.errors.append(error)
        finally:
            self.writing -= work == self._write

    def _again(self, con: Connection, work: Callable[[], object]) -> None:
        """Do what writer and worker do: the same again after others were quicker."""
        while True:
            try:
                with con.transaction():
                    work()
                return  # noqa: TRY300  # only once it is committed
            except (LostRaceError, CreditGoneError):
                continue
            except Exception as error:
                if not con.dialect.is_conflict(error):
                    raise
                self.deadlocks += con.dialect.is_deadlock(error)

    def _write(self, con: Connection, node: int) -> None:
        chance, ids, numbers = Random(node), IdGenerator(node), count(node * 1_000_000)
        for _ in range(GROUPS):
            group = [part(chance.choice(WORDS), chance.randrange(PHONES), next(numbers)) for _ in range(IN_GROUP)]
            self._again(con, lambda some=group: receive_group(con, some, self.routes, ids.stream(int(NOW.timestamp() * 1000)), NOW))

    def _work(self, con: Connection, node: int) -> None:
        chance, ids = Random(node), count((node + 1) * 10**12)
        while True:
            is_last = not self.writing
            due = jobs.due(con, jobs.SUBMIT, 30, NOW + timedelta(minutes=1))
            if not due and is_last:
                return
            chance.shuffle(due)
            self._again(con, lambda some=due: hand_over(con, some, node, ids, chance))


def hand_over(con: Connection, due: list[int], node: int, ids: Iterator[int], chance: Random) -> None:
    """Write of texts that they were sent or never will, as a worker does."""
    marked = handing.claim_and_mark(con, due, NOW, timedelta(minutes=1), node + 8)
    messages = [
        handed_over.HandedOver(one.outbound_id, 1, chance.choice((OutboundState.SENT, OutboundState.UNSENT)), "", "", (), (), NOW)
        for one in jobs.load_submits(con, marked)
        if one.outbound_id is not None
    ]
    handed_over.record(con, messages)
    jobs.end(con, [jobs.Ending(key, "done", 1, None, "") for key in marked], NOW)
    handed_over.charge(con, messages, ids, NOW)


@pytest.mark.postgresql
def test_writers_and_workers_at_the_same_accounts_never_wait_in_a_circle(postgresql_database: Database):
    with closing(connect(postgresql_database)) as con:
        crowd = Crowd(postgresql_database, prepare(con, (1_000_000, 500)))
        crowd.run()
        assert con.rows("SELECT COUNT(*) FROM inbox_message")[0][0] == WRITERS * GROUPS * IN_GROUP
        assert con.rows("SELECT COUNT(*) FROM outbox_job WHERE kind = 'submit' AND state <> 'done'")[0][0] == 0
        states = dict(con.rows("SELECT charge_state, COUNT(*) FROM outbox_outboundmessage GROUP BY charge_state"))
        assert set(states) == {"settled", "released"}
        assert {subject: recount(con, subject, 0).differences for subject in SUBJECTS} == {subject: [] for subject in SUBJECTS}
        assert crowd.deadlocks == 0


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """What was locked: `wallet` with the account, or the table of messages and conversations."""
    seen: list[tuple[str, object]] = []
    execute = Connection.execute

    def watched(con: Connection, sql: str, parameters=()) -> int:
        if "UPDATE billing_wallet" in sql and parameters:
            seen.append(("wallet", parameters[-1] if "- ? >= floor" not in sql else parameters[2]))
        elif found := re.search(r"UPDATE (outbox_outboundmessage|dialogues_dialogue)", sql):
            seen.append((found[1], None))
        return execute(con, sql, parameters)

    monkeypatch.setattr(Connection, "execute", watched)
    return seen


def test_wallets_are_locked_last_and_in_the_order_of_accounts(connection: Connection, statements: list[tuple[str, object]]):
    routes = prepare(connection, (1_000_000, 0))
    ids = IdGenerator(0)
    statements.clear()
    group = [part(WORDS[place % 2], place, place) for place in range(4)]
    with connection.transaction():
        receive_group(connection, group, routes, ids.stream(int(NOW.timestamp() * 1000)), NOW, broke=frozenset({2}))
    connection.execute("UPDATE billing_wallet SET floor = NULL")
    with connection.transaction():
        receive_group(connection, group[::-1], routes, ids.stream(int(NOW.timestamp() * 1000)), NOW)
    first = list(statements)
    statements.clear()
    with connection.transaction():
        messages = [
            handed_over.HandedOver(key, 1, OutboundState.UNSENT if account == 1 else OutboundState.SENT, "", "", (), (), NOW)
            for key, account in connection.rows("SELECT id, account_id FROM outbox_outboundmessage ORDER BY id")
        ]
        handed_over.record(connection, messages)
        handed_over.charge(connection, messages, count(10**12), NOW, {2: 9, 1: 9}, {1})
    for seen in (first, statements):
        wallets = [place for place, (table, _) in enumerate(seen) if table == "wallet"]
        assert wallets
    last = [table for table, _ in statements[[table for table, _ in statements].index("wallet") :]]
    assert set(last) == {"wallet"}
    accounts = [account for table, account in statements if table == "wallet"]
    assert accounts == sorted(accounts)
