"""Invoices as PDF files.

What belongs here: the document people file and send. What does not: what an invoice says (`apps.billing`), the pages that list them.
"""
