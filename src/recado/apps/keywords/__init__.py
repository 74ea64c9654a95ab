"""Keywords reserved on numbers, and rules: what a keyword or a number's default does."""
