"""Contests on the hot path: what must be known to decide about the entries of a group, and what is written of them.

What belongs here: loading, letting each message of the group see what the ones before it did, rows. What does not: what becomes of an entry
(`core.contest_entry`), what the panel asks (`apps.contests`).

On PostgreSQL the contest's row is locked while its entries are decided and written, so that sequence numbers have no gaps and whoever is
first wins; on SQLite there is one writer anyway. The unique indexes of entries hold the limits besides (docs/adr/0043).
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from recado.core.action import EnterContest, SendReply
from recado.core.contest import Contest, EntryState, Refusal
from recado.core.contest_age import AskedAge
from recado.core.contest_entry import SeenContest
from recado.core.contest_state import AskedAgain, NewEntry, Phone, Settled, Tally, Waiting
from recado.core.decision import Decision
from recado.core.message import InboundMessage
from recado.core.taking_part import Asked
from recado.store import contest_rows
from recado.store.activity_tables import CONTEST_ENTRY
from recado.store.contest_rows import Key
from recado.store.dialect import Connection

if TYPE_CHECKING:
    from recado.store.activities import Phone as NumberAndPhone
    from recado.store.activities import Wanted
    from recado.store.write import Rows

_SETTLE = """UPDATE contests_entry SET state = ?, reason = ?, sequence = ?, is_winner = ?
    WHERE id = ? AND state = 'pending'"""
_ASK_AGAIN = "UPDATE contests_entry SET age_asked_at = ? WHERE id = ? AND state = 'pending'"
_WIN = """INSERT INTO contests_win (account_id, contest_id, entry_id, msisdn, place, round, is_reserve, is_void, note, notified_at, won_at)
    VALUES (?, ?, ?, ?, ?, 0, FALSE, FALSE, '', ?, ?)"""
_STATE, _REASON, _SEQUENCE, _IS_WINNER, _ASKED = (
    list(CONTEST_ENTRY.columns).index(name) for name in ("state", "reason", "sequence", "is_winner", "age_asked_at")
)


@dataclass(slots=True)
class Contests:
    """The contests in play for a group (`store.activities.Holder`)."""

    contests: dict[int, Contest]
    tallies: dict[tuple[int, bool], Tally]
    phones: dict[Key, Phone]
    waiting_on: dict[Key, int]
    """Of who waits for an answer about their age: the number they were asked from."""
    drawn: frozenset[int] = frozenset()
    """Entries whose list is frozen, so that they come too late."""
    individual: frozenset[int] = frozenset()
    """Numbers from which people can be asked."""
    new: dict[int, list[Any]] = field(default_factory=dict)
    """Rows of this group, by the id of the entry."""

    def seen(self, target_id: int, message: InboundMessage) -> SeenContest | None:
        """Return a contest as the sender of a message finds it."""
        contest = self.contests.get(target_id)
        if contest is None:
            return None
        phone = self.phones.get((target_id, message.sender, message.is_test), Phone())
        return SeenContest(contest, phone, self.tallies[target_id, message.is_test], self.individual)

    def asked(self, phone: "NumberAndPhone") -> Collection[Asked]:
        """Return the questions for an age that a phone was asked from a number."""
        if not self.waiting_on:
            return ()
        number_id, msisdn, is_test = phone
        found = []
        for contest in self.contests.values():
            key = (contest.id, msisdn, is_test)
            waiting = self.phones[key].waiting if self.waiting_on.get(key) == number_id else None
            if waiting is not None:
                found.append(AskedAge(contest, self.tallies[contest.id, is_test], waiting, waiting.entry_id in self.drawn))
        return found

    def collect(self, rows: "Rows", message: InboundMessage, decision: Decision, _dialogue_id: int | None, action: EnterContest) -> None:
        """Add what becomes of an entry, and remember it."""
        result = action.result
        key = (action.target_id, message.sender, message.is_test)
        if isinstance(result, NewEntry):
            self._enter(rows, message, decision, key, result)
        elif isinstance(result, Settled):
            self._settle(rows, decision, key, result)
        elif isinstance(result, AskedAgain):
            self._ask_again(rows, decision, key, result)

    def _enter(self, rows: "Rows", message: InboundMessage, decision: Decision, key: Key, entry: NewEntry) -> None:
        entry_id = next(rows.ids)
        is_pending = entry.state is EntryState.PENDING
        row = [
            entry_id, decision.account_id, key[0], decision.number_id, message.sender, message.is_test, message.id, decision.keyword_id,
            message.text, entry.answer, entry.state.value, entry.reason.value if entry.reason is not None else "",
            entry.day, entry.day_ordinal, entry.ordinal, entry.sequence, entry.is_winner, rows.now if is_pending else None, rows.now,
        ]  # fmt: skip
        rows.take_part(CONTEST_ENTRY, row)
        phone = self.phones.get(key, Phone())
        if entry.ordinal is not None:
            phone = replace(phone, entries=entry.ordinal, entries_today=entry.day_ordinal or 0)
        if is_pending:
            phone = replace(phone, waiting=Waiting(entry_id, entry.day, rows.read_at))
            self.waiting_on[key] = decision.number_id or 0
            self.new[entry_id] = row
        self.phones[key] = phone
        self._count(rows, decision, key, entry_id, entry)

    def _settle(self, rows: "Rows", decision: Decision, key: Key, entry: Settled) -> None:
        reason = entry.reason.value if entry.reason is not None else ""
        row = self.new.get(entry.entry_id)
        if row is None:
            values = (entry.state.value, reason, entry.sequence, entry.is_winner, entry.entry_id)
            rows.changed.append((_SETTLE, values))
        else:  # of this very group, and not written yet
            row[_STATE], row[_REASON], row[_SEQUENCE], row[_IS_WINNER] = entry.state.value, reason, entry.sequence, entry.is_winner
        self.waiting_on.pop(key, None)
        is_too_young = entry.reason is Refusal.UNDER_AGE
        self.phones[key] = replace(self.phones[key], waiting=None, is_of_age=not is_too_young, is_too_young=is_too_young)
        self._count(rows, decision, key, entry.entry_id, entry)

    def _ask_again(self, rows: "Rows", decision: Decision, key: Key, asked: AskedAgain) -> None:
        row = self.new.get(asked.entry_id)
        if row is None:
            rows.changed.append((_ASK_AGAIN, (rows.now, asked.entry_id)))
        else:
            row[_ASKED] = rows.now
        phone = self.phones[key]
        if phone.waiting is not None:
            self.phones[key] = replace(phone, waiting=replace(phone.waiting, asked_at=rows.read_at))
            self.waiting_on[key] = decision.number_id or 0

    def _count(self, rows: "Rows", decision: Decision, key: Key, entry_id: int, entry: NewEntry | Settled) -> None:
        """Count an entry that got a number; of a real win, write whose it is."""
        contest_id, msisdn, is_test = key
        if entry.sequence is None:
            return
        tally = self.tallies[contest_id, is_test].after(entry.sequence, entry.day, is_winner=entry.is_winner)
        self.tallies[contest_id, is_test] = tally
        if entry.is_winner and not is_test:
            told_at = rows.now if any(isinstance(one, SendReply) for one in decision.actions) else None
            place = self.contests[contest_id].place_of(entry.sequence, tally.wins)
            rows.changed.append((_WIN, (decision.account_id, contest_id, entry_id, msisdn, place, told_at, rows.now)))
            self._won(decision.account_id, msisdn)

    def _won(self, account_id: int | None, msisdn: str) -> None:
        """Let all contests of the account know who won."""
        for contest in self.contests.values():
            if contest.account_id == account_id and contest.excludes_earlier_winners:
                key = (contest.id, msisdn, False)
                self.phones[key] = replace(self.phones.get(key, Phone()), won_lately=True)


def load_contests(con: Connection, wanted: "Wanted", now: datetime) -> Contests | None:
    """Load the contests that rules in play name, and those in which somebody of the group was asked for their age."""
    named = wanted.targets.get(EnterContest, set())
    asked = contest_rows.asked_for_age(con, wanted.phones) if wanted.phones else set()
    if not named and not asked:
        return None
    contests, today = contest_rows.load(con, sorted(named | {contest_id for contest_id, _, _ in asked}), now)
    people = {
        (one.id, msisdn, is_test)
        for one in contests.values()
        if one.id in named
        for account_id, msisdn, is_test in wanted.people
        if account_id == one.account_id
    }
    keys = sorted(people | {key for key in asked if key[0] in contests})
    waiting = contest_rows.load_waiting(con, [key for key in keys if contests[key[0]].min_age or key in asked])
    phones = contest_rows.load_phones(con, contests, keys, today, waiting, now)
    days = {one: {day} for one, day in today.items()}
    for key, (found, _) in waiting.items():
        days[key[0]].add(found.day)
    return Contests(
        contests,
        contest_rows.load_tallies(con, contests, {(one, is_test) for one in contests for is_test in (False, True)}, days),
        phones,
        {key: number_id for key, (_, number_id) in waiting.items()},
        contest_rows.load_drawn(con, {found.entry_id: (key[0], found.day) for key, (found, _) in waiting.items()}),
        frozenset(number_id for number_id, _, _ in wanted.phones),
    )
