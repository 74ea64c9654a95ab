"""Boards: messages on a public full-screen page, looked through before.

What belongs here: models, reads and writes.
What does not: what is shown by itself (`core.board`), what the hot path writes (`store.boards`).
"""
