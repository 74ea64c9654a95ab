"""What a conversation says where the person opted out or is blocked (panel.md 3.2).

What belongs here: gathering it for the template. What does not: refusing a reply (`apps.dialogues.answering`), words for scopes
(`consent_words`).
"""

from typing import Any

from recado.apps.accounts.models import Account
from recado.apps.contacts.blocking import block_of
from recado.apps.contacts.opt_outs import in_force, is_opted_out
from recado.apps.dialogues.flagged import newest_in
from recado.apps.dialogues.models import Dialogue
from recado.panel.consent_words import names_for, scope_words


def unwanted_context(account: Account, dialogue: Dialogue, *, is_service: bool) -> dict[str, Any]:
    """Return what `panel/inbox/_unwanted.html` and the chips of the header show.

    `opt_out` is the widest that covers writing here; `flagged` the newest message that may be one; `is_service` that somebody who may
    wants to write all the same.
    """
    opted_out = in_force(account, dialogue.msisdn)
    names = names_for(account, opt_outs=opted_out)
    covering = is_opted_out(account, dialogue.msisdn, number=dialogue.number_id) if opted_out else None
    return {
        "opt_out": covering,
        "opted_out_of": ", ".join(scope_words(one, names) for one in opted_out),
        "sender_block": block_of(account, dialogue.msisdn),
        "flagged": None if covering else newest_in(dialogue),
        "is_service": covering is not None and is_service,
    }
