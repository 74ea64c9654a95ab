"""All operations.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from recado_client.operations.groups import Groups
from recado_client.operations.keywords import Keywords
from recado_client.operations.numbers import Numbers
from recado_client.operations.rules import Rules


class Operations(Groups, Numbers, Keywords, Rules):
    """Every operation of the API."""
