"""All operations.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from recado_client.operations.groups import Groups


class Operations(Groups):
    """Every operation of the API."""
