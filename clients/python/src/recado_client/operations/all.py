"""All operations.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from recado_client.operations.activity import Activity
from recado_client.operations.autoresponders import Autoresponders
from recado_client.operations.billing import Billing
from recado_client.operations.blocked_senders import BlockedSenders
from recado_client.operations.boards import Boards
from recado_client.operations.campaigns import Campaigns
from recado_client.operations.code_pools import CodePools
from recado_client.operations.contacts import Contacts
from recado_client.operations.contests import Contests
from recado_client.operations.conversations import Conversations
from recado_client.operations.deliveries import Deliveries
from recado_client.operations.forwards import Forwards
from recado_client.operations.groups import Groups
from recado_client.operations.imports import Imports
from recado_client.operations.keywords import Keywords
from recado_client.operations.media_files import MediaFiles
from recado_client.operations.messages import Messages
from recado_client.operations.numbers import Numbers
from recado_client.operations.opt_outs import OptOuts
from recado_client.operations.rules import Rules
from recado_client.operations.sender_names import SenderNames
from recado_client.operations.settings import Settings
from recado_client.operations.statistics import Statistics
from recado_client.operations.surveys import Surveys
from recado_client.operations.team import Team
from recado_client.operations.test_messages import TestMessages
from recado_client.operations.texts import Texts


class Operations(
    Contacts,
    Groups,
    Imports,
    OptOuts,
    BlockedSenders,
    Conversations,
    Messages,
    MediaFiles,
    TestMessages,
    Campaigns,
    Boards,
    CodePools,
    Contests,
    Statistics,
    Billing,
    Settings,
    Team,
    Activity,
    Numbers,
    Keywords,
    Rules,
    Forwards,
    Deliveries,
    Autoresponders,
    Surveys,
    Texts,
    SenderNames,
):
    """Every operation of the API."""
