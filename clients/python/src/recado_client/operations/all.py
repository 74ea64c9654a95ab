"""All operations.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from recado_client.operations.blocked_senders import BlockedSenders
from recado_client.operations.contacts import Contacts
from recado_client.operations.groups import Groups
from recado_client.operations.imports import Imports
from recado_client.operations.opt_outs import OptOuts


class Operations(Contacts, Groups, Imports, OptOuts, BlockedSenders):
    """Every operation of the API."""
