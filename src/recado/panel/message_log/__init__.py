"""All messages and the trace of each: what arrived, and why it did what it did.

What belongs here: requests and responses of these pages. What does not: reads (`apps.inbox.log`), conversations (`panel.inbox`).
"""
