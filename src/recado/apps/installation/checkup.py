"""The examinations behind `recado doctor` and the console's system page: each looks at one thing, says what it found and what to do.

What belongs here: reading. What does not: mending, and how findings are shown.
"""

import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recado.apps.accounts.models import Account
from recado.apps.audit.chain import broken_chains
from recado.apps.audit.models import AuditHead
from recado.apps.connections.models import Connection
from recado.apps.connections.queries import open_quarantine_count
from recado.apps.installation.health import LOW_DISK_BYTES
from recado.apps.installation.queries import free_bytes, scans
from recado.apps.installation.self_check import check, results
from recado.apps.installation.system import missing_migrations
from recado.apps.media.clamd import Scanner, ScannerAwayError
from recado.apps.media.scanning import WaitingScans
from recado.apps.numbers.models import Number
from recado.apps.outbox.backlog import late_count
from recado.apps.outbox.dead_letters import dead_count
from recado.config import Config

SCANNER_SECONDS = 2.0
"""So long a page waits for the virus scanner to say who it is."""


class Severity(Enum):
    """How bad a finding is."""

    GOOD = 0
    NOTE = 1
    BAD = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """What one examination found."""

    severity: Severity
    what: str
    found: str
    advice: str = ""


def examine(config: Config, *, is_serving: bool = False) -> Iterator[Finding]:
    """Yield the findings one by one, the basic ones first; stop where the rest cannot be examined.

    With `is_serving` this is the process that serves, so that its port says nothing.
    """
    yield Finding(Severity.GOOD, "Python", ".".join(map(str, sys.version_info[:3])))
    yield _data_folder(config)
    yield _disk()
    if not is_serving:
        yield _port(config)
    database = _database(config)
    yield database
    if database.severity is Severity.BAD:
        return
    yield from _configuration()
    yield _jobs()
    yield _quarantine()
    yield _books()
    yield _scanner(config)
    if not is_serving:  # it reads the whole log, which takes too long for a page
        yield activity_log()


def _data_folder(config: Config) -> Finding:
    probe = config.data / ".doctor"
    try:
        config.data.mkdir(parents=True, exist_ok=True)
        probe.write_text("x")
        probe.unlink()
    except OSError as error:
        advice = _("Set RECADO_DATA to a folder that can be written.")
        return Finding(Severity.BAD, _("Data folder"), f"{config.data}: {error.strerror}", advice)
    return Finding(Severity.GOOD, _("Data folder"), str(config.data))


def _disk() -> Finding:
    free = free_bytes()
    found = _("%(gigabytes).1f GB free") % {"gigabytes": free / 1e9}
    if free < LOW_DISK_BYTES:
        return Finding(Severity.BAD, _("Disk"), found, _("Free some space: when the disk is full, carriers are told to try again later."))
    return Finding(Severity.GOOD, _("Disk"), found)


def _port(config: Config) -> Finding:
    with socket.socket() as probe:
        probe.settimeout(1)
        taken = probe.connect_ex((config.host, config.port)) == 0
    if taken:
        advice = _("Fine if that is Recado itself; otherwise set RECADO_PORT to a free port.")
        return Finding(Severity.NOTE, _("Port"), _("%(port)d answers") % {"port": config.port}, advice)
    return Finding(Severity.GOOD, _("Port"), _("%(port)d is free") % {"port": config.port})


def _database(config: Config) -> Finding:
    name = f"{config.database.engine} {config.database.name}"
    try:
        pending = len(missing_migrations())
    except OperationalError as error:
        advice = _("Check RECADO_DATABASE_URL and that its server runs.")
        return Finding(Severity.BAD, _("Database"), f"{name}: {str(error).strip().splitlines()[0]}", advice)
    if pending:
        found = ngettext("%(count)d migration is missing", "%(count)d migrations are missing", pending) % {"count": pending}
        return Finding(Severity.BAD, _("Database"), f"{name}: {found}", _("Run: recado migrate"))
    return Finding(Severity.GOOD, _("Database"), name)


def _configuration() -> Iterator[Finding]:
    yield _some(
        _("Accounts"), Account.objects.count(), _("Add one: recado account add NAME --email ADDRESS  (or look around: recado demo)")
    )
    yield _some(_("Numbers"), Number.objects.count(), _("Add one: recado number add DIGITS --kind ND"))
    links = list(Connection.objects.order_by("name"))
    for connection in links:
        state = _("enabled") if connection.is_enabled else _("disabled")
        yield Finding(Severity.GOOD, _("Link"), f"{connection.name} ({connection.kind}), {state}")
    if not links:
        advice = _("Add one: recado link add NAME host=HOST port=2775 system_id=ID password=-")
        yield Finding(Severity.NOTE, _("Link"), _("none"), advice)
    lonely = list(Number.objects.filter(connection=None).values_list("digits", flat=True)[:5])
    if lonely:
        found = _("no link for %(numbers)s") % {"numbers": ", ".join(lonely)}
        yield Finding(Severity.BAD, _("Replies"), found, _("Replies cannot leave: recado number assign DIGITS --link NAME"))


