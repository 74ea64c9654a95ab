"""Counts anew what is kept as a sum: balances, reserved money, transfers of messages, counters of conversations and group sends.

What belongs here: queries that compare within one statement, so that what happens meanwhile looks like no difference, each over a portion,
so that nobody waits. What does not: when they run and what is done with what they find (`apps.billing.self_check`).
"""

from typing import NamedTuple

from recado.store.dialect import Connection

PORTION = 2000


class Difference(NamedTuple):
    """One sum that is not what its parts come to."""

    id: int
    """Of the account, message, transfer, conversation or group send; of wallets it is the account."""
    stored: int
    counted: int


class Portion(NamedTuple):
    """What one portion came to."""

    differences: list[Difference]
    looked_at: int
    last_id: int | None
    """Where the next one begins; None: this was the last."""


# Each says of a table: its ids, the rows of a portion that differ. The portion is `id > ? AND id <= ?`.
_BALANCES = """
    SELECT id, stored, counted FROM (
        SELECT w.account_id AS id, w.balance AS stored, COALESCE((
            SELECT SUM(CASE WHEN t.credit = 'customer' THEN t.amount ELSE 0 END - CASE WHEN t.debit = 'customer' THEN t.amount ELSE 0 END)
            FROM billing_transfer t WHERE t.account_id = w.account_id), 0) AS counted
        FROM billing_wallet w WHERE w.account_id > ? AND w.account_id <= ?) AS found
    WHERE stored <> counted ORDER BY id"""
_RESERVED = """
    SELECT id, stored, counted FROM (
        SELECT w.account_id AS id, w.reserved AS stored,
            COALESCE((SELECT SUM(o.cost) FROM outbox_outboundmessage o
                WHERE o.account_id = w.account_id AND o.charge_state = 'reserved'), 0)
            + COALESCE((SELECT SUM(c.held) FROM campaigns_campaign c WHERE c.account_id = w.account_id), 0) AS counted
        FROM billing_wallet w WHERE w.account_id > ? AND w.account_id <= ?) AS found
    WHERE stored <> counted ORDER BY id"""
# A transfer of a message that is not paid, or costs something else: what was booked against what the message says.
_TRANSFERS = """
    SELECT t.id, t.amount, CASE WHEN o.charge_state = 'settled' THEN o.cost ELSE 0 END
    FROM billing_transfer t LEFT JOIN outbox_outboundmessage o ON o.id = t.reference_id
    WHERE t.event = 'message' AND t.id > ? AND t.id <= ?
      AND (o.id IS NULL OR o.charge_state <> 'settled' OR o.cost <> t.amount OR o.account_id <> t.account_id)
    ORDER BY t.id"""
# A message whose money is not where its state says: what it costs against what was booked for it.
_MESSAGES = """
    SELECT o.id, o.cost, COALESCE((SELECT t.amount FROM billing_transfer t WHERE t.event = 'message' AND t.reference_id = o.id
        AND t.leg = 0), 0)
    FROM outbox_outboundmessage o
    WHERE o.id > ? AND o.id <= ? AND (
        (o.charge_state = 'settled' AND (o.state IN ('queued', 'unsent') OR NOT EXISTS (
            SELECT 1 FROM billing_transfer t WHERE t.event = 'message' AND t.reference_id = o.id AND t.leg = 0)))
        OR (o.charge_state = 'reserved' AND o.state <> 'queued')
        OR (o.charge_state = 'released' AND o.cost <> 0))
    ORDER BY o.id"""
# Messages of group sends that were written into a conversation count in it only once they are answered.
_DIALOGUES = """
    SELECT id, stored, received + sent FROM (
        SELECT d.id AS id, d.message_count AS stored, d.unread_count AS unread,
            (SELECT COUNT(*) FROM inbox_message m WHERE m.dialogue_id = d.id) AS received,
            (SELECT COUNT(*) FROM outbox_outboundmessage o WHERE o.dialogue_id = d.id) AS sent,
            (SELECT COUNT(*) FROM outbox_outboundmessage o WHERE o.dialogue_id = d.id AND o.campaign_id IS NOT NULL) AS of_campaigns
        FROM dialogues_dialogue d WHERE d.id > ? AND d.id <= ?) AS found
    WHERE stored > received + sent OR stored < received + sent - of_campaigns OR unread < 0 ORDER BY id"""
_CAMPAIGNS = """
    SELECT id, stored, counted FROM (
        SELECT c.id AS id, c.recipient_count AS stored,
            (SELECT COUNT(*) FROM outbox_outboundmessage o WHERE o.campaign_id = c.id) AS counted
        FROM campaigns_campaign c WHERE c.id > ? AND c.id <= ? AND c.state NOT IN ('draft', 'scheduled')) AS found
    WHERE stored <> counted ORDER BY id"""
_TABLES = {
    "balances": ("billing_wallet", "account_id", _BALANCES),
    "reserved": ("billing_wallet", "account_id", _RESERVED),
    "transfers": ("billing_transfer", "id", _TRANSFERS),
    "messages": ("outbox_outboundmessage", "id", _MESSAGES),
    "conversations": ("dialogues_dialogue", "id", _DIALOGUES),
    "group_sends": ("campaigns_campaign", "id", _CAMPAIGNS),
}
SUBJECTS = tuple(_TABLES)
BY_TIME = frozenset({"transfers", "messages", "conversations"})
"""Those whose ids grow with time, so that one can begin at a moment."""


def recount(con: Connection, subject: str, after: int, limit: int = PORTION) -> Portion:
    """Compare the next rows of a subject, those with ids greater than `after`."""
    table, key, sql = _TABLES[subject]
    bound = f"SELECT COUNT(*), MAX(k) FROM (SELECT {key} AS k FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT ?) AS portion"  # noqa: S608
    count, last = con.row(bound, (after, limit)) or (0, None)
    if not count:
        return Portion([], 0, None)
    differences = [Difference(int(row[0]), int(row[1]), int(row[2])) for row in con.rows(sql, (after, last))]
    return Portion(differences, count, last if count == limit else None)
