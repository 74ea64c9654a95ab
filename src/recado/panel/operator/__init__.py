"""The Operator Console: what the people who run the installation see and do.

What belongs here: requests, responses and templates of `/operator/`. What does not: pages of customers, even when an operator looks at
them (`panel.access` lets operators in as visitors), reads and writes (`apps`).
"""
