"""What only a live key does: what costs money and cannot be done for nobody.

What belongs here: the refusal. What does not: sending, which a test key may do, to nobody and for nothing.
"""

from recado.api.v1.auth import ProgramRequest
from recado.api.v1.problems import conflict


def refuse_test_key(request: ProgramRequest) -> None:
    """Raise Problem where the key is one for tests."""
    if request.auth.is_test:
        raise conflict("test-key", "This may cost money, so a test key does not do it. Use a live key.")
