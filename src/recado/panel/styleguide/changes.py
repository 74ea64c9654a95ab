"""Sample warnings before a change is saved, a trial on past messages, and examples kept; none of them is stored.

What belongs here: values. What does not: how they are shown; that is what the page is there to show.
"""

from datetime import datetime
from typing import Any

from recado.apps.inbox.models import Message
from recado.apps.keywords.conflicts import Conflict, Conflicts, Example, NeverActs
from recado.apps.keywords.models import RuleExample
from recado.core.outcome import Deed, Outcome, Owner
from recado.panel.keywords.before_saving import Change, PastTried
from recado.panel.keywords.kept_examples import Row
from recado.panel.keywords.objections import Changed, Objections
from recado.panel.outcome_words import parts
from recado.panel.styleguide.conversations import NUMBER

JOINS = Outcome(Owner.YOURS, 1, deeds=(Deed("add_to_group", 1, name="Newsletter"), Deed("send_reply", text="Dziękujemy!")), keyword="RÓŻE")
KEPT = Outcome(Owner.YOURS)


def changes(now: datetime) -> dict[str, Any]:
    """Return what the templates of these pages are filled with."""
    example = RuleExample(pk=1, number=NUMBER, text="róże", sender=RuleExample.Sender.NEW, phone="48600000099", note="plakat na targu")
    message = Message(pk=1, sender="48604218371", text="Róże", received_at=now)
    fights = Conflict(2, "róże czerwone", (Example("róże czerwone", "róże czerwone", "RÓŻE"),))
    twins = Conflict(3, "ROZE", (Example("RÓŻE", "RÓŻE"), Example("ROZE", "ROZE")))
    return {
        "objections": Objections(
            Conflicts((fights, twins), more_near=3), (Changed(example, parts(JOINS), parts(KEPT)),), (NeverActs(2, 2, 1, 1),)
        ),
        "conflicts": Conflicts((twins,), (fights,), 0, 12),
        "past": PastTried(2000, True, 2000, 14, [Change(parts(JOINS), parts(KEPT), 14, [message])], 1),
        "examples": [Row(example, parts(JOINS), [], now, ""), Row(example, parts(JOINS), parts(KEPT), now, "")],
    }
