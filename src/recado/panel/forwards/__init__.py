"""Forwarding in the panel: the places messages go to, how each fares, every delivery with its attempts.

What belongs here: requests and responses of these pages, their words. What does not: reads and writes (`apps.outbox`), the fields
(`forms.forward`), calling anything (`delivery`).
"""
