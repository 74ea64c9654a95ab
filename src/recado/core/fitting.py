"""Whether a rule may act now, for a sender.

What belongs here: rule switched on, period and conditions together. What does not: each of them (`keyword`, `condition`), what is done.
"""

from collections.abc import Iterable
from datetime import datetime

from recado.core.condition import Clock, unmet
from recado.core.keyword import out_of_period
from recado.core.routes import Rule
from recado.core.sender import SenderState


def first_fitting(rules: Iterable[Rule], sender: SenderState, now: datetime, clock: Clock, number_id: int | None) -> Rule | None:
    """Return the first rule that fits the moment and the sender."""
    fitting = (
        rule
        for rule in rules
        if rule.refusal is None
        and out_of_period(rule.starts_at, rule.ends_at, now) is None
        and unmet(rule.condition, sender, rule.keyword_id, now, clock, number_id) is None
    )
    return next(fitting, None)
