"""Words for the kinds and states of numbers; in words first, the provider's abbreviation second (panel.md §7).

What belongs here: one name per kind and state. What does not: what a kind may do (`core.number`).
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.core.number import NumberKind, NumberState

KINDS = {
    NumberKind.SHARED_LONG: gettext_lazy("Shared long number (ND)"),
    NumberKind.SHARED_SHORT: gettext_lazy("Shared short code (SC)"),
    NumberKind.INDIVIDUAL_LONG: gettext_lazy("Own long number (NDI)"),
    NumberKind.INDIVIDUAL_LONG_MMS: gettext_lazy("Own long number with MMS (NDI MMS)"),
    NumberKind.INDIVIDUAL_SHORT: gettext_lazy("Own short code (SCI)"),
    NumberKind.ECO: gettext_lazy("Pool number (ECO+)"),
}
STATES = {
    NumberState.IN_STOCK: gettext_lazy("In stock"),
    NumberState.ASSIGNED: gettext_lazy("Active"),
    NumberState.SUSPENDED: gettext_lazy("Suspended"),
    NumberState.QUARANTINED: gettext_lazy("Quarantine"),
}


def short_name(kind: str) -> str:
    """Name a kind of number."""
    return str(KINDS[NumberKind(kind)])


def state_name(state: str) -> str:
    """Name the state of a number."""
    return str(STATES[NumberState(state)])


def explanation(kind: str) -> str:
    """Say what the kind means for messages that arrive."""
    if NumberKind(kind) in {NumberKind.SHARED_LONG, NumberKind.SHARED_SHORT}:
        return _(
            "Others use this number, too. The first word of a message decides whose it is: "
            "you see only messages that start with your keyword."
        )
    return _("Every message on this number is yours, with or without a keyword.")
