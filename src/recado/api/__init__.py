"""Programs' ways in: `compat/` answers the provider's client libraries. Business rules are asked of `apps`, never written here."""
