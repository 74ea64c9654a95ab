"""All operations.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from recado_client.operations.activity import Activity
from recado_client.operations.billing import Billing
from recado_client.operations.campaigns import Campaigns
from recado_client.operations.groups import Groups
from recado_client.operations.settings import Settings
from recado_client.operations.statistics import Statistics
from recado_client.operations.team import Team


class Operations(Groups, Campaigns, Statistics, Billing, Settings, Team, Activity):
    """Every operation of the API."""
