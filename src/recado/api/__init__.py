"""Programs' ways in: `compat/` answers the provider's client libraries, `v1/` is our own API.

What belongs here: what programs see. What does not: business rules and SQL, which are asked of `apps`.
"""
