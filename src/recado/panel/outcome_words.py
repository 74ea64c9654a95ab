"""Words for what becomes of a text in short: whose it is, which keyword acts, and each thing that is done.

What belongs here: the pieces, each a whole phrase, which a page shows as a list. What does not: comparing (`apps.keywords.rerun`), the long
explanation of one test (`keywords.explained`).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.core.outcome import Deed, Outcome, Owner
from recado.panel.templatetags.formats import calendar_day

DEEDS: Mapping[str, Promise] = {
    "add_to_group": gettext_lazy("joins the group %(name)s"),
    "remove_from_group": gettext_lazy("leaves the group %(name)s"),
    "opt_out": gettext_lazy("opts out of %(name)s"),
    "lift_opt_out": gettext_lazy("wants messages again"),
    "ask_back": gettext_lazy("is asked what was meant"),
    "close_question": gettext_lazy("has answered what was asked"),
    "send_reply": gettext_lazy("gets the reply “%(text)s”"),
    "forward_to_url": gettext_lazy("is forwarded to %(name)s"),
    "forward_to_email": gettext_lazy("is forwarded to %(name)s"),
    "forward_to_phone": gettext_lazy("is forwarded to %(name)s"),
    "answer_survey": gettext_lazy("takes part in the survey %(name)s"),
    "enter_contest": gettext_lazy("takes part in the contest %(name)s"),
    "give_code": gettext_lazy("gets a code from %(name)s"),
    "post_to_board": gettext_lazy("writes to the board %(name)s"),
    "trip_breaker": gettext_lazy("gets no automatic answers for a while"),
}
"""What a message does or what is done with it, for each action."""
UNNAMED: Mapping[str, Promise] = {
    "account": gettext_lazy("opts out of all messages"),
    "number": gettext_lazy("opts out of this number"),
    "group": gettext_lazy("stays out of another group"),
}
"""Opt-outs of what is not named."""


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
    if deed.action == "opt_out" and not deed.name and deed.scope in UNNAMED:
        return str(UNNAMED[deed.scope])
    if deed.until:
        until = calendar_day(datetime.fromisoformat(deed.until) - timedelta(seconds=1))
        return _("joins the group %(name)s until %(day)s") % {"name": deed.name, "day": until}
    return str(DEEDS[deed.action]) % values if deed.action in DEEDS else deed.action
