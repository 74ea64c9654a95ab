"""The thread that does once a minute what nobody asks for.

What belongs here: when it looks, and that one failure stops nothing else. What does not: the work itself (`apps.contacts.memberships`,
`apps.campaigns.multimedia`, `apps.keywords.near_misses`, `apps.dialogues`, `apps.autoresponders.notices`, `apps.contests`,
`apps.codes.notices`, `apps.outbox`, `apps.plans.price_lists`, `apps.billing`, `apps.mails`, `apps.media`, `apps.programs`,
`apps.surveys`, `apps.statistics`, `scans`); what tells people something is due (`notice_mails`), which a slow mail server may hold up.
"""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

import structlog
from django.db import close_old_connections
from django.utils import timezone
from prometheus_client import Gauge

from recado.apps.autoresponders.notices import tell_all
from recado.apps.billing.alarms import tell_broke
from recado.apps.billing.alerts import tell_reached
from recado.apps.billing.runs import post_ordered
from recado.apps.campaigns.multimedia import forget_unused
from recado.apps.codes import notices as code_notices
from recado.apps.contacts.memberships import end_due
from recado.apps.contests import daily, notices
from recado.apps.contests.entering import refuse_unanswered
from recado.apps.dialogues.retention import forget_old
from recado.apps.dialogues.withdrawing import withdraw_unwanted
from recado.apps.installation.self_check import check_if_due, results
from recado.apps.keywords.near_misses import count_all
from recado.apps.mails.services import forget
from recado.apps.media.services import sweep_if_due
from recado.apps.outbox import pause_notices
from recado.apps.outbox.forgetting import forget_attempts
from recado.apps.outbox.pausing import free_left_behind
from recado.apps.plans.price_lists import notice_begun
from recado.apps.programs import remembering
from recado.apps.programs.forgetting import forget_calls
from recado.apps.statistics.rolling import roll_up
from recado.apps.surveys.due import run_due
from recado.server.scans import count_waiting

log = structlog.get_logger(__name__)

BOOK_DIFFERENCES = Gauge("recado_book_differences", "What the last nightly recount found to differ, by subject", ["subject"])


def recount(now: datetime) -> None:
    """Recount the books once a night, and show what was found last."""
    check_if_due(now)
    for one in results():
        BOOK_DIFFERENCES.labels(one.subject).set(one.difference_count)


PAUSE_SECONDS = 60.0
PATIENCE_SECONDS = 15.0
WORK: Mapping[str, Callable[[datetime], object]] = MappingProxyType(
    {
        "ending_memberships": end_due,
        "counting_near_misses": count_all,
        "withdrawing_texts": withdraw_unwanted,
        "telling_of_stopped_answers": tell_all,
        "refusing_unanswered_ages": refuse_unanswered,
        "telling_of_low_codes": code_notices.tell_all,
        "telling_of_paused_destinations": pause_notices.tell_all,
        "resuming_to_the_end": free_left_behind,
        "forgetting_attempts": forget_attempts,
        "telling_of_used_up_credit": tell_broke,
        "recounting_the_books": recount,
        "drawing_days": daily.work,
        "telling_of_contests": notices.tell_all,
        "counting_statistics": roll_up,
        "beginning_price_lists": notice_begun,
        "telling_of_credit": tell_reached,
        "posting_invoices": post_ordered,
        "forgetting_mails": forget,
        "forgetting_calls": forget_calls,
        "forgetting_answers": remembering.forget,
        "forgetting_files_of_mms": forget_unused,
        "forgetting_old_messages": forget_old,
        "sweeping_media": sweep_if_due,
        "minding_surveys": run_due,
        "counting_scans": count_waiting,
    }
)


class Upkeep:
    """A thread of its own, so that its work holds up neither pages nor mails."""

    def __init__(self, work: Mapping[str, Callable[[datetime], object]] = WORK, *, pause: float = PAUSE_SECONDS) -> None:
        self._work, self._pause = work, pause
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)

    def start(self) -> None:
        """Begin with what became due while we were not running."""
        self._thread.start()

    def stop(self) -> None:
        """Let the work under way finish, and end."""
        self._is_stopping.set()
        self._thread.join(PATIENCE_SECONDS)

    def _run(self) -> None:
        while not self._is_stopping.is_set():
            for name, work in self._work.items():
                self._do(name, work)
            self._is_stopping.wait(self._pause)

    def _do(self, name: str, work: Callable[[datetime], object]) -> None:
        close_old_connections()
        try:
            work(timezone.now())
        except Exception:  # whatever it was, the next minute comes
            log.exception("upkeep_failed", work=name)
        finally:
            close_old_connections()
