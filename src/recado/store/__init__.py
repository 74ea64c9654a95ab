"""All SQL of the hot path, over a passed-in DB-API connection, the same for SQLite and PostgreSQL.

What belongs here: statements, bulk loads, bulk writes, claims of jobs, ids. What does not: Django, threads, sockets, policy.
"""
