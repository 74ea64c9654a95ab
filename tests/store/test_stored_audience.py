"""Loading whom a campaign goes to, and writing its messages, mean the same on both databases."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from recado.core.audience import Skipped
from recado.store.audience import Entry, load_audience, load_entries, load_names
from recado.store.dialect import Connection
from recado.store.entries import NewEntry, add_entries
from recado.store.preparing import Common, NewMessage, OvertakenError, load_dialogues, load_taken_unique_ids, write_portion

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
ACCOUNT, STRANGER, CAMPAIGN, NUMBER = 1, 2, 1, 5
GARDEN, NEWS, STAFF, THEIRS = 1, 2, 3, 4
COMMON = Common(CAMPAIGN, ACCOUNT, "campaign", None, False, "full", False, NOW, None, NOW)


def add(con: Connection, table: str, **row: Any) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    con.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))  # names from here


@pytest.fixture
def con(connection: Connection) -> Connection:
    """Two accounts with groups and people, and a campaign to two of the groups without a third."""
    stamp = connection.dialect.timestamp(NOW)
    with connection.transaction():
        for account in (ACCOUNT, STRANGER):
            given = {"name": f"Shop {account}", "language": "pl", "time_zone": "Europe/Warsaw", "is_suspended": False, "created_at": stamp}
            add(connection, "accounts_account", id=account, **given)
        for group in (GARDEN, NEWS, STAFF, THEIRS):
            account = STRANGER if group == THEIRS else ACCOUNT
            add(connection, "contacts_group", id=group, account_id=account, name=f"Group {group}", created_at=stamp)
        campaign = {
            "name": "", "text": "Hello", "kind": "full", "state": "preparing", "origin": "campaign", "is_flash": False, "is_test": False,
            "keeps_quiet_hours": True, "prepared_to": 0, "released_to": 0, "recipient_count": 0, "duplicate_count": 0, "opted_out_count": 0,
            "blocked_count": 0, "invalid_count": 0, "segment_count": 0, "cost": 0,
        }  # fmt: skip
        add(connection, "campaigns_campaign", id=CAMPAIGN, account_id=ACCOUNT, created_at=stamp, **campaign)
        for group, is_excluded in ((GARDEN, False), (NEWS, False), (STAFF, True)):
            add(connection, "campaigns_campaigngroup", campaign_id=CAMPAIGN, group_id=group, is_excluded=is_excluded)
        add(connection, "numbers_number", id=NUMBER, digits="48664200300", kind="individual_long", state="assigned", label="",
            can_send=True, created_at=stamp)  # fmt: skip
    return connection


def member(con: Connection, key: int, *groups: int, account: int = ACCOUNT, ends_at: datetime | None = None, msisdn: str = "") -> str:
    msisdn = msisdn or f"48600000{key:03}"
    moment = con.dialect.timestamp
    empty = dict.fromkeys(("last_name", "company", "email", "tax_id", "address", "city", "description"), "")
    with con.transaction():
        add(con, "contacts_contact", id=key, account_id=account, msisdn=msisdn, first_name=f"Person {key}", created_at=moment(NOW), **empty)
        for group in groups:
            ending = moment(ends_at) if ends_at else None
            add(con, "contacts_groupmembership", id=key * 10 + group, group_id=group, contact_id=key, joined_at=moment(NOW), ends_at=ending)
    return msisdn


def opt_out(con: Connection, msisdn: str, scope: str, target: int = 0, account: int = ACCOUNT, *, is_lifted: bool = False) -> None:
    stamp = con.dialect.timestamp(NOW)
    with con.transaction():
        key = (con.row("SELECT COUNT(*) FROM contacts_optout") or (0,))[0] + 1
        add(con, "contacts_optout", id=key, account_id=account, msisdn=msisdn, scope=scope, target_id=target, text="", created_at=stamp,
            lifted_at=stamp if is_lifted else None)  # fmt: skip


def entry(con: Connection, key: int, msisdn: str, contact: int | None = None, text: str = "", **values: str) -> None:
    with con.transaction():
        add(con, "campaigns_campaignentry", id=key, campaign_id=CAMPAIGN, contact_id=contact, msisdn=msisdn, text=text, unique_id="",
            values=json.dumps(values))  # fmt: skip


def test_memberships_that_hold_now_count(con: Connection):
    current, ending = member(con, 1, GARDEN), member(con, 2, GARDEN, NEWS, ends_at=NOW + timedelta(seconds=1))
    member(con, 3, GARDEN, ends_at=NOW)
    member(con, 4, GARDEN, STAFF)
    member(con, 5, THEIRS, account=STRANGER)
    member(con, 6)
    found = load_audience(con, CAMPAIGN, ACCOUNT, [NUMBER], NOW).audience
    assert list(map(str, found.phones)) == [current, ending]
    assert found.skipped == Skipped(excluded=1, duplicate=1)


def test_opt_outs_of_the_account_that_cover_the_campaign_count(con: Connection):
    people = [member(con, key, GARDEN, NEWS) for key in range(1, 9)]
    opt_out(con, people[0], "account")
    opt_out(con, people[1], "number", NUMBER)
    opt_out(con, people[2], "number", NUMBER + 1)
    opt_out(con, people[3], "group", GARDEN)
    opt_out(con, people[4], "keyword", GARDEN)
    opt_out(con, people[5], "account", account=STRANGER)
    opt_out(con, people[6], "account", is_lifted=True)
    opt_out(con, people[7], "group", GARDEN)
    opt_out(con, people[7], "group", NEWS)
    found = load_audience(con, CAMPAIGN, ACCOUNT, [NUMBER], NOW).audience
    assert list(map(str, found.phones)) == people[2:7]
    assert found.skipped.opted_out == 3


def test_single_people_bring_texts_and_values(con: Connection):
    hanna = member(con, 1, GARDEN)
    entry(con, 11, "48600000999", contact=1, code="ABC")  # the contact's number counts
    entry(con, 12, hanna, text="Later")
    entry(con, 13, "48600000998", text="Own", code="ż")
    loaded = load_audience(con, CAMPAIGN, ACCOUNT, [], NOW)
    assert list(loaded.audience.phones) == [48600000001, 48600000998]
    assert loaded.entry_ids == {48600000001: 11, 48600000998: 13}
    assert load_entries(con, [11, 13]) == {11: Entry("", "", {"code": "ABC"}), 13: Entry("Own", "", {"code": "ż"})}
    assert load_entries(con, []) == {}
    assert load_names(con, ACCOUNT, [hanna, "48600000998"]) == {hanna: ("Person 1", "")}
    assert load_names(con, STRANGER, [hanna]) == {}


def test_people_of_a_file_are_added_in_their_order(con: Connection):
    people = [NewEntry(f"48600000{place:03}", "", "", {"code": f"ż{place}"}) for place in range(3)]
    with con.transaction():
        add_entries(con, CAMPAIGN, [*people, NewEntry("48600000001", "Own", "Order1", {})])
        add_entries(con, CAMPAIGN, [])
    loaded = load_audience(con, CAMPAIGN, ACCOUNT, [], NOW)
    assert list(map(str, loaded.audience.phones)) == [one.msisdn for one in people]
    ids = sorted(row[0] for row in con.rows("SELECT id FROM campaigns_campaignentry"))
    found = load_entries(con, ids)
    assert [found[one] for one in ids] == [*(Entry("", "", one.values) for one in people), Entry("Own", "Order1", {})]
    assert loaded.entry_ids[48600000001] == ids[1]


def new(key: int, **more: Any) -> NewMessage:
    return NewMessage(key, NUMBER, None, None, "48664200300", f"48600000{key:03}", "Hello", 1, **({"unique_id": None, "cost": 9} | more))


def test_a_portion_is_written_once_with_how_far_it_is(con: Connection):
    with con.transaction():
        write_portion(con, COMMON, [new(1), new(2, cost=0, reason="no_pool_number", unique_id="Order1")], 0, 48600000002, NOW)
    rows = con.rows("SELECT id, recipient, state, reason, campaign_id, finished_at IS NULL FROM outbox_outboundmessage ORDER BY id")
    assert [(*row[:5], bool(row[5])) for row in rows] == [
        (1, "48600000001", "queued", "", CAMPAIGN, True),
        (2, "48600000002", "unsent", "no_pool_number", CAMPAIGN, False),
    ]
    assert con.rows("SELECT prepared_to, recipient_count, segment_count, cost FROM campaigns_campaign") == [(48600000002, 2, 2, 9)]
    with pytest.raises(OvertakenError), con.transaction():
        write_portion(con, COMMON, [new(3)], 0, 48600000003, NOW)
    with con.transaction():
        con.execute("UPDATE campaigns_campaign SET state = 'stopped'")
    with pytest.raises(OvertakenError), con.transaction():
        write_portion(con, COMMON, [new(3)], 48600000002, 48600000003, NOW)
    assert con.rows("SELECT COUNT(*) FROM outbox_outboundmessage") == [(2,)]
    assert load_taken_unique_ids(con, ACCOUNT, ["Order1", "Order2"]) == {"Order1"}
    assert load_taken_unique_ids(con, STRANGER, ["Order1"]) == set()


def test_dialogues_of_the_account_are_found(con: Connection):
    given = {"number_id": NUMBER, "msisdn": "48600000001", "state": "open", "last_message_at": con.dialect.timestamp(NOW)}
    given |= {"last_text": "", "last_is_inbound": True, "unread_count": 0, "message_count": 0, "is_test": False}
    with con.transaction():
        for key, account in ((7, ACCOUNT), (8, STRANGER)):
            add(con, "dialogues_dialogue", id=key, account_id=account, **given)
    asked = [(NUMBER, "48600000001"), (NUMBER, "48600000002")]
    assert load_dialogues(con, ACCOUNT, asked) == {(NUMBER, "48600000001"): 7}
    assert load_dialogues(con, ACCOUNT, []) == {}
