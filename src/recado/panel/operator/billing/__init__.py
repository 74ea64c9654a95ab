"""Billing in the Operator Console: runs, invoices, who sells, the money of one account.

What belongs here: requests and responses. What does not: reads and writes (`apps.billing`), the document (`panel.invoices`).
"""
