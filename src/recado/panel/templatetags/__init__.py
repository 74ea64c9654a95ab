"""Template tags of the panel; anything that asks the database belongs to a view, not here."""
