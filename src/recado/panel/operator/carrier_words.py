"""States of links and what carriers said, in the reader's language.

What belongs here: words for `gateway.link_status.LinkState`, for the errors links report, and for events of the carrier log. What does not:
settings of a carrier, which bring their own words (`carriers.*.kind`, translated in `setting_words`).
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.apps.connections.ports import LinkReport

STATES: dict[str, tuple[Promise, str, str]] = {
    "connecting": (_("Connecting"), "loader", "c-chip--warn"),
    "binding": (_("Signing in"), "loader", "c-chip--warn"),
    "bound": (_("Up"), "circle-check", "c-chip--good"),
    "waiting": (_("Down"), "circle-x", "c-chip--bad"),
    "closing": (_("Closing"), "loader", "c-chip--warn"),
    "stopped": (_("Closed"), "player-pause", ""),
    "drained": (_("Drained"), "player-pause", "c-chip--warn"),
}
"""Word, icon and look."""
DRAINING = (_("Draining"), "loader", "c-chip--warn")

ERRORS: tuple[tuple[str, Promise], ...] = (
    ("bind refused: ESME_RINVPASWD", _("The carrier says the password is wrong.")),
    ("bind refused: ESME_RINVSYSID", _("The carrier does not know this system id.")),
    ("bind refused: ESME_RALYBND", _("The carrier allows no further session; an old one may still be open there.")),
    ("bind refused: ESME_RBINDFAIL", _("The carrier refused the session and does not say why.")),
    ("bind refused", _("The carrier refused the session.")),
    ("cannot connect to", _("The message centre cannot be reached.")),
    ("no answer to", _("The carrier did not answer in time.")),
    ("enquire_link was not answered", _("The carrier no longer answers whether it lives.")),
    ("the carrier closed the connection", _("The carrier closed the connection.")),
    ("the carrier unbound the session", _("The carrier ended the session.")),
    ("framing lost", _("The carrier sent octets that are no SMPP.")),
    ("internal error", _("Recado itself made a mistake; please report it with the log.")),
)
"""Beginning of the error, and what it means; the first that fits."""

EVENTS: dict[str, Promise] = {
    "link_failed": _("Link failed"),
    "malformed_pdu": _("Unreadable PDU"),
    "unknown_pdu": _("Unknown PDU"),
    "framing_lost": _("No SMPP any more"),
    "repeat_dropped": _("Repeat dropped"),
    "caller_refused": _("Caller turned away"),
    "not_understood": _("Not a message"),
    "cut_off": _("Cut off"),
    "too_slow": _("Came too slowly"),
    "too_large": _("Too large"),
    "not_stored": _("Could not be stored"),
    "answered_with_error": _("Answered with an error"),
    "error_reported": _("The carrier reports an error"),
}

STEPS: dict[str, Promise] = {
    "connect": _("Connect"),
    "bind": _("Sign in (bind)"),
    "enquire_link": _("Keep-alive (enquire_link)"),
    "unbind": _("Sign out (unbind)"),
}
"""What a trial of a link asks, in order."""


def state_of(link: LinkReport) -> tuple[Promise | str, str, str]:
    """Return word, icon and look of a link; an unknown state shows itself."""
    if link.is_draining and link.state != "drained":
        return DRAINING
    return STATES.get(link.state, (link.state, "info-circle", ""))


def error_words(error: str) -> str:
    """Say what an error of a link means; one that is not in the table shows itself."""
    return next((str(words) for beginning, words in ERRORS if error.startswith(beginning)), error)


def event_words(event: str) -> str:
    """Name a kind of event of the carrier log; an unknown one shows itself."""
    return str(EVENTS.get(event, event))
