"""What the installation runs with: version, database, disk, settings in force; nothing secret.

What belongs here: reading it. What does not: judging it (`checkup`, `health`).
"""

import shutil
import sys
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

import recado
from recado.config import Config, Database, MailListener, MailServer, load, parse_database


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the installation as it is in force."""

    name: str
    """The environment variable."""
    value: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class System:
    """The machine and what is on it."""

    version: str
    python: str
    django: str
    database: str
    database_bytes: int
    data_folder: str
    disk_free: int
    disk_total: int
    migrations_applied: int
    migrations_missing: tuple[str, ...]
    migrated_at: datetime | None
    settings: tuple[Setting, ...]


def system() -> System:
    """Look at all of it now."""
    config: Config = settings.RECADO
    disk = shutil.disk_usage(config.data if config.data.exists() else config.data.parent)
    recorder = MigrationRecorder(connection)
    return System(
        recado.__version__,
        ".".join(map(str, sys.version_info[:3])),
        django.get_version(),
        _database_version(),
        _database_bytes(),
        str(config.data),
        disk.free,
        disk.total,
        len(recorder.applied_migrations()),
        tuple(missing_migrations()),
        recorder.migration_qs.order_by("-applied").values_list("applied", flat=True).first(),
        tuple(settings_in_force(config)),
    )


def missing_migrations() -> list[str]:
    """Name the migrations the database still needs, as `app.name`."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _is_backwards in plan]


def settings_in_force(config: Config) -> list[Setting]:
    """List the settings by the names they are given with; of the database only where it is."""
    defaults = replace(load({}), database=parse_database("", config.data))
    return [
        Setting(
            "RECADO_DATABASE_URL" if field.name == "database" else f"RECADO_{field.name.upper()}",
            _shown(getattr(config, field.name)),
            getattr(config, field.name) == getattr(defaults, field.name),
        )
        for field in fields(Config)
    ]


def _shown(value: object) -> str:
    if isinstance(value, Database):
        return f"{value.engine}: {value.host + '/' if value.host else ''}{value.name}"
    if isinstance(value, MailServer):
        return f"{value.host}:{value.port}, {value.tls}"
    if isinstance(value, MailListener):
        return f"{value.protocol}://{value.host}:{value.port}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _database_version() -> str:
    if connection.vendor == "postgresql":
        return "PostgreSQL " + ".".join(map(str, connection.get_database_version()))
    return "SQLite " + ".".join(map(str, connection.get_database_version()))


def _database_bytes() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    files = [Path(f"{connection.settings_dict['NAME']}{ending}") for ending in ("", "-wal")]
    return sum(file.stat().st_size for file in files if file.exists())
