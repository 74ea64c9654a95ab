"""Which operators see money and which change it.

What belongs here: these sets. Support takes payments; what cannot be taken back, posting and correcting, is for administrators.
"""

from recado.apps.accounts.models import OperatorRole
from recado.panel.operator.access import MAY_MANAGE_TEAM, MAY_SUPPORT

MAY_SEE_MONEY = MAY_SUPPORT | {OperatorRole.AUDITOR}
MAY_TAKE_MONEY = MAY_SUPPORT
MAY_POST = MAY_MANAGE_TEAM
