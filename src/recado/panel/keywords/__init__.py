"""Keywords: the list, reserving a word, what it does, trying it out.

What belongs here: requests and responses of these pages. What does not: reads and writes (`apps.keywords`).
"""
