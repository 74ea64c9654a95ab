"""One declaration per table that the hot path writes; tests/store/test_statements.py compares each with the Django models, both ways.

What a declaration is made into belongs to `insert`, which rows are written to `write`.
"""

from recado.store.activity_tables import ACTIVITY_INSERTS
from recado.store.dialect import Connection
from recado.store.insert import BIGINT, BOOLEAN, BYTES, INTEGER, SMALLINT, TEXT, TIMESTAMP, Insert

_DO_NOTHING = "ON CONFLICT DO NOTHING"
_HAS_ENDED = "contacts_groupmembership.ends_at <= excluded.joined_at"
_JOIN_AGAIN = (
    "ON CONFLICT (group_id, contact_id) DO UPDATE SET "
    + ", ".join(
        f"{name} = CASE WHEN {_HAS_ENDED} THEN excluded.{name} ELSE contacts_groupmembership.{name} END"
        for name in ("joined_at", "message_id", "keyword_id")
    )
    + ", ends_at = CASE WHEN contacts_groupmembership.ends_at IS NULL THEN NULL ELSE excluded.ends_at END"
)
"""A membership that has ended, or would end earlier, is still there: it begins anew, or goes on. One without an end stays as it is."""
_ASK_AGAIN = "ON CONFLICT (number_id, msisdn) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in ("account_id", "keyword_id", "message_id", "text", "asked_at", "answered_at")
)
"""Only the last question to a phone from a number counts."""

RECEIVED_MMS = Insert("mms_receivedmms", {"id": BIGINT, "subject": TEXT, "slides": TEXT})

SENT_MMS = Insert("mms_sentmms", {"id": BIGINT, "subject": TEXT, "attachments_id": BIGINT})

ATTACHMENT = Insert(
    "mms_attachment",
    {
        "id": BIGINT,
        "message_id": BIGINT,
        "outbound_id": BIGINT,
        "position": SMALLINT,
        "role": TEXT,
        "sha256": TEXT,
        "size": BIGINT,
        "content_type": TEXT,
        "claimed_type": TEXT,
        "name": TEXT,
        "content_id": TEXT,
    },
)

CONTENT = Insert(
    "media_content",
    {"sha256": TEXT, "size": BIGINT, "content_type": TEXT, "created_at": TIMESTAMP},
    {"scan_state": "'received'", "scan_word": "''", "preview_state": "'waiting'", "preview_sha256": "''", "stripped_sha256": "''"},
    conflict=_DO_NOTHING,
)

MESSAGE = Insert(
    "inbox_message",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "number_id": BIGINT,
        "connection_id": BIGINT,
        "dialogue_id": BIGINT,
        "keyword_id": BIGINT,
        "rule_id": BIGINT,
        "sender": TEXT,
        "recipient": TEXT,
        "text": TEXT,
        "argument": TEXT,
        "encoding": SMALLINT,
        "received_at": TIMESTAMP,
        "parts_received": SMALLINT,
        "parts_total": SMALLINT,
        "carrier_message_id": TEXT,
        "fingerprint": BIGINT,
        "trail": TEXT,
        "raw": BYTES,
        "is_test": BOOLEAN,
        "flag": TEXT,
        "is_discarded": BOOLEAN,
        "answers_id": BIGINT,
        "campaign_id": BIGINT,
    },
    {"is_read_by_api": "FALSE"},
)

PART = Insert(
    "inbox_part",
    {
        "id": BIGINT,
        "assembly_id": BIGINT,
        "message_id": BIGINT,
        "connection_id": BIGINT,
        "sender": TEXT,
        "recipient": TEXT,
        "reference": INTEGER,
        "width": SMALLINT,
        "total": SMALLINT,
        "position": SMALLINT,
        "text": TEXT,
        "encoding": SMALLINT,
        "fingerprint": BIGINT,
        "carrier_message_id": TEXT,
        "raw": BYTES,
        "is_test": BOOLEAN,
        "received_at": TIMESTAMP,
    },
)

DIALOGUE = Insert(
    "dialogues_dialogue",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "number_id": BIGINT,
        "msisdn": TEXT,
        "contact_id": BIGINT,
        "last_message_at": TIMESTAMP,
        "last_text": TEXT,
        "last_keyword_id": BIGINT,
        "unread_count": INTEGER,
        "message_count": INTEGER,
        "is_test": BOOLEAN,
    },
    {"state": "'open'", "last_is_inbound": "TRUE"},
    _DO_NOTHING,
)

