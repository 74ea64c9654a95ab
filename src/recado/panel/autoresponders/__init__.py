"""Autoresponders in the panel: their list, the page of one with a preview, changes, and answers that were stopped.

What belongs here: requests and responses of these pages. What does not: reads and writes (`apps.autoresponders`), the fields
(`forms.autoresponder`), words for conditions (`panel.rule_words`).
"""
