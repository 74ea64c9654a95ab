"""What open pages are told after a group was committed.

Pages read what changed themselves; a notice only says where. Under load an account is told to read anew instead of hundreds of places.
"""

from recado.gateway.live import Notice
from recado.gateway.receive import GroupResult

PLACES_TOLD = 40
"""Of one kind in one group; more become one `refetch` per account."""


def notices_of(result: GroupResult) -> list[Notice]:
    """Turn what a group came to into notices, each place once."""
    notices = []
    for kind, places in (("message", result.messages), ("outbound", result.outbound)):
        if not places:
            continue
        unique = dict.fromkeys(places)
        if len(unique) > PLACES_TOLD:
            notices += [Notice("refetch", account_id) for account_id in dict.fromkeys(account_id for account_id, _ in unique)]
        else:
            notices += [Notice(kind, account_id, dialogue_id) for account_id, dialogue_id in unique]
    if result.contact_count:
        notices += [Notice("contacts", account_id) for account_id in dict.fromkeys(account_id for account_id, _ in result.messages)]
    notices += [Notice("autoresponders", account_id) for account_id in dict.fromkeys(result.stopped)]
    return notices