CONTACT = Insert(
    "contacts_contact",
    {"id": BIGINT, "account_id": BIGINT, "msisdn": TEXT, "created_at": TIMESTAMP},
    dict.fromkeys(("first_name", "last_name", "company", "email", "tax_id", "address", "city", "description"), "''")
    | {"source": "'keyword'"},
    _DO_NOTHING,
)

GROUP_MEMBERSHIP = Insert(
    "contacts_groupmembership",
    {
        "id": BIGINT,
        "group_id": BIGINT,
        "contact_id": BIGINT,
        "joined_at": TIMESTAMP,
        "message_id": BIGINT,
        "keyword_id": BIGINT,
        "ends_at": TIMESTAMP,
    },
    conflict=_JOIN_AGAIN,
)

CONSENT_RECORD = Insert(
    "contacts_consentrecord",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "msisdn": TEXT,
        "kind": TEXT,
        "group_id": BIGINT,
        "number_id": BIGINT,
        "keyword_id": BIGINT,
        "rule_id": BIGINT,
        "message_id": BIGINT,
        "text": TEXT,
        "routes_version": BIGINT,
        "at": TIMESTAMP,
    },
)

OPT_OUT = Insert(
    "contacts_optout",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "msisdn": TEXT,
        "scope": TEXT,
        "target_id": BIGINT,
        "number_id": BIGINT,
        "message_id": BIGINT,
        "text": TEXT,
        "created_at": TIMESTAMP,
        "lifted_at": TIMESTAMP,
    },
    conflict=_DO_NOTHING,
)

OPEN_QUESTION = Insert(
    "keywords_openquestion",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "number_id": BIGINT,
        "msisdn": TEXT,
        "keyword_id": BIGINT,
        "message_id": BIGINT,
        "text": TEXT,
        "asked_at": TIMESTAMP,
        "answered_at": TIMESTAMP,
    },
    conflict=_ASK_AGAIN,
)

BREAKER_TRIP = Insert(
    "autoresponders_breakertrip",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "number_id": BIGINT,
        "rule_id": BIGINT,
        "autoresponder_id": BIGINT,
        "msisdn": TEXT,
        "reason": TEXT,
        "message_id": BIGINT,
        "is_test": BOOLEAN,
        "tripped_at": TIMESTAMP,
        "until": TIMESTAMP,
    },
)

ANSWER_DAY = Insert(
    "autoresponders_answerday",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "source": TEXT,
        "source_id": BIGINT,
        "day": TEXT,
        "answers": INTEGER,
        "segments": INTEGER,
        "cost": INTEGER,
        "stopped_ceiling": INTEGER,
    },
    conflict="ON CONFLICT (source, source_id, day) DO UPDATE SET "
    + ", ".join(f"{name} = autoresponders_answerday.{name} + excluded.{name}" for name in ("answers", "segments", "cost"))
    + ", stopped_ceiling = COALESCE(excluded.stopped_ceiling, autoresponders_answerday.stopped_ceiling)",
)

OUTBOUND_MESSAGE = Insert(
    "outbox_outboundmessage",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "number_id": BIGINT,
        "connection_id": BIGINT,
        "dialogue_id": BIGINT,
        "sender": TEXT,
        "recipient": TEXT,
        "text": TEXT,
        "in_reply_to_id": BIGINT,
        "rule_id": BIGINT,
        "autoresponder_id": BIGINT,
        "survey_id": BIGINT,
        "segment_count": SMALLINT,
        "cost": INTEGER,
        "charge_state": TEXT,
        "is_test": BOOLEAN,
        "created_at": TIMESTAMP,
    },
    {"state": "'queued'", "reason": "''", "carrier_error": "''", "origin": "'rule'"},
)

ANSWER_BY_PROGRAM = Insert(
    "outbox_outboundmessage",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "number_id": BIGINT,
        "connection_id": BIGINT,
        "dialogue_id": BIGINT,
        "sender": TEXT,
        "recipient": TEXT,
        "text": TEXT,
        "in_reply_to_id": BIGINT,
        "rule_id": BIGINT,
        "segment_count": SMALLINT,
        "cost": INTEGER,
        "charge_state": TEXT,
        "idempotency_key": TEXT,
        "is_test": BOOLEAN,
        "created_at": TIMESTAMP,
    },
    {"state": "'queued'", "reason": "''", "carrier_error": "''", "origin": "'rule'"},
)
"""A reply that a program gave in its answer to a forward."""