def _some(what: str, count: int, advice: str) -> Finding:
    return Finding(Severity.GOOD if count else Severity.NOTE, what, str(count), "" if count else advice)


def _jobs() -> Finding:
    late, dead = late_count(timezone.now()), dead_count()
    if late:
        found = ngettext("%(count)d is late by more than 15 minutes", "%(count)d are late by more than 15 minutes", late) % {"count": late}
        return Finding(Severity.BAD, _("Jobs"), found, _("Is `recado serve` running? Its log says why."))
    found = ngettext("none late, %(count)d given up", "none late, %(count)d given up", dead) % {"count": dead}
    return Finding(Severity.NOTE if dead else Severity.GOOD, _("Jobs"), found)


def _quarantine() -> Finding:
    kept = open_quarantine_count()
    if kept:
        found = ngettext("%(count)d message could not be processed", "%(count)d messages could not be processed", kept) % {"count": kept}
        return Finding(Severity.BAD, _("Quarantine"), found, _("They are kept; please report their traceback."))
    return Finding(Severity.GOOD, _("Quarantine"), _("empty"))


def _scanner(config: Config) -> Finding:
    what = _("Virus scanner")
    if config.clamav is None:
        return Finding(Severity.GOOD, what, _("none; files of MMS are not scanned (RECADO_CLAMAV)"))
    waiting = _waiting(scans())
    try:
        version = Scanner(config.clamav, prompt_seconds=SCANNER_SECONDS).version()
    except ScannerAwayError as error:
        advice = _("Is clamd running, and may Recado open its socket? Files wait, and nothing of them is lost.")
        return Finding(Severity.BAD, what, _("%(error)s; %(waiting)s") % {"error": error, "waiting": waiting}, advice)
    return Finding(Severity.GOOD, what, _("%(version)s; %(waiting)s") % {"version": version, "waiting": waiting})


def _waiting(found: WaitingScans) -> str:
    if found.since is None:
        return _("no file waits")
    words = ngettext("%(count)d file waits, since %(at)s", "%(count)d files wait, since %(at)s", found.file_count)
    return words % {"count": found.file_count, "at": f"{found.since:%Y-%m-%d %H:%M} UTC"}


BOOKS = {
    "balances": gettext_lazy("Balances against transfers"),
    "reserved": gettext_lazy("Reserved money against messages and group sends"),
    "transfers": gettext_lazy("Transfers against messages"),
    "messages": gettext_lazy("Messages against transfers"),
    "conversations": gettext_lazy("Counters of conversations"),
    "group_sends": gettext_lazy("Counters of group sends"),
    "statistics": gettext_lazy("Days of the statistics"),
}
"""What is recounted, `self_check.ALL_SUBJECTS`."""


def _books() -> Finding:
    """Say what the last recount found."""
    found = results()
    if not found:
        return Finding(Severity.GOOD, _("Books"), _("not recounted yet; that happens at night"))
    count, at = sum(one.difference_count for one in found), max(one.checked_at for one in found)
    if count:
        words = ngettext("%(count)d difference", "%(count)d differences", count) % {"count": count}
        return Finding(Severity.BAD, _("Books"), words, _("Run: recado doctor --books"))
    return Finding(Severity.GOOD, _("Books"), _("in order, recounted %(at)s") % {"at": f"{at:%Y-%m-%d %H:%M} UTC"})


def recount() -> Iterator[Finding]:
    """Recount everything from the beginning, and yield what each subject came to."""
    advice = _("Nothing was changed. Write down what you see, compare with a backup, bill nobody before it is explained, and report it.")
    for found in check(timezone.now()):
        what = str(BOOKS[found.subject])
        if not found.difference_count:
            fine = ngettext("%(count)d recounted, in order", "%(count)d recounted, in order", found.count) % {"count": found.count}
            yield Finding(Severity.GOOD, what, fine)
            continue
        said = [_("%(id)s: stored %(stored)s, counted %(counted)s") % one._asdict() for one in found.differences]
        words = ngettext("%(count)d difference", "%(count)d differences", found.difference_count) % {"count": found.difference_count}
        yield Finding(Severity.BAD, what, f"{words} ({'; '.join(said)})", advice)


def activity_log() -> Finding:
    """Go through the chains of the activity log."""
    broken = next(broken_chains(), None)
    if broken is None:
        count = sum(AuditHead.objects.values_list("entry_count", flat=True))
        intact = ngettext("%(count)d entry, unchanged since it was written", "%(count)d entries, unchanged since they were written", count)
        return Finding(Severity.GOOD, _("Activity log"), intact % {"count": count})
    if broken.entry_id is None:
        found = _("entries are missing at the end of chain %(chain)d") % {"chain": broken.chain}
    else:
        found = _("entry %(entry)d of chain %(chain)d does not fit") % {"entry": broken.entry_id, "chain": broken.chain}
    return Finding(Severity.BAD, _("Activity log"), found, _("Somebody changed it in the database. Compare it with a backup."))
