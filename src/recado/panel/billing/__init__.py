"""Plan and billing in the Customer Panel: limits, what the month costs, credit, invoices, statements, alerts, asking for another plan.

What belongs here: requests and responses. What does not: reads and writes (`apps.billing`), the document (`panel.invoices`).
"""
