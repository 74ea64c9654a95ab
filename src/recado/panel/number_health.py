"""How a number is right now, for its customer: in use, being set up, suspended, cut off from its carrier.

What belongs here: the word, icon and sentence of each condition. What does not: the links themselves (`gateway`), their details, which
only the installation's staff sees (`panel.operator`).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.apps.connections.ports import InstallationStatus
from recado.apps.numbers.models import Number
from recado.carriers.simulator.kind import SIMULATOR
from recado.core.number import NumberState


@dataclass(frozen=True, slots=True)
class Health:
    """One condition."""

    word: Promise
    icon: str
    css: str
    detail: Promise


WORKING = Health(_("Connected"), "circle-check", "c-chip--good", _("The link to the carrier is up."))
SUSPENDED = Health(
    _("Suspended"), "ban", "c-chip--bad", _("What arrives is kept, and nothing else happens. Ask whoever runs this installation.")
)
SETTING_UP = Health(
    _("Being set up"),
    "clock-hour-4",
    "c-chip--warn",
    _("No link to a carrier yet. The simulator works already; real messages arrive and leave once the link is there."),
)
SIMULATED = Health(
    _("Simulator only"), "device-mobile", "c-chip--test", _("Tied to the phone simulator: no real message arrives or leaves.")
)
CUT_OFF = Health(
    _("No connection"),
    "alert-triangle",
    "c-chip--bad",
    _("The link to the carrier is down and is being tried again. Nothing is lost: carriers keep messages meanwhile."),
)
UNKNOWN = Health(_("Active"), "circle-check", "c-chip--good", _("Messages are handled."))


def health_of(number: Number, status: InstallationStatus) -> Health:
    """Say how a number is; where no gateway runs in this process, only what the database knows."""
    if number.state == NumberState.SUSPENDED.value:
        return SUSPENDED
    if number.connection is None:
        return SETTING_UP
    if number.connection.kind == SIMULATOR.name:
        return SIMULATED
    links = [link for link in status.links if link.connection_id == number.connection_id]
    if not status.is_running or not number.connection.is_enabled:
        return UNKNOWN if number.connection.is_enabled else CUT_OFF
    return WORKING if any(link.is_bound for link in links) else CUT_OFF
