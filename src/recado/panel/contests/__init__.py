"""Contests: the list, the form with its keyword, entries, draws, telling winners, and the page anybody may see.

What belongs here: requests, responses, words. What does not: reads and writes (`apps.contests`), fields (`forms.contest`).
"""
