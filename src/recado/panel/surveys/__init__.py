"""Surveys: their list, building one with a phone that plays it, starting and ending it, its results.

What belongs here: requests and responses. What does not: checks and writes (`apps.surveys`), keywords that lead to one
(`apps.keywords.leading`), words (`panel.survey_words`), the page of results for everybody (`panel.public`).
"""
