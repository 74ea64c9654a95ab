"""Access to the Operator Console's technical side: overview, carriers, jobs, system."""

from typing import Any

from django.utils import timezone

from panel.doors import OperatorDoor
from recado.apps.accounts.models import Account, OperatorRole, User
from recado.apps.connections.models import Connection, Quarantine
from recado.apps.connections.services import add_connection
from recado.apps.ids import next_id
from recado.apps.outbox.models import Job


def _link() -> Connection:
    return add_connection("acme", "smpp", {"host": "smsc.example", "system_id": "recado"})


def link(account: Account, user: User) -> dict[str, Any]:
    return {"connection_id": _link().pk}


def job(account: Account, user: User) -> dict[str, Any]:
    now = timezone.now()
    made = Job.objects.create(
        id=next_id(), account=account, kind="forward_url", state="dead", next_attempt_at=now, created_at=now, finished_at=now
    )
    return {"job_id": made.pk}


def quarantined(account: Account, user: User) -> dict[str, Any]:
    made = Quarantine.objects.create(
        id=next_id(), connection=_link(), received_at=timezone.now(), sender="48501222333", recipient="4301", raw=b"x", traceback="Error"
    )
    return {"quarantine_id": made.pk}


CHANGES = {"refuses": OperatorRole.AUDITOR, "method": "post"}

DOORS = {
    "operator": OperatorDoor(),
    "operator-links": OperatorDoor(),
    "operator-link-new": OperatorDoor(refuses=OperatorRole.SUPPORT),
    "operator-link": OperatorDoor(link),
    "operator-link-log": OperatorDoor(link),
    "operator-link-settings": OperatorDoor(link, **CHANGES, data={"host": "other.example", "system_id": "recado", "bind_mode": "receiver"}),
    "operator-link-test": OperatorDoor(link, **CHANGES),
    "operator-link-drain": OperatorDoor(link, **CHANGES),
    "operator-link-resume": OperatorDoor(link, **CHANGES),
    "operator-link-switch": OperatorDoor(link, **CHANGES),
    "operator-jobs": OperatorDoor(),
    "operator-jobs-again": OperatorDoor(**CHANGES),
    "operator-job": OperatorDoor(job),
    "operator-job-again": OperatorDoor(job, **CHANGES),
    "operator-mails": OperatorDoor(),
    "operator-quarantine": OperatorDoor(),
    "operator-quarantined": OperatorDoor(quarantined),
    "operator-quarantined-again": OperatorDoor(quarantined, **CHANGES),
    "operator-quarantined-settled": OperatorDoor(quarantined, **CHANGES),
    "operator-system": OperatorDoor(),
}
