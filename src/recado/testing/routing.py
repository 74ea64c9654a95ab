"""A small configuration written with plain SQL, for tests and benchmarks of the store and the gateway that run without Django.

What belongs here: rows every test of receiving needs. What does not: behaviour.
"""

from dataclasses import dataclass
from datetime import datetime

from recado.core.text import fold, tokenise
from recado.store.dialect import Connection

SHARED, INDIVIDUAL = "48503340503", "48799000111"


@dataclass(frozen=True, slots=True)
class Configured:
    """Ids of what was written."""

    connection_id: int
    accounts: tuple[int, int]
    shared_id: int
    individual_id: int
    group_id: int
    destination_id: int
    keyword_id: int
    rule_id: int


def insert(con: Connection, table: str, **columns: object) -> int:
    """Insert one row and return its id."""
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    row = con.row(f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id", tuple(columns.values()))  # noqa: S608  # names are ours
    if row is None:
        raise LookupError(table)
    return int(row[0])


def configure(con: Connection, now: datetime, *, further_keywords: int = 0) -> Configured:
    """Write two accounts, a shared number where GARDENER adds to a group, answers and forwards, and an individual number of the first."""
    at = con.dialect.timestamp(now)
    link = insert(con, "connections_connection", name="Carrier", kind="smpp", settings="{}", is_enabled=True, created_at=at)
    accounts = tuple(
        insert(con, "accounts_account", name=name, language="pl", time_zone="UTC", is_suspended=False, created_at=at) for name in ("A", "B")
    )
    shared = _number(con, SHARED, "shared_long", None, link, at)
    individual = _number(con, INDIVIDUAL, "individual_long", accounts[0], link, at)
    group = insert(con, "contacts_group", account_id=accounts[0], name="Gardeners", created_at=at)
    destination = insert(
        con,
        "outbox_destination",
        account_id=accounts[0],
        name="Shop",
        kind="url",
        url="http://127.0.0.1/?n=#NUMER#",
        method="GET",
        is_enabled=True,
        created_at=at,
    )
    keyword, rule = keyword_with_rule(con, accounts[0], shared, "GARDENER", at)
    action(con, rule, "add_to_group", group_id=group)
    action(con, rule, "send_reply", text="Welcome.")
    action(con, rule, "forward_to_url", destination_id=destination)
    for count in range(further_keywords):
        keyword_with_rule(con, accounts[count % 2], shared, f"WORD{count}", at)
    con.execute("INSERT INTO numbers_routingversion (version) VALUES (?)", (2,))
    return Configured(link, (accounts[0], accounts[1]), shared, individual, group, destination, keyword, rule)


def _number(con: Connection, digits: str, kind: str, account_id: int | None, connection_id: int, at: object) -> int:
    return insert(
        con,
        "numbers_number",
        digits=digits,
        kind=kind,
        state="assigned",
        account_id=account_id,
        connection_id=connection_id,
        label="",
        created_at=at,
    )


def keyword_with_rule(
    con: Connection, account_id: int, number_id: int, word: str, at: object, *, asks_back: bool = False
) -> tuple[int, int]:
    """Reserve a word and give it a rule without actions."""
    tokens = tokenise(word)
    keyword = insert(
        con,
        "keywords_keyword",
        account_id=account_id,
        number_id=number_id,
        word=word,
        tokens=" ".join(tokens),
        folded=" ".join(fold(tokens)),
        kind="exact",
        also_when_text_follows=False,
        asks_back=asks_back,
        state="live",
        created_at=at,
    )
    rule = insert(
        con,
        "keywords_rule",
        account_id=account_id,
        number_id=number_id,
        keyword_id=keyword,
        priority=0,
        is_enabled=True,
        created_at=at,
    )
    return keyword, rule


def action(
    con: Connection, rule_id: int, kind: str, *, group_id: int | None = None, destination_id: int | None = None, text: str = ""
) -> int:
    """Give a rule an action."""
    return insert(
        con, "keywords_ruleaction", rule_id=rule_id, position=0, kind=kind, group_id=group_id, destination_id=destination_id, text=text
    )


def autoresponder(con: Connection, account_id: int, text: str, at: object, **columns: object) -> int:
    """Let an account answer every message with a text; further columns restrict it."""
    given = {"name": text, "position": 0, "is_enabled": True, **columns}
    return insert(con, "autoresponders_autoresponder", account_id=account_id, text=text, created_at=at, **given)
