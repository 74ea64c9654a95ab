"""Rules of keywords and of numbers' defaults: adding, changing, ordering and deleting one.

What belongs here: requests and responses of these pages, and the list that pages of keywords and numbers show. What does not: reads and
writes (`apps.keywords`), words for a rule (`panel.rule_words`).
"""
