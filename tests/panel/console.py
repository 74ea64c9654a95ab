"""A gateway's place in tests of the console: says what it is told to say and keeps what it was asked."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from recado.apps.connections.ports import InstallationStatus, LinkReport, LinkToTry, NotProcessedError, TriedStep


@dataclass
class PluggedGateway:
    """Stands where a running gateway would."""

    current: InstallationStatus = field(default_factory=lambda: InstallationStatus(is_running=True))
    steps: list[TriedStep] = field(default_factory=list)
    asked: list[tuple[str, object]] = field(default_factory=list)
    fault: str = ""

    def status(self) -> InstallationStatus:
        return self.current

    def test_link(self, link: LinkToTry) -> list[TriedStep]:
        self.asked.append(("test", link))
        return self.steps

    def drain_link(self, connection_id: int) -> None:
        self.asked.append(("drain", connection_id))

    def resume_link(self, connection_id: int) -> None:
        self.asked.append(("resume", connection_id))

    def replay(self, item: object) -> int:
        if self.fault:
            raise NotProcessedError(self.fault)
        self.asked.append(("replay", item))
        return 0


def report(connection_id: int = 1, name: str = "acme", state: str = "bound", **fields: object) -> LinkReport:
    """Build a report of one link."""
    given = {"label": "transceiver 1", "window_size": 10} | fields
    return LinkReport(connection_id, name, state=state, **given)


def down(connection_id: int = 1, name: str = "acme", **fields: object) -> LinkReport:
    """Build a report of a link that cannot sign in."""
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    given = {"last_error": "bind refused: ESME_RINVPASWD", "last_error_at": at, "next_try_at": at + timedelta(seconds=9)} | fields
    return report(connection_id, name, "waiting", **given)
