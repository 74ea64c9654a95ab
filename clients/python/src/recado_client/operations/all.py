"""All operations.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from recado_client.operations.autoresponders import Autoresponders
from recado_client.operations.blocked_senders import BlockedSenders
from recado_client.operations.contacts import Contacts
from recado_client.operations.deliveries import Deliveries
from recado_client.operations.forwards import Forwards
from recado_client.operations.groups import Groups
from recado_client.operations.imports import Imports
from recado_client.operations.opt_outs import OptOuts
from recado_client.operations.sender_names import SenderNames
from recado_client.operations.texts import Texts


class Operations(Contacts, Groups, Imports, OptOuts, BlockedSenders, Forwards, Deliveries, Autoresponders, Texts, SenderNames):
    """Every operation of the API."""
