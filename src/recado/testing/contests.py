"""Contests and code pools written with plain SQL, for tests and benchmarks of receiving that run without Django.

What belongs here: rows such tests need, beside those of `routing`. What does not: behaviour.
"""

from datetime import datetime, timedelta

from recado.store.dialect import Connection
from recado.testing.routing import insert, keyword_with_rule

TEXTS = ("entered", "win", "lose", "wrong", "already", "early", "late", "age", "refused", "notify")
SEED = bytes(range(32)).hex()


def contest(con: Connection, account_id: int, now: datetime, **columns: object) -> int:
    """Write a contest that runs from yesterday until tomorrow; `columns` say what is special about it."""
    stamp = con.dialect.timestamp
    given: dict[str, object] = {
        "account_id": account_id, "name": "Bike", "prizes": "", "rules_text": "", "organiser": "", "entry_rule": "at_close",
        "opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1), "correct_answers": "", "limit_total": 1,
        "excludes_earlier_winners": False, "winner_count": 1, "reserve_count": 0, "public_token": f"token-{id(columns)}",
        "is_public": False, "salt": SEED, "instant_seed": SEED, "created_at": now, **{f"{one}_text": "" for one in TEXTS}, **columns,
    }  # fmt: skip
    return insert(con, "contests_contest", **{name: stamp(one) if isinstance(one, datetime) else one for name, one in given.items()})


def pool(con: Connection, account_id: int, now: datetime, codes: int, **columns: object) -> int:
    """Write a pool with the codes `C1`, `C2` and so on."""
    at = con.dialect.timestamp(now)
    given: dict[str, object] = {
        "account_id": account_id,
        "name": "Ten percent",
        "empty_text": "",
        "already_text": "",
        "low_at": 2,
        **columns,
    }
    key = insert(con, "codes_codepool", created_at=at, **given)
    con.executemany("INSERT INTO codes_code (pool_id, value) VALUES (?, ?)", [(key, f"C{place}") for place in range(1, codes + 1)])
    return key


def keyword_for(
    con: Connection, account_id: int, number_id: int, word: str, at: object, reply: str = "", **targets: int
) -> tuple[int, int]:
    """Reserve a word that leads to what `targets` name: `contest`, `pool`; return keyword and rule."""
    kinds = {"contest": "enter_contest", "pool": "give_code"}
    keyword, rule = keyword_with_rule(con, account_id, number_id, word, at)
    if reply:
        insert(con, "keywords_ruleaction", rule_id=rule, position=0, kind="send_reply", text=reply)
    for position, (name, target) in enumerate(targets.items(), start=1):
        columns = {f"{name}_id": target}
        insert(con, "keywords_ruleaction", rule_id=rule, position=position, kind=kinds[name], text="", **columns)
    return keyword, rule
