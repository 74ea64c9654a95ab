"""The thread that tells people what gateway and delivery did: it hears the notices of open pages, and looks soon after.

What belongs here: when it looks, and at what. What does not: what is news and for whom (`apps.dialogues.news`, `apps.media.dangerous`).
"""

import threading
from collections.abc import Callable, Collection
from datetime import datetime

import structlog
from django.db import close_old_connections
from django.utils import timezone

from recado.apps.dialogues.news import tell_given_up, tell_new, tell_undelivered
from recado.apps.media.dangerous import tell_arrived
from recado.gateway.live import Notice

log = structlog.get_logger(__name__)

Look = Callable[[Collection[int], datetime], None]


def tell_of_messages(dialogue_ids: Collection[int], now: datetime) -> None:
    """Tell of what came in these dialogues."""
    tell_new(dialogue_ids, now)
    tell_arrived(dialogue_ids, now)


LOOKS: dict[str, Look] = {"outbound": tell_undelivered, "jobs": tell_given_up, "message": tell_of_messages}
"""What is looked for after which notice: `jobs` at accounts, the others at dialogues."""
MOST_HEARD = 500
"""So many places of a kind are remembered until the next look. More come in a flood, in which single news help nobody."""
REST_SECONDS = 1.0
"""Between two looks: in a flood one look serves many notices."""
PATIENCE_SECONDS = 15.0


class News:
    """A thread of its own, so that nothing it reads or writes holds up the gateway or delivery."""

    def __init__(self, looks: dict[str, Look] = LOOKS, *, rest: float = REST_SECONDS) -> None:
        self._looks, self._rest = looks, rest
        self._heard: dict[str, set[int]] = {kind: set() for kind in looks}
        self._lock = threading.Lock()
        self._wanted, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="news", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Let the look under way finish, and end."""
        self._stopping.set()
        self._wanted.set()
        self._thread.join(PATIENCE_SECONDS)

    def hear(self, notice: Notice) -> None:
        """Remember where to look; never waits for a look."""
        place = notice.account_id if notice.kind == "jobs" else notice.object_id
        if place is None or notice.kind not in self._looks:
            return
        with self._lock:
            heard = self._heard[notice.kind]
            if len(heard) < MOST_HEARD:
                heard.add(place)
        self._wanted.set()

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            if self._stopping.is_set():
                return
            self._look()
            self._stopping.wait(self._rest)

    def _look(self) -> None:
        with self._lock:
            heard, self._heard = self._heard, {kind: set() for kind in self._looks}
        close_old_connections()
        for kind, places in heard.items():
            try:
                if places:
                    self._looks[kind](places, timezone.now())
            except Exception:  # whatever it was, the next look comes
                log.exception("news_failed", kind=kind)
        close_old_connections()
