"""Access numbers: which exist, of which kind, whose they are."""
