"""A group send under way and a draft's figures, invented.

What belongs here: sample objects for the partials of `/sends/`. What does not: the page (`guide`).
"""

from datetime import datetime, timedelta
from typing import Any

from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.report import Progress
from recado.core.receipt import OutboundState, UndeliveredReason, UnsentReason
from recado.panel.sends.checking import Checked, ShownPreview, left_out
from recado.panel.sends.progress import in_words

TEXT = "Dzień dobry Hanno, w sobotę róże 10% taniej."
COUNTS = {
    OutboundState.DELIVERED: 612,
    OutboundState.SENT: 140,
    OutboundState.UNCERTAIN: 4,
    OutboundState.QUEUED: 480,
    OutboundState.UNDELIVERED: 31,
    OutboundState.UNSENT: 17,
}


def sends(now: datetime) -> dict[str, Any]:
    """Give what the sample of group sends is made of."""
    campaign = Campaign(pk=0, name="Róże", text=TEXT, state=Campaign.State.SENDING, started_at=now)
    reasons = {
        (OutboundState.UNDELIVERED.value, UndeliveredReason.WRONG_NUMBER.value): 31,
        (OutboundState.UNSENT.value, UnsentReason.OPTED_OUT.value): 17,
    }
    by_state = {state.value: count for state, count in COUNTS.items()}
    found = Progress(sum(COUNTS.values()), by_state, reasons, 9, 2, per_second=12, finished_by=now + timedelta(minutes=4))
    without = left_out({"duplicate": 14, "opted_out": 3, "blocked": 1, "excluded": 2, "invalid": 2})
    checked = Checked(
        1284, without, 1, 2, 1290, 11610, 9, has_text=True, is_free=False, forcing=["“ń”", "“ę”"], unknown=["{imie}"], empty=0, first=[]
    )
    return {
        "campaign": campaign,
        "progress": in_words(campaign, found, now),
        "checked": checked,
        "plain_cost": 5700,
        "preview": ShownPreview("48604218371", "Hanna", TEXT, 1, 44, 70, 1, 1284),
        "campaign_sender": "664 200 300",
    }
