"""Money: what accounts have and owe, every movement of it, what they subscribe to, billing runs and invoices.

What belongs here: the ledger's tables and reads, terms of accounts, top-ups, subscriptions, runs, invoices, alerts. What does not: prices
of a plan (`apps.plans`), what one message costs (`core.price`), reserving and settling in the hot path (`store.charging`).
"""
