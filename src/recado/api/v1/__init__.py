"""Recado's own API, described by OpenAPI at `/api/v1/openapi.json` (docs/reference/api-v1.md).

What belongs here: a module for each resource with its routes and shapes, and what all share: keys, problems, pages, idempotency, limits.
What does not: business rules and SQL; those are asked of `apps`, as the panel does.
"""
