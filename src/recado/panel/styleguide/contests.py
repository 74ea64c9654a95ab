"""A contest whose list is frozen, and an entry of it, invented.

What belongs here: sample objects for the partials of `/contests/`. What does not: the page (`guide`).
"""

from datetime import datetime
from typing import Any

from recado.apps.contests.models import Contest, Draw, Win
from recado.panel.contests.words import EXPLAINED, RULES

LIST = "8bb012a5d250187244ceb1b65113009422103298a7948b6a0965ea29bef25443"


def contests(now: datetime) -> dict[str, Any]:
    """Give what the sample of contests is made of."""
    return {
        "contest_sample": {
            "contest": Contest(pk=0, name="Bukiet na niedzielę", winner_count=3, prizes="Bukiet na cały rok\nRóża w doniczce"),
            "draw": Draw(pk=0, list_sha256=LIST, frozen_at=now),
            "lost": Win(pk=0, entry_id=0, msisdn="48604218377", place=1, is_void=True),
            "rules": [(word, why) for word, why in zip(RULES.values(), EXPLAINED.values(), strict=True)][:2],
        }
    }
