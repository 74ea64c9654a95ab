"""Surveys: questions asked by text, votes by keyword, what people answered.

What belongs here: models, reads and writes.
What does not: the engine (`core.survey`), what the hot path loads and writes (`store.surveys`).
"""
