"""How a number is right now, in words for its customer.

What belongs here: the word, icon and sentence of each condition. What does not: telling them apart (`apps.numbers.condition`), the
details of links, which only the installation's staff sees (`panel.operator`).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.apps.connections.ports import InstallationStatus
from recado.apps.numbers.condition import NumberCondition, condition_of
from recado.apps.numbers.models import Number


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


HEALTHS = {
    NumberCondition.WORKING: WORKING,
    NumberCondition.SUSPENDED: SUSPENDED,
    NumberCondition.SETTING_UP: SETTING_UP,
    NumberCondition.SIMULATED: SIMULATED,
    NumberCondition.CUT_OFF: CUT_OFF,
    NumberCondition.UNKNOWN: UNKNOWN,
}


def health_of(number: Number, status: InstallationStatus) -> Health:
    """Say how a number is; where no gateway runs in this process, only what the database knows."""
    return HEALTHS[condition_of(number, status)]
