"""Ties the messages of a group to what they answer, before they are written.

What belongs here: filling in the columns, the group's own automatic replies. What does not: finding what is answered (`replies`), the
statements (`write`).
"""

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from recado.store import statements
from recado.store.dialect import Connection, Row
from recado.store.replies import Answered, ReplyKey, load_messages_answered

_MESSAGE = {name: place for place, name in enumerate(statements.MESSAGE.columns)}
_OUTBOUND = {name: place for place, name in enumerate(statements.OUTBOUND_MESSAGE.columns)}
_KEY = itemgetter(*(_MESSAGE[name] for name in ("account_id", "number_id", "sender", "is_test")))


def tie(con: Connection, messages: list[Sequence[Any]], outbound: Sequence[Row], now: datetime) -> list[Row]:
    """Fill in which outgoing message each row of a message answers; return (dialogue, message, account) for those no dialogue shows yet."""
    places = [_KEY(row) for row in messages]
    wanted = {place for place in places if place[0] is not None and place[1] is not None}
    found = load_messages_answered(con, wanted, now) if wanted else {}
    replies = _replies(outbound) if len(wanted) < len(places) else {}  # nobody else in the group can answer them
    shown: dict[int, Row] = {}
    for position, place in enumerate(places) if found or replies else ():
        row, answered = messages[position], found.get(place)
        dialogue_id = row[_MESSAGE["dialogue_id"]]
        if answered is not None:
            tied = list(row)
            tied[_MESSAGE["answers_id"]], tied[_MESSAGE["campaign_id"]] = answered.outbound_id, answered.campaign_id
            messages[position] = tied
            if answered.dialogue_id is None:
                shown[answered.outbound_id] = (dialogue_id, answered.outbound_id, place[0])
        reply_id = replies.get(row[_MESSAGE["id"]])
        if reply_id is not None and place[0] is not None and (answered is None or answered.is_automatic):
            found[ReplyKey(*place)] = Answered(reply_id, None, dialogue_id, is_automatic=True)
    return list(shown.values())


def _replies(outbound: Sequence[Row]) -> dict[int, int]:
    """Return the automatic replies of this group on behalf of accounts, by the message they answer."""
    cause, whose = _OUTBOUND["in_reply_to_id"], _OUTBOUND["account_id"]
    return {row[cause]: row[0] for row in outbound if row[whose] is not None}
