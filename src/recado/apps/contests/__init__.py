"""Contests: entries by keyword, who may enter and how often, draws that anybody can run again.

What belongs here: models, reads and writes.
What does not: entry rules (`core.contest`), draws (`core.draw`), what the hot path loads and writes (`store.contests`).
"""
