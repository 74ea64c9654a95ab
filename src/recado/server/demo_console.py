"""What the demo has for the Operator Console: an operator's login, a carrier link with some history, a forward that was given up.

What belongs here: rows that nothing in the demo brings about by itself. What does not: customers' story (`demo_story`).
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from recado.apps.accounts.models import Account, OperatorRole, User
from recado.apps.accounts.services import make_operator
from recado.apps.connections.models import CarrierLog, Connection
from recado.apps.connections.services import add_connection, enable
from recado.apps.ids import first_id_at, next_id
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import Attempt, Destination, Job, JobKind, JobState

PASSWORD = "recado-demo"  # noqa: S105  # a demo's password is public
LINK = "Sieć Południe"
LOG = (
    (26 * 60, "out", "link_failed", "cannot connect to smsc.example:2775: no answer in time", b""),
    (25 * 60, "out", "link_failed", "bind refused: ESME_RINVPASWD", b""),
    (24 * 60, "in", "unknown_pdu", "0x00010200", bytes.fromhex("0001020000000000000000070000")),
    (90, "out", "link_failed", "enquire_link was not answered", b""),
    (88, "out", "link_failed", "the carrier closed the connection", b""),
)
"""Minutes ago, direction, event, detail, octets."""
ERRORS = ("answered HTTP 503", "answered HTTP 503", "answered HTTP 503")


@dataclass(frozen=True, slots=True)
class Login:
    """How a person gets in."""

    account: str
    email: str
    password: str


LOGIN = Login("Operator Console", "operator@demo.example", PASSWORD)


def add_operator() -> User:
    """Make the operator's login."""
    return make_operator(LOGIN.email, LOGIN.password, OperatorRole.ADMIN, name="Olga Nowicka")


def load(account: Account) -> None:
    """Load the rest once."""
    link = add_connection(LINK, "smpp", {"host": "smsc.example", "system_id": "recado", "password": PASSWORD, "links": 2})
    enable(link, is_enabled=False)
    _log(link)
    _give_up(account)


def _log(link: Connection) -> None:
    now = timezone.now()
    CarrierLog.objects.bulk_create(
        CarrierLog(
            id=next_id(),
            connection=link,
            at=now - timedelta(minutes=minutes),
            direction=direction,
            event=event,
            detail=detail,
            octets=octets or None,
        )
        for minutes, direction, event, detail, octets in LOG
    )


def _give_up(account: Account) -> None:
    """Let a forward to a receiver that is gone be given up."""
    message = Message.objects.filter(account=account).earliest("received_at")
    gone = Destination.objects.create(account=account, name="Stary sklep", url="https://stary-sklep.example/sms", is_enabled=False)
    at = message.received_at
    job = Job.objects.create(
        id=first_id_at(at + timedelta(seconds=1)),  # ids say when
        account=account,
        kind=JobKind.FORWARD_URL,
        message_id=message.pk,
        destination=gone,
        state=JobState.DEAD,
        attempt_count=len(ERRORS),
        next_attempt_at=at,
        created_at=at,
        finished_at=at + timedelta(minutes=30),
        last_error=ERRORS[-1],
    )
    Attempt.objects.bulk_create(
        Attempt(
            id=next_id(),
            job=job,
            position=position,
            started_at=at + timedelta(minutes=10 * position),
            duration_ms=1200 + 300 * position,
            request="GET https://stary-sklep.example/sms?numer=48604218377",
            response_status=503,
            response_body="<h1>Service Unavailable</h1>",
            error=error,
        )
        for position, error in enumerate(ERRORS, 1)
    )
