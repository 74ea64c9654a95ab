"""How a number is right now, for its customer: in use, being set up, suspended, cut off from its carrier.

What belongs here: telling these apart. What does not: the words (`panel.number_health`), the links themselves (`gateway`).
"""

from enum import StrEnum

from recado.apps.connections.ports import InstallationStatus
from recado.apps.numbers.models import Number
from recado.carriers.simulator.kind import SIMULATOR
from recado.core.number import NumberState


class NumberCondition(StrEnum):
    """How a number is."""

    WORKING = "working"
    """The link to its carrier is up."""
    SUSPENDED = "suspended"
    """What arrives is kept, and nothing else happens."""
    SETTING_UP = "setting_up"
    """No link to a carrier yet."""
    SIMULATED = "simulated"
    """Tied to the phone simulator."""
    CUT_OFF = "cut_off"
    """The link to its carrier is down and is being tried again."""
    UNKNOWN = "unknown"
    """Messages are handled; no gateway runs in this process that could say more."""


def condition_of(number: Number, status: InstallationStatus) -> NumberCondition:
    """Say how a number is; where no gateway runs in this process, only what the database knows."""
    if number.state == NumberState.SUSPENDED.value:
        return NumberCondition.SUSPENDED
    if number.connection is None:
        return NumberCondition.SETTING_UP
    if number.connection.kind == SIMULATOR.name:
        return NumberCondition.SIMULATED
    links = [link for link in status.links if link.connection_id == number.connection_id]
    if not status.is_running or not number.connection.is_enabled:
        return NumberCondition.UNKNOWN if number.connection.is_enabled else NumberCondition.CUT_OFF
    return NumberCondition.WORKING if any(link.is_bound for link in links) else NumberCondition.CUT_OFF
