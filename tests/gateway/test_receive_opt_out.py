"""Opting out as it is stored, on both databases: proofs, scopes, several accounts on a shared number, nothing twice."""

from datetime import timedelta

import pytest

from gateway.test_receive import ANNA, NOW, World
from recado.store.dialect import Connection
from recado.testing.routing import INDIVIDUAL, SHARED, action, insert, keyword_with_rule

PLACE = "account_id, msisdn, scope, target_id"


@pytest.fixture
def world(connection: Connection) -> World:
    return World(connection)


def in_force(world: World) -> list[tuple[object, ...]]:
    return world.con.rows(f"SELECT {PLACE} FROM contacts_optout WHERE lifted_at IS NULL ORDER BY account_id, scope, target_id")


def test_a_stop_on_an_own_number_is_kept_with_its_proof_and_confirmed_once(world: World) -> None:
    world.receive(world.part("Stop, thank you", recipient=INDIVIDUAL), world.part("STOP", recipient=INDIVIDUAL))
    world.receive(world.part("stop!", recipient=INDIVIDUAL))
    account = world.ids.accounts[0]
    first = world.con.row("SELECT id FROM inbox_message ORDER BY id LIMIT 1")
    assert world.all("contacts_optout", f"{PLACE}, number_id, text") == [
        (account, ANNA, "account", 0, world.ids.individual_id, "Stop, thank you")
    ]
    assert world.all("contacts_consentrecord", "account_id, kind, message_id, text") == [
        (account, "opted_out", first[0], "Stop, thank you")
    ]
    assert len(world.all("outbox_outboundmessage", "id")) == 1


def test_stop_with_a_keyword_leaves_its_group_and_signing_up_again_lifts_it(world: World) -> None:
    world.receive(world.part("gardener"))
    world.receive(world.part("STOP GARDENER"))
    account, group = world.ids.accounts[0], world.ids.group_id
    assert in_force(world) == [(account, ANNA, "group", group)]
    assert world.all("contacts_groupmembership", "id") == []
    world.receive(world.part("gardener"))
    assert in_force(world) == []
    assert len(world.all("contacts_groupmembership", "id")) == 1
    kinds = [row[0] for row in world.all("contacts_consentrecord", "kind")]
    assert kinds == ["joined", "opted_out", "left", "joined", "opted_in"]


def test_a_plain_stop_on_a_shared_number_reaches_every_account_with_the_phone_and_no_other(world: World) -> None:
    con, at = world.con, world.con.dialect.timestamp(NOW)
    first, second = world.ids.accounts
    with con.transaction():
        group = insert(con, "contacts_group", account_id=second, name="Film", created_at=at)
        _, rule = keyword_with_rule(con, second, world.ids.shared_id, "CINEMA", at)
        action(con, rule, "add_to_group", group_id=group)
        third = insert(con, "accounts_account", name="C", language="pl", time_zone="UTC", is_suspended=False, created_at=at)
        keyword_with_rule(con, third, world.ids.shared_id, "OTHER", at)
    world.receive(world.part("gardener"), world.part("cinema"))
    result = world.receive(world.part("STOP"))
    assert in_force(world) == [(first, ANNA, "account", 0), (second, ANNA, "account", 0)]
    stored = con.row("SELECT account_id, is_discarded FROM inbox_message ORDER BY id DESC LIMIT 1")
    assert (stored[0], bool(stored[1])) == (None, True)
    assert result.unmatched_count == 1
    replies = con.rows("SELECT account_id, text FROM outbox_outboundmessage WHERE text LIKE '%START%'")
    assert [row[0] for row in replies] == [None]
    assert con.rows("SELECT account_id, kind FROM outbox_job WHERE message_id = ?", (result.message_ids[0],)) == [(None, "submit")]
    assert third not in {row[0] for row in in_force(world)}


def test_a_plain_stop_on_a_shared_number_is_the_accounts_own_where_it_alone_has_the_phone(world: World) -> None:
    world.receive(world.part("gardener"))
    world.receive(world.part("Stop"))
    account = world.ids.accounts[0]
    assert world.con.row("SELECT account_id, dialogue_id IS NOT NULL FROM inbox_message ORDER BY id DESC LIMIT 1")[0] == account
    assert in_force(world) == [(account, ANNA, "account", 0)]


def test_a_phone_that_texts_are_forwarded_to_opts_out_of_them_with_stop_on_a_shared_number(world: World) -> None:
    con, ids = world.con, world.ids
    sent = {"id": 7, "account_id": ids.accounts[0], "number_id": ids.shared_id, "sender": "1", "recipient": ANNA, "text": "x"}
    rest = {
        "origin": "forward",
        "segment_count": 1,
        "state": "sent",
        "reason": "",
        "carrier_error": "",
        "is_test": False,
        "destination_id": 7,
    }
    with con.transaction():
        insert(con, "outbox_outboundmessage", **sent, **rest, created_at=con.dialect.timestamp(NOW))
    world.receive(world.part("STOP"))
    assert in_force(world) == [(ids.accounts[0], ANNA, "account", 0)]


def test_an_account_that_wrote_long_ago_is_not_concerned(world: World) -> None:
    world.receive(world.part("gardener"))
    world.con.execute("DELETE FROM contacts_groupmembership")
    later = NOW + timedelta(days=91)
    world.receive(world.part("STOP", received_at=later), now=later)
    assert in_force(world) == []
    assert "opt_out_of_nothing" in str(world.con.row("SELECT trail FROM inbox_message ORDER BY id DESC LIMIT 1"))


def test_start_lifts_what_was_left_and_keeps_the_history(world: World) -> None:
    world.receive(world.part("gardener"))
    world.receive(world.part("stop"), world.part("start"))
    assert in_force(world) == []
    assert len(world.all("contacts_optout", "id")) == 1
    world.receive(world.part("stop"))
    assert len(in_force(world)) == 1
    assert len(world.all("contacts_optout", "id")) == 2


def test_a_blocked_sender_is_stored_and_marked_without_any_action(world: World) -> None:
    at = world.con.dialect.timestamp(NOW)
    insert(world.con, "contacts_blockedsender", account_id=world.ids.accounts[0], msisdn=ANNA, reason="", created_at=at)
    world.receive(world.part("gardener"))
    assert world.all("inbox_message", "flag") == [("blocked",)]
    assert world.all("outbox_job", "id") == []
    assert world.all("contacts_groupmembership", "id") == []


def test_a_sentence_with_stop_is_flagged_and_stored_like_any_other(world: World) -> None:
    world.receive(world.part("Please stop sending roses, lilies are nicer", recipient=INDIVIDUAL, sender=SHARED))
    assert world.all("inbox_message", "flag") == [("opt_out",)]
    assert in_force(world) == []
