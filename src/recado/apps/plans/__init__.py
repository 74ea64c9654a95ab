"""Plans: what the numbers of an account may do where it differs from the table, and how many keywords it may hold."""
