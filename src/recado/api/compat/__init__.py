"""The provider-compatible API: one action table, decoding of every request shape, JSON and XML answers (docs/reference/api-compat.md).

What belongs here: what programs see on the wire. What does not: business rules and SQL; those are asked of `apps`.
"""
