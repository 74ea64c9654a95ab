"""Links to carriers, what was exchanged over them, and what could not be digested."""
