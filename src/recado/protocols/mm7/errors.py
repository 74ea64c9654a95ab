"""What this package raises: one error for octets that are not what they should be.

Whose fault it is and what is answered decides who asked; here is only that it cannot be read.
"""


class Mm7FormatError(ValueError):
    """Octets are no MM7, or more of it than is taken; says what is wrong in English for the log."""
