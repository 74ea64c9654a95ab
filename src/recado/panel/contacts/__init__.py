"""Contacts, groups and imports: who the account knows.

What belongs here: requests and responses of these pages. What does not: reads and writes (`apps.contacts`).
"""
