"""Two accounts and one phone on one shared number, as a machine that texts, answers, waits, pauses and ends keywords.

What belongs here: the steps and what must hold after each. What does not: on which database (`test_never_a_guess`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from recado.core.message import Encoding, InboundPart
from recado.gateway.receive import receive_group
from recado.store.dialect import Connection
from recado.store.ids import IdGenerator
from recado.store.snapshot import load_routes
from recado.store.statements import INSERTS
from recado.testing.routing import SHARED, Configured, action, configure, insert, keyword_with_rule

NOW = datetime.fromisoformat("2026-11-22T12:00:00+00:00")
PHONE = "48501222333"
SYNONYM = "GARTEN"
PLAIN_STOPS, STARTS = ("STOP", "wypisz.", "Stop, thank you"), ("START", "wznów")
ORDINARY = ("gardener", "Gardener 5", "cinema", "CINEMA tomorrow", "garten", "yes please", "kiedy?", "red cinema", "", "🌷")
NAMING = ("STOP GARDENER", "stop cinema", "start cinema", "stop garten", "gardener stop it now")
DOUBTFUL = ("stpo", "please stop sending roses to cinema")
TEXTS = st.sampled_from([*ORDINARY, *ORDINARY, *PLAIN_STOPS, *STARTS, *NAMING, *DOUBTFUL])
RESTS = timedelta(days=90)
WAITS = st.sampled_from([timedelta(minutes=1), timedelta(days=3), timedelta(days=6, hours=23), timedelta(days=8), timedelta(days=91)])
OWNED = {
    "contacts_contact": "id, msisdn",
    "dialogues_dialogue": "id, number_id, msisdn, message_count, unread_count, last_text",
    "contacts_optout": "id, scope, target_id, lifted_at",
    "contacts_consentrecord": "id, kind, group_id, text",
    "outbox_outboundmessage": "id, text, dialogue_id",
    "outbox_job": "id, kind",
    "inbox_message": "id, text",
}
"""Tables whose rows belong to an account, with what must not change in them because of another one's message."""
CONFIGURED = ("keywords_ruleaction", "keywords_rule", "keywords_spelling", "keywords_keyword", "contacts_group", "outbox_destination")
EMPTIED = (
    *dict.fromkeys(insert.table for insert in INSERTS),
    *CONFIGURED,
    *("numbers_number", "connections_connection", "accounts_account", "numbers_routingversion"),
)
"""All that an example may leave: whatever receiving writes, and the configuration."""


@dataclass
class Word:
    """A reserved word of the model."""

    keyword_id: int
    account: int
    is_live: bool = True
    ended_at: datetime | None = None


