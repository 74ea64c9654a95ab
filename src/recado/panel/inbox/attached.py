"""What the composer of a conversation shows of an MMS being written: its files, size and price, and what speaks against them.

What belongs here: gathering it for `panel/inbox/_attached.html`. What does not: attaching (`attaching`), deciding (`apps.mms.composing`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from recado.apps.accounts.models import Account, User
from recado.apps.dialogues.models import Dialogue
from recado.apps.mms.composing import estimate, problems
from recado.apps.mms.drafts import Draft, DraftFile, MmsEstimate, MmsRefusal
from recado.apps.mms.models import UnsentFile
from recado.apps.mms.unsent import Answer, unsent_files
from recado.apps.outbox.models import SendKind
from recado.apps.outbox.senders import NoSenderError, sender_for
from recado.panel.mms_words import mms_problem

LATER = frozenset({MmsRefusal.EMPTY, MmsRefusal.SUBJECT_TOO_LONG, MmsRefusal.TEXT_TOO_LONG})
"""What is said when the answer is sent, not while files are attached."""


@dataclass(frozen=True, slots=True)
class Attached:
    """What the composer shows of an MMS being written."""

    files: Sequence[UnsentFile]
    estimate: MmsEstimate
    is_free: bool
    problems: tuple[str, ...] = ()


def mms_offered(account: Account, user: User, dialogue: Dialogue) -> Attached | None:
    """Return what the composer shows of MMS; None where the number sends none."""
    if not dialogue.number.capabilities.mms or not _can_send(account, dialogue):
        return None
    return attached_to(Answer(account, user, dialogue.pk), dialogue)


def attached_to(answer: Answer, dialogue: Dialogue, refused: Sequence[str] = ()) -> Attached:
    """Gather what is attached to an answer, with what speaks against it."""
    files = list(unsent_files(answer))
    draft = Draft(files=tuple(DraftFile.of(one) for one in files))
    found = [one for one in problems(draft, dialogue.number, is_test=dialogue.is_test) if one.reason not in LATER] if files else []
    words = dict.fromkeys([*refused, *(mms_problem(one) for one in found)])
    return Attached(files, estimate(draft, dialogue.number), dialogue.is_test, tuple(words))


def _can_send(account: Account, dialogue: Dialogue) -> bool:
    try:
        sender_for(account, SendKind.MMS, number=dialogue.number, is_test=dialogue.is_test)
    except NoSenderError:
        return False
    return True
