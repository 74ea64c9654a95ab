"""How a sought text may be written. What belongs here: letter case where a database heeds it. What does not: which columns are searched."""


def spellings(text: str) -> set[str]:
    """Return the text in the usual letter cases where it has letters whose case SQLite heeds: it ignores that of ASCII alone."""
    return {text} if text.isascii() else {text, text.lower(), text.upper(), text.capitalize()}