class TwoAccounts(RuleBasedStateMachine):
    """The machine; `con` is given by whoever runs it."""

    con: Connection
    fingerprints = count(1)

    @initialize()
    def configure(self) -> None:
        con, self.now = self.con, NOW
        with con.transaction():
            for table in EMPTIED:
                con.execute(f"DELETE FROM {table}")
            self.ids: Configured = configure(con, NOW)
            self.first, self.second = self.ids.accounts
            at = con.dialect.timestamp(NOW)
            cinema, film = keyword_with_rule(con, self.second, self.ids.shared_id, "CINEMA", at)
            action(con, film, "send_reply", text="Film at eight.")
            insert(
                con,
                "keywords_spelling",
                keyword_id=self.ids.keyword_id,
                number_id=self.ids.shared_id,
                account_id=self.first,
                word=SYNONYM,
                tokens=SYNONYM.lower(),
                folded=SYNONYM.lower(),
                kind="exact",
                is_main=False,
                is_double=False,
                starts_at=at,
            )
        gardener = Word(self.ids.keyword_id, self.first)
        self.words = {"gardener": gardener, "garten": gardener, "cinema": Word(cinema, self.second)}
        self.generator = IdGenerator(0)
        self.wrote: list[tuple[int, datetime]] = []

    @rule(delta=WAITS)
    def wait(self, delta: timedelta) -> None:
        self.now += delta

    @rule(word=st.sampled_from(["gardener", "cinema"]))
    def pause_or_go_on(self, word: str) -> None:
        """A paused keyword keeps its word."""
        found = self.words[word]
        found.is_live = not found.is_live
        state = "live" if found.is_live else "paused"
        self.con.execute("UPDATE keywords_keyword SET state = ? WHERE id = ?", (state, found.keyword_id))

    @rule(word=st.sampled_from(["gardener", "cinema"]))
    def end(self, word: str) -> None:
        found = self.words[word]
        found.ended_at = found.ended_at or self.now
        self.con.execute(
            "UPDATE keywords_keyword SET ends_at = ? WHERE id = ?", (self.con.dialect.timestamp(found.ended_at), found.keyword_id)
        )

    @rule(is_first=st.booleans())
    def answer(self, is_first: bool) -> None:
        """A person of an account writes to the phone from the shared number, whether or not they heard of it before."""
        account = self.first if is_first else self.second
        at = self.con.dialect.timestamp(self.now)
        place = {"account_id": account, "number_id": self.ids.shared_id, "msisdn": PHONE}
        row = self.con.row("SELECT id FROM dialogues_dialogue WHERE account_id = ? AND msisdn = ?", (account, PHONE))
        with self.con.transaction():
            dialogue = row[0] if row else self._open(place, at)
            insert(
                self.con,
                "outbox_outboundmessage",
                id=self.next_id(),
                account_id=account,
                number_id=self.ids.shared_id,
                dialogue_id=dialogue,
                sender=SHARED,
                recipient=PHONE,
                text="Hello",
                segment_count=1,
                state="delivered",
                reason="",
                carrier_error="",
                origin="agent",
                is_test=False,
                created_at=at,
            )
        self.wrote.append((account, self.now))

    def _open(self, place: dict[str, object], at: object) -> int:
        return insert(
            self.con,
            "dialogues_dialogue",
            id=self.next_id(),
            **place,
            state="open",
            last_message_at=at,
            last_text="Hello",
            last_is_inbound=False,
            unread_count=0,
            message_count=1,
            is_test=False,
        )

    @rule(text=TEXTS)
    def text(self, text: str) -> None:
        """The phone writes; whose it may be follows from the model alone."""
        keyword = self._leading(text)
        out = {row[0] for row in self.con.rows("SELECT account_id FROM contacts_optout WHERE lifted_at IS NULL")}
        concerned = self._concerned() | out
        writers = {account for account, at in self.wrote if at >= self.now - timedelta(days=7)}
        before = {account: self._rows_of(account) for account in self.ids.accounts}
        answers = self._answers()
        account = self._receive(text)
        self.wrote += [(whose, self.now) for _, whose in self._answers() - answers]
        self._never_a_guess(text, account, keyword, concerned, writers, out)
        self._nothing_of_others(text, account, before, concerned)

    def _never_a_guess(
        self, text: str, account: int | None, keyword: Word | None, concerned: set[int], writers: set[int], out: set[int]
    ) -> None:
        sole = next(iter(writers)) if len(writers) == 1 else None
        if text in NAMING:
            named = self._leading(text.split()[1]) or self._leading(text)
            live = named is not None and named.ended_at is None
            allowed = {named.account, None} if live and named else {None, sole, *self._only(concerned), *({named.account} if named else ())}
        elif text in STARTS:
            allowed = {next(iter(out))} if len(out) == 1 else {None} if out else {sole}
        elif text in PLAIN_STOPS:
            allowed = self._only(concerned) or {None}
        elif text == "stpo":
            allowed = {sole, *self._only(concerned)}
        elif keyword is not None and keyword.ended_at is None:
            allowed = {keyword.account}
        elif keyword is not None and keyword.ended_at is not None and text.lower() in self.words and self.now < keyword.ended_at + RESTS:
            allowed = {None}  # a resting word as a whole is nobody's, whoever wrote to the phone
        else:
            allowed = {sole}
        assert account in allowed, (text, account, allowed, concerned, writers)

    def _nothing_of_others(self, text: str, account: int | None, before: dict[int, dict[str, list[object]]], concerned: set[int]) -> None:
        is_for_all = account is None and text in (*PLAIN_STOPS, *STARTS)
        for whose in self.ids.accounts:
            after = self._rows_of(whose)
            if whose == account:
                assert len(after["inbox_message"]) == len(before[whose]["inbox_message"]) + 1
                continue
            for table in OWNED:
                about_consent = {"contacts_optout", "contacts_consentrecord", "outbox_outboundmessage", "outbox_job"}
                if not (is_for_all and whose in concerned and table in about_consent):
                    assert after[table] == before[whose][table], (text, account, whose, table)

    @staticmethod
    def _only(accounts: set[int]) -> set[int]:
        return accounts if len(accounts) == 1 else set()

    def _leading(self, text: str) -> Word | None:
        words = text.lower().split()
        return self.words.get(words[0]) if words else None

    def _concerned(self) -> set[int]:
        """Say who has to do with the phone on this number: wrote in 90 days, or has it in a group filled here."""
        wrote = {account for account, at in self.wrote if at >= self.now - timedelta(days=90)}
        grouped = {self.first} if self.con.row("SELECT 1 FROM contacts_groupmembership LIMIT 1") else set()
        return wrote | grouped

    def _answers(self) -> set[tuple[int, int]]:
        """Return what was answered in a conversation, with its account."""
        rows = self.con.rows("SELECT id, account_id FROM outbox_outboundmessage WHERE origin = 'rule' AND dialogue_id IS NOT NULL")
        return {(key, account) for key, account in rows}

    def _rows_of(self, account: int) -> dict[str, list[object]]:
        return {
            table: list(map(tuple, self.con.rows(f"SELECT {columns} FROM {table} WHERE account_id = ? ORDER BY id", (account,))))
            for table, columns in OWNED.items()
        }

    def _receive(self, text: str) -> int | None:
        part = InboundPart(self.ids.connection_id, PHONE, SHARED, text, Encoding.UCS2, self.now, text.encode(), next(self.fingerprints))
        stream = self.generator.stream(int(self.now.timestamp() * 1000))
        with self.con.transaction():
            result = receive_group(self.con, [part], load_routes(self.con), stream, self.now)
        row = self.con.row("SELECT account_id FROM inbox_message WHERE id = ?", (result.message_ids[0],))
        assert row is not None
        account: int | None = row[0]
        return account

    def next_id(self) -> int:
        return self.generator.next(int(self.now.timestamp() * 1000))
