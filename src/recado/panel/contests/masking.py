"""A phone as it may be shown to anybody: `+48 501 *** 333`, enough for its owner to know it.

What belongs here: leaving digits out.
"""

from recado.panel.templatetags.recado import msisdn

_SHOWN_LAST, _HIDDEN = 3, 3


def masked(digits: str) -> str:
    """Write a phone without the three digits before its last three; of numbers elsewhere only the first four and last three are left."""
    written = msisdn(digits)
    pieces = written.split(" ")
    if digits.startswith("48") and len(pieces) > _HIDDEN:
        return " ".join([*pieces[:-2], "***", pieces[-1]])
    return f"+{digits[:4]} *** {digits[-_SHOWN_LAST:]}"
