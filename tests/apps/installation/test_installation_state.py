"""How the installation is: trouble from figures, settings without secrets, examinations."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from recado.apps.connections.ports import InstallationStatus, LinkReport
from recado.apps.connections.services import add_connection
from recado.apps.installation.checkup import Severity as Finding
from recado.apps.installation.checkup import examine
from recado.apps.installation.health import LOW_DISK_BYTES, Severity, problems
from recado.apps.installation.queries import Facts, facts, unmatched_since
from recado.apps.installation.system import missing_migrations, settings_in_force, system
from recado.apps.media.models import Content
from recado.config import Clamd, Config, Database, load

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FINE = Facts(((1, "acme"),), 0, 0, 0, (), (), 0, 0, 10 * LOW_DISK_BYTES)
UP = LinkReport(1, "acme", "transceiver 1", "bound")
DOWN = LinkReport(1, "acme", "transceiver 2", "waiting", last_error="bind refused: ESME_RINVPASWD", last_error_at=NOW)


def codes(status: InstallationStatus, known: Facts = FINE) -> list[str]:
    return [problem.code for problem in problems(status, known, NOW)]


def test_where_all_is_well_nothing_is_wrong():
    assert codes(InstallationStatus(is_running=True, links=(UP,))) == []


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ((UP, UP), []),
        ((UP, DOWN), ["link_partly"]),
        ((DOWN, DOWN), ["link_down"]),
        ((replace(UP, is_draining=True),), ["link_drained"]),
        ((replace(UP, state="drained", is_draining=True), DOWN), ["link_drained"]),
        ((replace(UP, state="connecting"),), ["link_down"]),
        ((replace(DOWN, connection_id=2, connection_name="disabled"),), []),
    ],
)
def test_links_of_enabled_connections_are_judged_together(links, found):
    assert codes(InstallationStatus(is_running=True, links=links)) == found


def test_what_is_bad_comes_before_what_is_only_worth_a_look():
    known = replace(FINE, dead_count=3, unmatched_waiting=4, quarantine_count=1, late_count=2, free_bytes=LOW_DISK_BYTES - 1)
    found = problems(InstallationStatus(is_running=True, links=(DOWN,)), known, NOW)
    assert {problem.code for problem in found} == {"link_down", "quarantine", "disk", "late_jobs", "dead_jobs", "unmatched"}
    assert [problem.severity for problem in found] == sorted(problem.severity for problem in found)
    assert found[-1].severity is Severity.NOTE


@pytest.mark.parametrize(("seconds", "found"), [(5, []), (11, ["queue"])])
def test_a_queue_is_trouble_when_it_stands_still(seconds, found):
    status = InstallationStatus(is_running=True, links=(UP,), queue_length=3, queue_oldest_at=NOW - timedelta(seconds=seconds))
    assert codes(status) == found


@pytest.mark.parametrize(("minutes", "found"), [(None, []), (4, []), (6, ["scans"])])
def test_files_that_wait_long_for_the_virus_scanner_are_worth_a_look(minutes, found):
    since = None if minutes is None else NOW - timedelta(minutes=minutes)
    known = replace(FINE, scans_waiting=2, scans_since=since)
    assert codes(InstallationStatus(is_running=True, links=(UP,)), known) == found


def test_the_latest_error_of_the_links_that_are_down_is_told():
    older = replace(DOWN, last_error="cannot connect", last_error_at=NOW - timedelta(minutes=1))
    (problem,) = problems(InstallationStatus(is_running=True, links=(older, DOWN)), FINE, NOW)
    assert (problem.values["reason"], problem.since, problem.object_id) == (DOWN.last_error, NOW, 1)


def test_settings_are_listed_with_what_differs_and_without_passwords():
    database = Database("postgresql", "recado", "user-of-it", "very-secret-word", "db.example", 5432)
    listed = {one.name: one for one in settings_in_force(Config(Path("/srv/recado"), database, port=9000))}
    assert (listed["RECADO_PORT"].value, listed["RECADO_PORT"].is_default) == ("9000", False)
    assert listed["RECADO_HOST"].is_default
    assert listed["RECADO_DATABASE_URL"].value == "postgresql: db.example/recado"
    assert listed["RECADO_SMTP_URL"].value == ""
    assert "very-secret-word" not in str(listed)
    given = {"SMTP_URL": "smtp://me:very-secret-word@mail.example:587", "MAIL_LISTEN": "lmtp://127.0.0.1:2525", "MAIL_DOMAIN": "a.example"}
    mail = load({f"RECADO_{name}": value for name, value in given.items()})
    listed = {one.name: one for one in settings_in_force(mail)}
    assert listed["RECADO_SMTP_URL"].value == "mail.example:587, starttls"
    assert listed["RECADO_MAIL_LISTEN"].value == "lmtp://127.0.0.1:2525"
    assert "very-secret-word" not in str(listed)


@pytest.mark.django_db
def test_the_system_knows_its_database_and_that_no_migration_is_missing():
    found = system()
    assert found.database.startswith(("SQLite", "PostgreSQL"))
    assert (missing_migrations(), found.migrations_missing) == ([], ())
    assert found.migrations_applied > 20
    assert found.disk_total > found.disk_free > 0


@pytest.mark.django_db
def test_facts_of_an_empty_installation_are_all_zero():
    add_connection("acme", "simulator", {})
    known = facts()
    assert [name for _, name in known.enabled_connections] == ["acme"]
    assert (known.quarantine_count, known.late_count, known.waiting_count, known.failing, known.unmatched_today) == (0, 0, 0, (), 0)
    assert unmatched_since(NOW) == 0


@pytest.mark.django_db
def test_the_examinations_of_a_serving_process_leave_its_own_port_alone():
    found = [finding.what for finding in examine(django_settings.RECADO, is_serving=True)]
    assert "Port" not in found
    assert {"Python", "Data folder", "Disk", "Database", "Jobs", "Quarantine"} <= set(found)
    assert not any(finding.severity is Finding.BAD for finding in examine(django_settings.RECADO, is_serving=True))


def said_of_the_scanner(config: Config) -> tuple[Finding, str]:
    (found,) = [one for one in examine(config, is_serving=True) if one.what == "Virus scanner"]
    return found.severity, found.found


@pytest.mark.django_db
def test_the_virus_scanner_says_its_version_or_is_missed_and_what_waits_is_counted(clamd, settings):
    severity, said = said_of_the_scanner(django_settings.RECADO)
    assert (severity, facts().scans_waiting) == (Finding.GOOD, 0)
    assert said.startswith("none")
    Content.objects.create(sha256="0" * 64, size=1, content_type="image/jpeg", created_at=NOW)
    assert facts().scans_waiting == 0
    settings.RECADO = replace(settings.RECADO, clamav=clamd.at)
    severity, said = said_of_the_scanner(settings.RECADO)
    assert severity is Finding.GOOD
    assert re.fullmatch(r"ClamAV \S+; 1 file waits, since 2026-11-22 12:00 UTC", said)
    assert (facts().scans_waiting, facts().scans_since) == (1, NOW)
    settings.RECADO = replace(settings.RECADO, clamav=Clamd(path="/nowhere/ctl"))
    assert said_of_the_scanner(settings.RECADO) == (
        Finding.BAD,
        "/nowhere/ctl: No such file or directory; 1 file waits, since 2026-11-22 12:00 UTC",
    )
