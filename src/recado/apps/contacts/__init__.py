"""People and the groups they are in."""
