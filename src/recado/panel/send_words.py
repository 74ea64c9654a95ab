"""Group sends in the reader's language: where one stands, and why somebody is left out.

What belongs here: words, icons and colours of states and reasons. What does not: deciding on them (`apps.campaigns`). A test keeps the
tables complete.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from recado.apps.campaigns.errors import CampaignRefusal
from recado.apps.campaigns.models import Campaign
from recado.apps.outbox.senders import SenderRefusal
from recado.panel.templatetags.formats import money

STATES: dict[Campaign.State, tuple[Promise, str, str]] = {
    Campaign.State.DRAFT: (_("Draft"), "pencil", ""),
    Campaign.State.SCHEDULED: (_("Scheduled"), "calendar-time", "c-chip--info"),
    Campaign.State.PREPARING: (_("Being prepared"), "loader", "c-chip--info"),
    Campaign.State.SENDING: (_("Sending"), "send", "c-chip--info"),
    Campaign.State.SENT: (_("Sent"), "circle-check", "c-chip--good"),
    Campaign.State.STOPPED: (_("Stopped"), "hand-stop", "c-chip--warn"),
}
"""Word, icon and colour: a state is never shown by colour alone."""

TABS: tuple[tuple[str, Promise, tuple[Campaign.State, ...]], ...] = (
    ("", _("All"), ()),
    ("draft", _("Drafts"), (Campaign.State.DRAFT,)),
    ("scheduled", pgettext_lazy("list of group sends", "Scheduled"), (Campaign.State.SCHEDULED,)),
    ("sending", pgettext_lazy("list of group sends", "Sending"), (Campaign.State.PREPARING, Campaign.State.SENDING)),
    ("sent", pgettext_lazy("list of group sends", "Sent"), (Campaign.State.SENT,)),
    ("stopped", pgettext_lazy("list of group sends", "Stopped"), (Campaign.State.STOPPED,)),
)
"""The lists of the first page: what stands in the address, its word, which states."""

LEFT_OUT: dict[str, tuple[Promise, Promise, str]] = {
    "duplicate": (_("In the list more than once"), _("Everybody gets the text once, however often they are in it."), "copy"),
    "opted_out": (_("Opted out (STOP)"), _("They asked for no more texts. Nobody can change that but they themselves."), "ban"),
    "blocked": (_("Blocked by you"), _("You blocked these numbers. You find them under Contacts."), "user-x"),
    "excluded": (_("In a group you leave out"), _("You chose to leave them out, whatever else they are in."), "user-minus"),
    "invalid": (_("No phone number"), _("Short codes, our own numbers, and what is no number at all."), "alert-triangle"),
}
"""Why people are left out: a word, the explanation, an icon."""


def state_words(state: str) -> tuple[Promise, str, str]:
    """Give word, icon and colour of a state."""
    return STATES[Campaign.State(state)]


REFUSED: dict[CampaignRefusal, Promise] = {
    CampaignRefusal.NOT_A_DRAFT: _("It is on its way already."),
    CampaignRefusal.NO_TEXT: _("There is no text yet."),
    CampaignRefusal.TEXT_TOO_LONG: _("The text is too long for one message. Make it shorter."),
    CampaignRefusal.NO_RECIPIENTS: _("Nobody would get it. Choose groups or add people."),
    CampaignRefusal.TOO_MANY_RECIPIENTS: _("These are too many people at once. Send to at most 100 000, then to the rest."),
    CampaignRefusal.COUNT_CHANGED: _(
        "Meanwhile other people are in it, or it costs something else. Nothing was sent. Look at the new figures."
    ),
    CampaignRefusal.IN_THE_PAST: _("The moment you chose is over. Choose another one."),
    CampaignRefusal.TOO_FAR_AHEAD: _("Choose a day within a year."),
    CampaignRefusal.SURVEY_CLOSED: _("The survey is not collecting answers. Start it first."),
}
"""Why it cannot be sent."""

NO_SENDER: dict[SenderRefusal, Promise] = {
    SenderRefusal.NO_SENDER: _("Choose a sender."),
    SenderRefusal.NAME_NOT_APPROVED: _("This sender name is not approved. Choose another sender."),
    SenderRefusal.NOT_OWN_NUMBER: _("This number is not yours any more. Choose another sender."),
    SenderRefusal.CANNOT_SEND: _("Nothing can be sent from this number now. Choose another sender."),
    SenderRefusal.NO_POOL: _("There are no pool numbers on this installation. Choose another sender."),
    SenderRefusal.NO_CONNECTION: _("There is no link to a carrier it could leave through. Ask whoever runs this installation."),
    SenderRefusal.NO_MMS: _("This number cannot send MMS. Choose a number that can."),
    SenderRefusal.NOT_SURVEYS_NUMBER: _("A survey is sent from its own number, so that answers come back to it."),
}
"""Why nothing can leave from the sender chosen."""


def too_dear(missing: int) -> str:
    """Say that the credit does not reach, and what can be done."""
    said = gettext("Your credit does not reach for it: %(missing)s are missing. Nothing was sent. Top up, or send to fewer people.")
    return said % {"missing": money(missing)}
