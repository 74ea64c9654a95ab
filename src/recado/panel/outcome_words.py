"""Words for what becomes of a text in short: whose it is, which keyword acts, and each thing that is done.

What belongs here: the pieces, each a whole phrase, which a page shows as a list. What does not: comparing (`apps.keywords.rerun`), the long
explanation of one test (`keywords.explained`).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.core.outcome import Deed, Outcome, Owner

DEEDS: Mapping[str, Promise] = {
    "add_to_group": gettext_lazy("joins the group %(name)s"),
    "remove_from_group": gettext_lazy("leaves the group %(name)s"),
    "send_reply": gettext_lazy("gets the reply “%(text)s”"),
    "forward_to_url": gettext_lazy("is forwarded to %(name)s"),
}
"""What a message does or what is done with it, for each action."""


def parts(outcome: Outcome) -> list[str]:
    """Say an outcome in pieces: who acts, then what is done."""
    if outcome.owner is Owner.OTHER:
        return [_("belongs to another account")]
    if outcome.owner is Owner.NOBODY:
        return [_("belongs to nobody: no keyword matches")]
    return [_acting(outcome), *(map(_deed, outcome.deeds) if outcome.deeds else [_("is kept in the inbox, nothing else")])]


def _acting(outcome: Outcome) -> str:
    if outcome.keyword:
        return _("keyword %(word)s") % {"word": outcome.keyword}
    return _("default rule") if outcome.is_default else _("no keyword")


def _deed(deed: Deed) -> str:
    values = {"name": deed.name, "text": deed.text}
    return str(DEEDS[deed.action]) % values if deed.action in DEEDS else deed.action
