"""Django apps by domain: models, queries (reads), services (writes).

What belongs here: the schema and everything panel and API ask or order. What does not: request and response objects,
the hot path, carrier bytes.
"""
