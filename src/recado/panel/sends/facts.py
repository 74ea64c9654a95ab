"""What was chosen for a group send, in lines a person reads: whom it goes to and with which options.

What belongs here: sentences about stored choices. What does not: figures (`checking`, `progress`), the sender (`senders`).
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recado.apps.campaigns.entries import entry_count
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.queries import groups_of_campaign
from recado.panel.forms.send import VALIDITIES
from recado.panel.templatetags.formats import count as written


def sources_of(campaign: Campaign) -> list[str]:
    """Say whom it goes to: groups, single people, and who is left out."""
    lines = [one.group.name for one in groups_of_campaign(campaign)]
    if single := entry_count(campaign):
        said = ngettext("%(count)s person added one by one or from a list", "%(count)s people added one by one or from a list", single)
        lines.append(said % {"count": written(single)})
    lines += [_("without the people of %(group)s") % {"group": one.group.name} for one in groups_of_campaign(campaign, excluded=True)]
    return lines


def options_of(campaign: Campaign) -> list[tuple[str, str]]:
    """Name the options that are not the usual ones, each with its value."""
    options = []
    if campaign.per_minute:
        options.append((_("Speed"), _("at most %(count)s a minute") % {"count": written(campaign.per_minute)}))
    if campaign.validity_minutes:
        options.append((_("Deliver within"), _validity(campaign.validity_minutes)))
    if campaign.is_flash:
        options.append((_("Kind"), _("Flash message")))
    if not campaign.keeps_quiet_hours:
        options.append((_("Quiet hours"), _("are not kept")))
    return options


def _validity(minutes: int) -> str:
    return str(dict(VALIDITIES).get(str(minutes), _("%(count)s minutes") % {"count": minutes}))
