"""Tells Python's cycle collector what the gateway is like: a large heap that stays, and rows by the thousand, gone after a commit.

Measured with bench/store.py's work: a tenth of the CPU time per message. Nothing else belongs here.
"""

import gc

GENERATIONS = (50_000, 20, 50)
"""Objects, and younger collections, after which each generation is looked at."""


def settle() -> None:
    """Call once everything long-lived is loaded: it is not looked at any more, and short-lived rows are looked at seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GENERATIONS)
