"""How often what depends on chance is tried: a few times in every run, many times where `make test-thorough` asks for it."""

import os

IS_THOROUGH = os.environ.get("THOROUGH_TESTS") == "yes"


def times(usual: int, *, thorough: int) -> int:
    """Return how often to try."""
    return thorough if IS_THOROUGH else usual