JOB = Insert(
    "outbox_job",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "kind": TEXT,
        "message_id": BIGINT,
        "outbound_message_id": BIGINT,
        "destination_id": BIGINT,
        "next_attempt_at": TIMESTAMP,
        "created_at": TIMESTAMP,
    },
    {"state": "'waiting'", "attempt_count": "0", "last_error": "''"},
)

CAMPAIGN_JOB = Insert(
    "outbox_job",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "kind": TEXT,
        "outbound_message_id": BIGINT,
        "next_attempt_at": TIMESTAMP,
        "created_at": TIMESTAMP,
    },
    {"state": "'waiting'", "attempt_count": "0", "last_error": "''", "is_bulk": "TRUE"},
    _DO_NOTHING,
)

SEGMENT = Insert(
    "outbox_segment",
    {
        "id": BIGINT,
        "outbound_message_id": BIGINT,
        "position": SMALLINT,
        "connection_id": BIGINT,
        "carrier_message_id": TEXT,
        "updated_at": TIMESTAMP,
    },
    {"state": "'sent'", "reason": "''", "carrier_state": "''", "carrier_error": "''"},
)

UNMATCHED_RECEIPT = Insert(
    "outbox_unmatchedreceipt",
    {
        "id": BIGINT,
        "connection_id": BIGINT,
        "carrier_message_id": TEXT,
        "carrier_state": TEXT,
        "carrier_error": TEXT,
        "state": TEXT,
        "reason": TEXT,
        "raw": BYTES,
        "received_at": TIMESTAMP,
        "sender": TEXT,
        "recipient": TEXT,
        "text": TEXT,
    },
)

TRANSFER = Insert(
    "billing_transfer",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "debit": TEXT,
        "credit": TEXT,
        "amount": BIGINT,
        "event": TEXT,
        "reference_id": BIGINT,
        "leg": SMALLINT,
        "note": TEXT,
        "at": TIMESTAMP,
    },
)

ATTEMPT = Insert(
    "outbox_attempt",
    {
        "id": BIGINT,
        "job_id": BIGINT,
        "position": SMALLINT,
        "started_at": TIMESTAMP,
        "duration_ms": INTEGER,
        "request": TEXT,
        "response_status": SMALLINT,
        "response_body": TEXT,
        "error": TEXT,
        "response_headers": TEXT,
        "reply": TEXT,
    },
)

CARRIER_LOG = Insert(
    "connections_carrierlog",
    {"id": BIGINT, "connection_id": BIGINT, "at": TIMESTAMP, "direction": TEXT, "event": TEXT, "detail": TEXT, "octets": BYTES},
)

QUARANTINE = Insert(
    "connections_quarantine",
    {
        "id": BIGINT,
        "connection_id": BIGINT,
        "received_at": TIMESTAMP,
        "sender": TEXT,
        "recipient": TEXT,
        "raw": BYTES,
        "traceback": TEXT,
        "item": TEXT,
    },
)

INSERTS = (
    MESSAGE,
    RECEIVED_MMS,
    SENT_MMS,
    ATTACHMENT,
    PART,
    DIALOGUE,
    CONTACT,
    GROUP_MEMBERSHIP,
    CONSENT_RECORD,
    OPT_OUT,
    OPEN_QUESTION,
    BREAKER_TRIP,
    ANSWER_DAY,
    OUTBOUND_MESSAGE,
    ANSWER_BY_PROGRAM,
    JOB,
    CAMPAIGN_JOB,
    TRANSFER,
    SEGMENT,
    UNMATCHED_RECEIPT,
    ATTEMPT,
    CARRIER_LOG,
    QUARANTINE,
    *ACTIVITY_INSERTS,
)
"""All of them; every table whose ids the application gives is among them."""


def greatest_id(con: Connection) -> int:
    """Return the greatest id stored in any of the tables, 0 where there is none."""
    query = " UNION ALL ".join(f"SELECT MAX(id) FROM {insert.table}" for insert in INSERTS)  # noqa: S608  # names of our own tables
    return max((row[0] or 0 for row in con.rows(query)), default=0)
