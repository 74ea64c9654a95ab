"""Accounts that write from pool numbers and phones that answer, as a machine; whose each answer is follows from the model alone.

What belongs here: the steps and what must hold after each. What does not: on which database (`test_pool_ownership`), choosing pool numbers.
"""

from datetime import datetime, timedelta
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from recado.core.message import Encoding, InboundPart
from recado.gateway.receive import receive_group
from recado.store.dialect import Connection
from recado.store.ids import IdGenerator
from recado.store.snapshot import load_routes
from recado.testing.routing import configure, insert

NOW = datetime.fromisoformat("2026-11-22T12:00:00+00:00")
POOL = ("48450000001", "48450000002")
PHONES = ("48501222333", "48600111222")
WINDOW, REMEMBERED = timedelta(days=7), timedelta(days=90)
WAITS = st.sampled_from([timedelta(minutes=1), timedelta(days=3), timedelta(days=6, hours=23), timedelta(days=8), timedelta(days=91)])
TEXTS = ("Yes please", "Gardener", "STOP", "czy to jutro?")
EMPTIED = (
    *("outbox_job", "outbox_outboundmessage", "outbox_pooluse", "inbox_message", "dialogues_dialogue", "contacts_optout"),
    *(
        "contacts_consentrecord",
        "contacts_groupmembership",
        "contacts_contact",
        "keywords_ruleaction",
        "keywords_rule",
        "keywords_spelling",
    ),
    *("keywords_keyword", "contacts_group", "outbox_destination", "numbers_number", "connections_connection", "accounts_account"),
    "numbers_routingversion",
)


class PoolAndPhones(RuleBasedStateMachine):
    """The machine; `con` is given by whoever runs it."""

    con: Connection
    fingerprints = count(1)

    @initialize()
    def configure(self) -> None:
        self.now, self.generator = NOW, IdGenerator(0)
        with self.con.transaction():
            for table in EMPTIED:
                self.con.execute(f"DELETE FROM {table}")
            configured = configure(self.con, NOW)
            self.link, self.accounts = configured.connection_id, configured.accounts
            number = {"kind": "eco", "state": "assigned", "connection_id": self.link, "label": ""}
            at = self.stamp()
            self.numbers = {digits: insert(self.con, "numbers_number", digits=digits, created_at=at, **number) for digits in POOL}
        self.written: dict[tuple[str, str], list[tuple[int, datetime, int]]] = {}

    def stamp(self) -> object:
        return self.con.dialect.timestamp(self.now)

    @rule(delta=WAITS)
    def wait(self, delta: timedelta) -> None:
        self.now += delta

    @rule(who=st.integers(0, 1), digits=st.sampled_from(POOL), phone=st.sampled_from(PHONES), campaign=st.none() | st.integers(1, 3))
    def write(self, who: int, digits: str, phone: str, campaign: int | None) -> None:
        """An account writes from a pool number, where the pool lets it: nobody else did within the window."""
        account, place = self.accounts[who], (digits, phone)
        last = self.written.get(place, [])[-1:]
        if last and last[0][0] != account and self.now - last[0][1] <= WINDOW:
            return
        key, number = self.generator.next(int(self.now.timestamp() * 1000)), self.numbers[digits]
        with self.con.transaction():
            use = "INSERT INTO outbox_pooluse (number_id, msisdn, account_id, used_at) VALUES (?, ?, ?, ?) ON CONFLICT (msisdn, number_id)"
            self.con.execute(
                f"{use} DO UPDATE SET account_id = excluded.account_id, used_at = excluded.used_at", (number, phone, account, self.stamp())
            )
            sent = {"sender": digits, "recipient": phone, "text": "Sale!", "state": "sent", "origin": "campaign", "kind": "eco"}
            rest = {"reason": "", "carrier_error": "", "segment_count": 1, "is_test": False, "campaign_id": campaign}
            insert(
                self.con,
                "outbox_outboundmessage",
                id=key,
                account_id=account,
                number_id=number,
                created_at=self.stamp(),
                sent_at=self.stamp(),
                **sent,
                **rest,
            )
        self.written.setdefault(place, []).append((account, self.now, key))

    @rule(digits=st.sampled_from(POOL), phone=st.sampled_from(PHONES), text=st.sampled_from(TEXTS), is_test=st.booleans())
    def answer(self, digits: str, phone: str, text: str, is_test: bool) -> None:
        """A phone writes to a pool number; a simulated one belongs to nobody, since nobody sent tests."""
        written = [] if is_test else self.written.get((digits, phone), [])
        in_window = [one for one in written if self.now - one[1] <= WINDOW]
        concerned = {account for account, at, _ in written if self.now - at <= REMEMBERED}
        owner = in_window[-1][0] if in_window else None
        out = self._opted_out(phone)
        account, answers, settled = self._receive(digits, phone, text, is_test)
        if text == "STOP":
            about = {owner} if owner is not None else concerned
            assert account == (next(iter(about)) if len(about) == 1 else None)
            assert settled == (len(about) > 1)
            assert self._opted_out(phone) == out | about
        else:
            assert account == owner, (account, owner)
            assert self._opted_out(phone) == out
        answerable = [key for whose, at, key in in_window if whose == account]
        assert answers == (answerable[-1] if answerable else None) or self._is_automatic(answers)
        assert account is None or not self._of_others(account, digits, phone)

    def _receive(self, digits: str, phone: str, text: str, is_test: bool) -> tuple[int | None, int | None, bool]:
        octets = text.encode()
        part = InboundPart(self.link, phone, digits, text, Encoding.GSM7, self.now, octets, next(self.fingerprints), is_test=is_test)
        stream = self.generator.stream(int(self.now.timestamp() * 1000))
        with self.con.transaction():
            result = receive_group(self.con, [part], load_routes(self.con), stream, self.now)
        sql = "SELECT account_id, answers_id, is_discarded FROM inbox_message WHERE id = ?"
        row = self.con.row(sql, (result.message_ids[0],))
        assert row is not None
        return row[0], row[1], bool(row[2])

    def _opted_out(self, phone: str) -> set[int]:
        sql = "SELECT account_id, scope FROM contacts_optout WHERE msisdn = ? AND lifted_at IS NULL"
        found = self.con.rows(sql, (phone,))
        assert {scope for _, scope in found} <= {"account"}
        return {account for account, _ in found}

    def _is_automatic(self, outbound_id: int | None) -> bool:
        row = self.con.row("SELECT origin FROM outbox_outboundmessage WHERE id = ?", (outbound_id or 0,))
        return row is not None and row[0] == "rule"

    def _of_others(self, account: int, digits: str, phone: str) -> list[object]:
        """Find messages of other accounts in a dialogue of this one."""
        sql = """SELECT o.id FROM outbox_outboundmessage o JOIN dialogues_dialogue d ON d.id = o.dialogue_id
            WHERE d.account_id = ? AND d.number_id = ? AND d.msisdn = ? AND o.account_id <> d.account_id"""
        return list(self.con.rows(sql, (account, self.numbers[digits], phone)))
