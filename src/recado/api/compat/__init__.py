"""The provider-compatible API: one action table, decoding of every request shape, JSON and XML answers (docs/reference/api-compat.md)."""
