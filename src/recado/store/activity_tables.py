"""The tables of surveys, contests and boards that the hot path writes; codes are changed only (`codes`).

What belongs here: one declaration for each, as in `statements`, which lists them. A row that is there already, by a unique index, means
that another writer was quicker: `write` then has the group loaded and decided anew.
"""

from recado.store.insert import BIGINT, BOOLEAN, INTEGER, SMALLINT, TEXT, TIMESTAMP, Insert

_DO_NOTHING = "ON CONFLICT DO NOTHING"

SURVEY_SESSION = Insert(
    "surveys_session",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "survey_id": BIGINT,
        "number_id": BIGINT,
        "msisdn": TEXT,
        "is_test": BOOLEAN,
        "round": INTEGER,
        "state": TEXT,
        "question_id": BIGINT,
        "asked_at": TIMESTAMP,
        "reasked": SMALLINT,
        "due_at": TIMESTAMP,
        "started_at": TIMESTAMP,
        "finished_at": TIMESTAMP,
        "campaign_id": BIGINT,
    },
    {"version": "0"},
    conflict=_DO_NOTHING,
)

SURVEY_ANSWER = Insert(
    "surveys_answer",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "survey_id": BIGINT,
        "question_id": BIGINT,
        "option_id": BIGINT,
        "session_id": BIGINT,
        "message_id": BIGINT,
        "msisdn": TEXT,
        "is_test": BOOLEAN,
        "value": TEXT,
        "text": TEXT,
        "is_late": BOOLEAN,
        "counts": BOOLEAN,
        "once": TEXT,
        "given_at": TIMESTAMP,
    },
    conflict=_DO_NOTHING,
)

SURVEY_CHOICE = Insert(
    "surveys_openchoice",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "number_id": BIGINT,
        "msisdn": TEXT,
        "is_test": BOOLEAN,
        "message_id": BIGINT,
        "text": TEXT,
        "choices": TEXT,
        "asked_at": TIMESTAMP,
        "answered_at": TIMESTAMP,
    },
    conflict="ON CONFLICT (number_id, msisdn, is_test) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in ("account_id", "message_id", "text", "choices", "asked_at", "answered_at")),
)
"""Only the last question of this kind to a phone counts."""

CONTEST_ENTRY = Insert(
    "contests_entry",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "contest_id": BIGINT,
        "number_id": BIGINT,
        "msisdn": TEXT,
        "is_test": BOOLEAN,
        "message_id": BIGINT,
        "keyword_id": BIGINT,
        "text": TEXT,
        "answer": TEXT,
        "state": TEXT,
        "reason": TEXT,
        "day": TEXT,
        "day_ordinal": INTEGER,
        "ordinal": INTEGER,
        "sequence": INTEGER,
        "is_winner": BOOLEAN,
        "age_asked_at": TIMESTAMP,
        "entered_at": TIMESTAMP,
    },
    {"disqualified_reason": "''"},
    conflict=_DO_NOTHING,
)

BOARD_POST = Insert(
    "boards_post",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "board_id": BIGINT,
        "message_id": BIGINT,
        "msisdn": TEXT,
        "is_test": BOOLEAN,
        "text": TEXT,
        "name": TEXT,
        "state": TEXT,
        "reason": TEXT,
        "by_itself": BOOLEAN,
        "received_at": TIMESTAMP,
        "decided_at": TIMESTAMP,
    },
)

ACTIVITY_INSERTS = (SURVEY_SESSION, SURVEY_ANSWER, SURVEY_CHOICE, CONTEST_ENTRY, BOARD_POST)
"""In the order in which they are written."""
