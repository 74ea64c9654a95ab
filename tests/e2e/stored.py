"""What must be in the database once an insistent carrier is through: every message once, with all its effects."""

from contextlib import closing

from insistent_carrier import InsistentCarrier

from recado.config import Database
from recado.store.dialect import connect
from recado.store.recount import SUBJECTS, recount

COUNTED = {
    "messages": "SELECT COUNT(*) FROM inbox_message",
    "distinct senders": "SELECT COUNT(DISTINCT sender) FROM inbox_message",
    "contacts": "SELECT COUNT(*) FROM contacts_contact",
    "memberships": "SELECT COUNT(*) FROM contacts_groupmembership",
    "dialogues": "SELECT COUNT(*) FROM dialogues_dialogue",
    "dialogues with one message in": "SELECT COUNT(*) FROM dialogues_dialogue WHERE message_count >= 1 AND unread_count = 1",
    "replies": "SELECT COUNT(*) FROM outbox_outboundmessage",
    "reply jobs": "SELECT COUNT(*) FROM outbox_job WHERE kind = 'submit'",
    "replies with their money": "SELECT COUNT(*) FROM outbox_outboundmessage WHERE cost > 0 AND charge_state IN ('reserved', 'settled')",
    "forward jobs": "SELECT COUNT(*) FROM outbox_job WHERE kind = 'forward_url'",
}


def assert_stored_once(carrier: InsistentCarrier, database: Database) -> None:
    """Compare what the carrier was told with what is there."""
    assert carrier.acknowledged == carrier.sent
    with closing(connect(database)) as con:
        counts = {what: con.rows(statement)[0][0] for what, statement in COUNTED.items()}
        differences = [one for subject in SUBJECTS for one in recount(con, subject, 0).differences]
        quarantined = con.rows("SELECT COUNT(*) FROM connections_quarantine")[0][0]
    assert counts == dict.fromkeys(COUNTED, len(carrier.sent))
    assert quarantined == 0
    assert differences == []
