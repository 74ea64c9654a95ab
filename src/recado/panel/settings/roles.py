"""Who may what: a table made from the sets of roles that guard the pages, so that it cannot say anything else.

What belongs here: which abilities are worth a line. What does not: the roles of each (`panel.access`, `apps.accounts.team`).
"""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Role
from recado.apps.accounts.team import roles_given_by
from recado.panel.access import MAY_ANSWER, MAY_CONFIGURE, MAY_DEVELOP, MAY_MANAGE, MAY_READ, MAY_SEE_COMPANY, MAY_SEND

ABILITIES: tuple[tuple[Promise, frozenset[Role]], ...] = (
    (_("See messages, contacts, keywords and numbers"), MAY_READ),
    (_("Answer people"), MAY_ANSWER),
    (_("Set up keywords, numbers, groups, contacts and working hours"), MAY_CONFIGURE),
    (_("Send to groups"), MAY_SEND),
    (_("See the company's data and the team"), MAY_SEE_COMPANY),
    (_("Change the company's data and the team, read the activity log"), MAY_MANAGE),
    (_("Make keys for programs, which can be allowed everything"), MAY_DEVELOP),
    (_("Make and remove owners"), frozenset(role for role in Role if Role.OWNER in roles_given_by(role))),
)


def abilities() -> Iterator[tuple[Promise, list[bool]]]:
    """Yield each ability with whether each role has it, in the order of `Role`."""
    for label, roles in ABILITIES:
        yield label, [role in roles for role in Role]
