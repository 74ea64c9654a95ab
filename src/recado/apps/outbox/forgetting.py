"""Keeping the log of attempts bounded: what was said of deliveries that are long over is removed.

What belongs here: how long, and removing a little at a time. What does not: what an attempt keeps (`delivery.forward_url`: at most 64 kB of
an answer). Jobs stay as long as their messages: the path of a message goes on saying where it was forwarded, when, and how that ended.
"""

from datetime import datetime, timedelta

from django.db import transaction

from recado.apps.ids import first_id_at
from recado.apps.outbox.models import Attempt
from recado.apps.sql import lent_connection

KEPT = timedelta(days=30)
AT_ONCE = 2000
PORTIONS = 25
"""So many portions a minute: more than the busiest installation writes."""
# In the order of ids, which is that of time; attempts of jobs that still wait are passed over.
_OLD = """
    DELETE FROM outbox_attempt WHERE id IN (
        SELECT a.id FROM outbox_attempt a LEFT JOIN outbox_job j ON j.id = a.job_id
        WHERE a.id < ? AND COALESCE(j.state, 'done') IN ('done', 'dead') ORDER BY a.id LIMIT ?)"""


def forget_attempts(now: datetime) -> int:
    """Remove attempts older than `KEPT` whose jobs are over; return how many were."""
    before, forgotten = first_id_at(now - KEPT), 0
    if not Attempt.objects.filter(pk__lt=before).exists():
        return 0
    for _ in range(PORTIONS):
        with transaction.atomic():
            some = lent_connection().execute(_OLD, (before, AT_ONCE))
        forgotten += some
        if some < AT_ONCE:
            break
    return forgotten
