"""Code pools: unique codes that are handed out to phones, one each.

What belongs here: models, reads and writes.
What does not: handing one out (`core.code_pool`, `store.codes`).
"""
