"""The examinations behind `recado doctor`: each looks at one thing and says what it found and what to do.

What belongs here: reading. What does not: mending, and how findings are shown.
"""

import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from recado.config import Config

LOW_DISK_BYTES = 512 * 1024 * 1024
LATE_JOB = timedelta(minutes=15)


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


def examine(config: Config) -> Iterator[Finding]:
    """Yield the findings one by one, the basic ones first; stop where the rest cannot be examined."""
    yield _python()
    yield _data_folder(config)
    yield _disk(config)
    yield _port(config)
    database = _database(config)
    yield database
    if database.severity is Severity.BAD:
        return
    yield from _configuration()
    yield _jobs()
    yield _quarantine()


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding(Severity.GOOD, "Python", version)


def _data_folder(config: Config) -> Finding:
    probe = config.data / ".doctor"
    try:
        config.data.mkdir(parents=True, exist_ok=True)
        probe.write_text("x")
        probe.unlink()
    except OSError as error:
        return Finding(Severity.BAD, "Data folder", f"{config.data}: {error.strerror}", "Set RECADO_DATA to a folder that can be written.")
    return Finding(Severity.GOOD, "Data folder", str(config.data))


def _disk(config: Config) -> Finding:
    free = shutil.disk_usage(config.data if config.data.exists() else config.data.parent).free
    found = f"{free / 1e9:.1f} GB free"
    if free < LOW_DISK_BYTES:
        return Finding(Severity.BAD, "Disk", found, "Free some space: when the disk is full, carriers are told to try again later.")
    return Finding(Severity.GOOD, "Disk", found)


def _port(config: Config) -> Finding:
    with socket.socket() as probe:
        probe.settimeout(1)
        taken = probe.connect_ex((config.host, config.port)) == 0
    if taken:
        return Finding(
            Severity.NOTE, "Port", f"{config.port} answers", "Fine if that is Recado itself; otherwise set RECADO_PORT to a free port."
        )
    return Finding(Severity.GOOD, "Port", f"{config.port} is free")


def _database(config: Config) -> Finding:
    from django.db import OperationalError, connection  # noqa: PLC0415  # after django.setup
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    name = f"{config.database.engine} {config.database.name}"
    try:
        executor = MigrationExecutor(connection)
        pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except OperationalError as error:
        return Finding(
            Severity.BAD, "Database", f"{name}: {str(error).strip().splitlines()[0]}", "Check RECADO_DATABASE_URL and that its server runs."
        )
    if pending:
        return Finding(Severity.BAD, "Database", f"{name}: {pending} migrations are missing", "Run: recado migrate")
    return Finding(Severity.GOOD, "Database", name)


def _configuration() -> Iterator[Finding]:
    from recado.apps.accounts.models import Account  # noqa: PLC0415  # after django.setup
    from recado.apps.connections.models import Connection  # noqa: PLC0415
    from recado.apps.numbers.models import Number  # noqa: PLC0415

    accounts, numbers = Account.objects.count(), Number.objects.count()
    yield Finding(
        Severity.GOOD if accounts else Severity.NOTE,
        "Accounts",
        str(accounts),
        "" if accounts else "Add one: recado account add NAME --email ADDRESS  (or look around: recado demo)",
    )
    yield Finding(
        Severity.GOOD if numbers else Severity.NOTE,
        "Numbers",
        str(numbers),
        "" if numbers else "Add one: recado number add DIGITS --kind ND",
    )
    for connection in Connection.objects.all():
        state = "enabled" if connection.is_enabled else "disabled"
        yield Finding(Severity.GOOD, "Link", f"{connection.name} ({connection.kind}), {state}")
    if not Connection.objects.exists():
        yield Finding(Severity.NOTE, "Link", "none", "Add one: recado link add NAME host=HOST port=2775 system_id=ID password=-")
    lonely = list(Number.objects.filter(connection=None).values_list("digits", flat=True)[:5])
    if lonely:
        yield Finding(
            Severity.BAD, "Replies", f"no link for {', '.join(lonely)}", "Replies cannot leave: recado number assign DIGITS --link NAME"
        )


def _jobs() -> Finding:
    from recado.apps.outbox.models import Job, JobState  # noqa: PLC0415  # after django.setup

    now = datetime.now(UTC)
    late = Job.objects.filter(state=JobState.WAITING, next_attempt_at__lt=now - LATE_JOB).count()
    dead = Job.objects.filter(state=JobState.DEAD).count()
    if late:
        return Finding(Severity.BAD, "Jobs", f"{late} are late by more than 15 minutes", "Is `recado serve` running? Its log says why.")
    return Finding(Severity.NOTE if dead else Severity.GOOD, "Jobs", f"none late, {dead} given up")


def _quarantine() -> Finding:
    from recado.apps.connections.models import Quarantine  # noqa: PLC0415  # after django.setup

    kept = Quarantine.objects.filter(resolved_at=None).count()
    if kept:
        return Finding(
            Severity.BAD, "Quarantine", f"{kept} messages could not be processed", "They are kept; please report their traceback."
        )
    return Finding(Severity.GOOD, "Quarantine", "empty")
